"""Which runs are alive: each holds an flock of its own, which the kernel frees whatever ends the process."""

import datetime as dt
import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import dagster as dg

from orchestration.settings import Settings

_UNFINISHED = [dg.DagsterRunStatus.STARTED, dg.DagsterRunStatus.CANCELING]
_START_TIMEOUT = dt.timedelta(minutes=3)
_held: set[str] = set()


@contextmanager
def alive(settings: Settings, run_id: str) -> Iterator[None]:
    """Mark the run as alive for the length of the block; may be nested within one process."""
    if run_id in _held:
        yield
        return
    path = _lock_path(settings, run_id)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        _held.add(run_id)
        try:
            yield
        finally:
            _held.remove(run_id)
            path.unlink(missing_ok=True)


def dead_runs(settings: Settings, instance: dg.DagsterInstance) -> list[dg.RunRecord]:
    """Return the runs of this workspace that never ended and whose process is gone, the newest first."""
    return [
        record
        for record in instance.get_run_records(dg.RunsFilter(statuses=_UNFINISHED))
        if record.dagster_run.run_id not in _held
        and _is_dead(_lock_path(settings, record.dagster_run.run_id), record.start_time)
    ]


def reap(settings: Settings, instance: dg.DagsterInstance) -> list[dg.RunRecord]:
    """Mark dead runs as failed, so that the queue goes on; returns them, the newest first."""
    dead = dead_runs(settings, instance)
    for record in dead:
        instance.report_run_failed(record.dagster_run, "The process of this run is gone (killed or crashed).")
        _lock_path(settings, record.dagster_run.run_id).unlink(missing_ok=True)
    return dead


def _lock_path(settings: Settings, run_id: str) -> Path:
    return settings.state_path / "runs" / f"{run_id}.lock"


def _is_dead(path: Path, start_time: float | None) -> bool:
    """Its lock is free; without a lock file it either just started or died before it got that far."""
    try:
        with path.open("r+") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
    except BlockingIOError:
        return False
    except FileNotFoundError:
        started = dt.datetime.fromtimestamp(start_time or 0, dt.UTC)
        return dt.datetime.now(dt.UTC) - started > _START_TIMEOUT
