"""Dagster keeps every run for ever, each in a file of its own: the oldest leave, so that the history stays as large."""

import shutil

import dagster as dg

from orchestration.runs.dagster_home import home_path
from orchestration.settings import Settings

KEPT = 200
_FINISHED = [dg.DagsterRunStatus.SUCCESS, dg.DagsterRunStatus.FAILURE, dg.DagsterRunStatus.CANCELED]


def forget_old_runs(settings: Settings, instance: dg.DagsterInstance, keep: int = KEPT) -> list[str]:
    """Delete the finished runs before the last `keep`, with what they logged; returns their ids."""
    home = home_path(settings)
    old = instance.get_run_ids(dg.RunsFilter(statuses=_FINISHED))[keep:]
    for run_id in old:
        instance.delete_run(run_id)
        for path in (home / "events").glob(f"{run_id}.db*"):
            path.unlink()
        shutil.rmtree(home / run_id, ignore_errors=True)
    return list(old)
