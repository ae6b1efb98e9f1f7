"""Why a run failed, in one line: in its log, and as a tag in the list of runs."""

import dagster as dg

from orchestration.errors import FunnelmartError
from orchestration.runs.runs import FAILED_BECAUSE

_LENGTH = 800  # the list of runs shows the first words, the run's page all of it


@dg.failure_hook(name="say_why")
def say_why(context: dg.HookContext) -> None:
    """Tag the run with the first line of what went wrong; one that is already tagged keeps its first cause."""
    line = one_line(context.op_exception)
    context.log.error(line)
    run = context.instance.get_run_by_id(context.run_id)
    if run is not None and FAILED_BECAUSE not in run.tags:
        context.instance.add_run_tags(context.run_id, {FAILED_BECAUSE: line})


def one_line(error: BaseException | None) -> str:
    """Return the innermost of the project's own errors, else the innermost of all, as one line.

    Of an error that lists several things below a heading, the list: what failed comes first.
    """
    chain: list[BaseException] = []
    while error is not None and error not in chain:
        chain.append(error)
        error = error.__cause__ or error.__context__
    if not chain:
        return "unknown"
    ours = [link for link in chain if isinstance(link, FunnelmartError)]
    cause = (ours or chain)[-1]
    if not ours:
        return f"{type(cause).__name__}: {' '.join(str(cause).split())}"[:_LENGTH]
    heading, *listed = str(cause).splitlines()
    return " ".join(("; ".join(line.strip() for line in listed) or heading).split())[:_LENGTH]
