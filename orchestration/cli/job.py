"""Execute a job of the definitions in this process, visible in the history that the UI shows."""

import dataclasses
from collections.abc import Mapping
from contextlib import nullcontext

import dagster as dg
from dagster._core.utils import make_new_run_id

from data_checks.run import warm_up
from orchestration.cli.interruption import interruption, signals_heard
from orchestration.cli.steps import Steps
from orchestration.definitions import definitions_for
from orchestration.defs.tell import bury, error_of
from orchestration.errors import FunnelmartError, InterruptedRunError, UsageError
from orchestration.for_good import for_good
from orchestration.lock import holds_lock, workspace_lock
from orchestration.runs.blank_history import keep_all
from orchestration.runs.dagster_home import use_dagster_home
from orchestration.runs.live_runs import alive
from orchestration.runs.origin import SHOWN_WITH_ITS_JOB
from orchestration.runs.runs import BY_COMMAND, FULL, STARTED_BY
from orchestration.settings import Settings
from orchestration.transform.dbt import serving
from orchestration.transform.serving import Serving

_TALLIED = (dg.DagsterEventType.ASSET_MATERIALIZATION, dg.DagsterEventType.ASSET_CHECK_EVALUATION)
# Events are kept in the history; as lines of run.log they are a thousand that nobody reads, and time.
_LOGGED = {"loggers": {"console": {"config": {"log_level": "INFO"}}}}


@dataclasses.dataclass(frozen=True)
class Outcome:
    """How a run ended; `error` is None where it succeeded."""

    run_id: str
    error: Exception | None


def execute(
    settings: Settings, job: str, steps: Steps, full: bool = False, more_tags: Mapping[str, str] | None = None
) -> Outcome:
    """Run `job` of the workspace to its end; errors of steps are returned, as the class they were raised with.

    `full`: no table is built incrementally.
    """
    home = use_dagster_home(settings)
    process = serving.get(settings.workspace)
    if isinstance(process, Serving) and process.parses_anew:
        warm_up()  # there are seconds to wait until dbt has read the project
    with for_good():
        definitions = definitions_for(settings)
    if job not in {defined.name for defined in definitions.jobs or ()}:
        raise UsageError(f"--job {job!r}: unknown; expected funnelmart or republish")
    run_id = make_new_run_id()
    tags = {**SHOWN_WITH_ITS_JOB, STARTED_BY: BY_COMMAND, **({FULL: "true"} if full else {}), **(more_tags or {})}
    failures: list[Exception] = []
    # The lock first: a run that is refused is none, and stands in no history as a failed one.
    lock = nullcontext() if holds_lock(settings) else workspace_lock(settings)
    with lock, dg.DagsterInstance.get() as instance, alive(settings, run_id):
        keep_all(home)
        bury(settings, instance)

        def hear(entry: dg.EventLogEntry) -> None:
            if entry.dagster_event is not None:
                _hear(entry.dagster_event, steps, failures)

        instance.add_event_listener(run_id, hear)
        with signals_heard() as heard:
            try:
                result = definitions.resolve_job_def(job).execute_in_process(
                    instance=instance, raise_on_error=False, run_id=run_id, tags=tags, run_config=_LOGGED
                )
            except (KeyboardInterrupt, dg.DagsterExecutionInterruptedError):
                return Outcome(run_id, interruption(heard) or InterruptedRunError())
    if result.success:
        return Outcome(run_id, None)
    interrupted = interruption(heard)
    if interrupted is not None:
        return Outcome(run_id, interrupted)
    return Outcome(run_id, failures[0] if failures else FunnelmartError("the run failed; see its log"))


def _hear(event: dg.DagsterEvent, steps: Steps, failures: list[Exception]) -> None:
    if event.is_step_start and event.step_key:
        steps.start(event.step_key)
    elif event.event_type in _TALLIED and event.step_key:
        steps.saw(event.step_key, **_counts(event))
    elif event.is_step_success and event.step_key:
        steps.end(event.step_key)
    elif event.is_step_failure and event.step_key:
        failures.append(error_of(event.step_failure_data.error))
        steps.end(event.step_key, failed=True)
    elif event.is_failure and not failures:
        failures.append(error_of(getattr(event.event_specific_data, "error", None)))


def _counts(event: dg.DagsterEvent) -> dict[str, int]:
    """What a materialization or an evaluated check says in numbers."""
    if event.event_type == dg.DagsterEventType.ASSET_CHECK_EVALUATION:
        return {"checks": 1, "failed": int(not event.asset_check_evaluation_data.passed)}
    metadata = event.step_materialization_data.materialization.metadata
    named = (("rows", "rows_landed"), ("bytes", "size_bytes"))
    return {"tables": 1, **{name: int(str(metadata[key].value)) for name, key in named if key in metadata}}
