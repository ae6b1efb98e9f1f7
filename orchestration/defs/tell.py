"""At the end of each run, whoever started it: what Dagster's history says of it is told to people."""

import ast
import builtins
import datetime as dt
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import dagster as dg
import duckdb

from orchestration import errors
from orchestration.errors import FunnelmartError, KilledRunError, PublishError, UnusableFileError, WorkspaceLockedError
from orchestration.lock import workspace_lock
from orchestration.notify.conditions import FailedCheck
from orchestration.notify.tell import Ended, tell_anyway
from orchestration.runs.live_runs import dead_runs, reap
from orchestration.settings import Settings
from orchestration.views.reader import is_published

_KINDS = {name: kind for name, kind in vars(errors).items() if isinstance(kind, type)}
_OF_A_RUN = {dg.DagsterEventType.STEP_FAILURE, dg.DagsterEventType.ASSET_CHECK_EVALUATION}
_FILE = r"'[^']*'|\"[^\"]*\""
_ERRNO = re.compile(rf"\[Errno (?P<number>\d+)\] (?P<why>[^:]+): (?P<file>{_FILE})( -> (?P<onto>{_FILE}))?")
_BY_DAGSTER = "__"  # how the job of assets that somebody launches begins


def tell_of(settings: Settings, context: dg.InitResourceContext, has_published: bool) -> None:
    """Tell what is new after this run; where that goes wrong, the run is what it was, and its log says why."""
    run, instance = context.run, context.instance
    if not settings.notify.to or run is None or instance is None:
        return
    events = [log.dagster_event for log in instance.all_logs(run.run_id, of_type=_OF_A_RUN) if log.dagster_event]
    failures = [event.step_failure_data.error for event in events if event.is_step_failure]
    ended = Ended(
        error=error_of(failures[0]) if failures else None,
        checks=tuple(_checks(events)),
        has_published=has_published,
        is_job=not run.job_name.startswith(_BY_DAGSTER),
    )
    tell_anyway(settings, dt.datetime.now(dt.UTC), ended, dg.get_dagster_logger().warning)


def bury(settings: Settings, instance: dg.DagsterInstance) -> None:
    """Mark runs whose process is gone as failed, and tell of it; the caller holds the workspace lock."""
    dead = [record for record in reap(settings, instance) if not record.dagster_run.job_name.startswith(_BY_DAGSTER)]
    if not settings.notify.to or not dead or _has_published(settings, dead[0].dagster_run.run_id):
        return
    began = dt.datetime.fromtimestamp(dead[0].start_time or dead[0].create_timestamp.timestamp(), dt.UTC)
    error = KilledRunError(f"the run that began at {began:%Y-%m-%d %H:%M} UTC was killed, or the machine went down")
    tell_anyway(settings, dt.datetime.now(dt.UTC), Ended(error, is_over=False))


def bury_between_runs(settings: Settings, instance: dg.DagsterInstance) -> None:
    """The same where no run is about to start; a run that works has done it at its own start."""
    if dead_runs(settings, instance):
        with suppress(WorkspaceLockedError), workspace_lock(settings):
            bury(settings, instance)


@contextmanager
def telling(settings: Settings) -> Iterator[None]:
    """Tell of an error that keeps a run from its first step: the history knows no step that failed."""
    try:
        yield
    except FunnelmartError as error:
        if settings.notify.to:
            tell_anyway(settings, dt.datetime.now(dt.UTC), Ended(error))
        raise


def _has_published(settings: Settings, run_id: str) -> bool:
    """A run that was killed after its mart was in place took nothing back."""
    try:
        return is_published(settings, run_id)
    except (PublishError, duckdb.Error):
        return False


def error_of(info: Any) -> Exception:
    """The innermost of the project's own errors that Dagster serialised, else what was at the bottom of it."""
    chain = []
    while info is not None:
        chain.append(info)
        info = info.cause
    for link in reversed(chain):
        if link.cls_name in _KINDS:
            return _KINDS[link.cls_name](_message(link))
    if not chain:
        return FunnelmartError("the run failed")
    refused = _of_the_system(chain[-1])
    return (refused and UnusableFileError.of(refused)) or RuntimeError(f"{chain[-1].cls_name}: {_message(chain[-1])}")


def _of_the_system(link: Any) -> OSError | None:
    """The error of the system that Dagster has kept as text, with the file that it names."""
    kind = getattr(builtins, str(link.cls_name), None)
    said = _ERRNO.fullmatch(_message(link))
    if said is None or not isinstance(kind, type) or not issubclass(kind, OSError):
        return None
    onto = said["onto"] and ast.literal_eval(said["onto"])
    return OSError(int(said["number"]), said["why"], ast.literal_eval(said["file"]), None, onto)


def _message(link: Any) -> str:
    """Dagster keeps the message as the last lines of a traceback: `module.Class: message`."""
    return str(link.message).strip().partition(": ")[2] or str(link.message).strip()


def _checks(events: list[dg.DagsterEvent]) -> Iterator[FailedCheck]:
    for event in events:
        if event.event_type == dg.DagsterEventType.ASSET_CHECK_EVALUATION:
            found = event.asset_check_evaluation_data
            samples = found.metadata.get("samples")
            yield FailedCheck(
                found.check_name,
                found.passed,
                stops=found.severity == dg.AssetCheckSeverity.ERROR,
                message=found.description or "",
                samples=tuple(samples.value) if samples is not None and isinstance(samples.value, list) else (),
            )
