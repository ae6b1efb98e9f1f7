"""`funnelmart run`: the Dagster job in this process, with progress, and what came of it."""

import datetime as dt
from typing import Annotated

import typer
from rich.text import Text

from orchestration.cli.accepted import accepted_tags
from orchestration.cli.app import AsJson, Workspace, command, fail, refuse_together
from orchestration.cli.outlet import work_is_done
from orchestration.cli.quiet import quiet
from orchestration.cli.run_told import note_run, tell_run
from orchestration.cli.steps import Steps
from orchestration.cli.terminal import console
from orchestration.errors import FunnelmartError
from orchestration.for_good import for_good, one_life
from orchestration.lock import workspace_lock
from orchestration.publish.publication import moved
from orchestration.rights import check_rights
from orchestration.settings import Settings, load_settings, workspace_path
from orchestration.temporary import extracts_unpacked_in
from orchestration.views.reader import is_published
from orchestration.warehouse import check_space


@command
def run(
    workspace: Workspace = None,
    job: Annotated[str, typer.Option(help="funnelmart: the whole way; republish: check and publish again.")] = (
        "funnelmart"
    ),
    force: Annotated[bool, typer.Option("--force", help="Build and publish although nothing is new.")] = False,
    full: Annotated[bool, typer.Option("--full", help="Build every table from raw again, none incrementally.")] = False,
    accept: Annotated[
        str | None, typer.Option(metavar="CHECK", help="Publish this once though this critical check fails; see why.")
    ] = None,
    reason: Annotated[str | None, typer.Option(help="Why it is accepted; published with the mart.")] = None,
    verbose: Annotated[bool, typer.Option("--verbose", help="Print everything the steps say.")] = False,
    as_json: AsJson = False,
) -> None:
    """Land new extracts, build, check and publish; the published mart stays as it is where anything fails.

    Where extracts, settings, code and day are those of the published mart, nothing is done.

    [bold]Examples[/]

    funnelmart run

    funnelmart run -w ~/acme --json

    funnelmart run --job republish

    funnelmart run --accept leads_refused_share --reason "the rows of May are lost, sales knows"
    """
    refuse_together({"--job republish": job == "republish", "--full": full})
    refuse_together({"--verbose": verbose, "--json": as_json})
    started_at = dt.datetime.now(dt.UTC)
    settings = load_settings(workspace_path(workspace))
    tags = accepted_tags(accept, reason)
    if not (force or full or tags) and job == "funnelmart" and _nothing_new(settings, started_at, as_json):
        return
    log = settings.state_path / "logs" / "run.log"
    read_before = settings.published_path
    from orchestration.transform.serving import dbt_serving

    # It imports dbt while this process looks at the workspace, and loads the manifest while this one imports Dagster.
    # The lock around it: a run that is refused writes nothing, not even the log of the one that works; and no other
    # begins before dbt, which a failed run may leave at work, has ended.
    with one_life(), workspace_lock(settings), dbt_serving(settings, begins=False) as dbt:
        _check(settings, started_at)
        dbt.begin()
        with quiet(log) as terminal, Steps(terminal if not as_json else None, started_at, verbose) as steps:
            with for_good():
                from orchestration.cli.job import execute

            outcome = execute(settings, job, steps, full=full, more_tags=tags)
    seconds = steps.seconds()
    error = outcome.error
    exit_code = 0 if error is None else error.exit_code if isinstance(error, FunnelmartError) else 1
    was_published = error is None or is_published(settings, outcome.run_id)
    if was_published:  # what fails after the swap, such as the report, takes nothing back
        exit_code = 0
        work_is_done()
    status = {0: "published", 3: "stopped by checks"}.get(exit_code, "failed")
    unnoted = note_run(settings, outcome.run_id, status, exit_code, seconds)
    if not as_json and settings.published_path != read_before:
        console().print(Text(moved(read_before, settings.published_path)))
    if error is not None and not was_published:
        fail(error, as_json, workspace=settings.workspace, run_id=outcome.run_id, steps=seconds, log=str(log))
        if not as_json:
            console().print(Text(f"Nothing was published; what was published before is untouched. Log: {log}"))
        raise typer.Exit(exit_code)
    warnings = [f"the mart is published; what came after it failed: {error} (log: {log})"] if error else []
    tell_run(settings, outcome.run_id, seconds, as_json, warnings=[*warnings, *unnoted])


def _check(settings: Settings, started_at: dt.datetime) -> None:
    """Look at settings, rights and disk; who is told of failed runs is told of one that can't start, too."""
    from orchestration.cli.validation import check_workspace

    try:
        with extracts_unpacked_in(settings):
            check_workspace(settings, look_at_remote=False)
        check_rights(settings)
        check_space(settings)
    except FunnelmartError as error:
        from orchestration.notify.tell import Ended, tell_between_runs

        tell_between_runs(settings, started_at, Ended(error))
        raise


def _nothing_new(settings: Settings, started_at: dt.datetime, as_json: bool) -> bool:
    """Say and note so where the published mart is what a run would publish; whether it is."""
    from orchestration.runs.nothing_new_run import note_nothing_new
    from orchestration.runs.origin import SHOWN_WITH_ITS_JOB
    from orchestration.runs.runs import BY_COMMAND, STARTED_BY
    from orchestration.transform.nothing_new import published_already

    with workspace_lock(settings):
        published_by = published_already(settings, started_at)
        if published_by is None:
            return False
        run_id = note_nothing_new(settings, started_at, {**SHOWN_WITH_ITS_JOB, STARTED_BY: BY_COMMAND}, published_by)
    if settings.notify.to:
        from orchestration.notify.tell import Ended, tell_between_runs

        tell_between_runs(settings, started_at, Ended())
    total = round((dt.datetime.now(dt.UTC) - started_at).total_seconds(), 3)
    seconds = {"start-up": total, "total": total}
    work_is_done()
    unnoted = note_run(settings, run_id, "nothing new", 0, seconds)
    tell_run(settings, run_id, seconds, as_json, published_by, unnoted)
    return True
