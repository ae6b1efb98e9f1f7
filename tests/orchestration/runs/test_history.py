"""The event log keeps what Dagster's own class keeps, and its files stay readable by it."""

from contextlib import AbstractContextManager
from pathlib import Path

import dagster as dg
from dagster._core.storage.event_log import SqliteEventLogStorage


@dg.asset
def figures() -> dg.MaterializeResult:
    return dg.MaterializeResult(metadata={"dagster/row_count": 3})


def materialise(instance: dg.DagsterInstance) -> str:
    result = dg.materialize([figures], instance=instance)
    assert result.success
    return result.run_id


def instance_on(folder: Path) -> AbstractContextManager[dg.DagsterInstance]:
    storage = {
        "module": "orchestration.runs.history",
        "class": "PooledSqliteEventLogStorage",
        "config": {"base_dir": str(folder)},
    }
    return dg.instance_for_test(temp_dir=str(folder), overrides={"event_log_storage": storage})


def test_events_of_more_runs_than_are_kept_open_are_there(tmp_path: Path) -> None:
    with instance_on(tmp_path) as instance:
        runs = [materialise(instance) for _ in range(6)]
        counts = [len(instance.all_logs(run, of_type=dg.DagsterEventType.ASSET_MATERIALIZATION)) for run in runs]

    assert counts == [1] * 6


def test_dagsters_own_class_reads_the_files(tmp_path: Path) -> None:
    with instance_on(tmp_path) as instance:
        run = materialise(instance)

    plain = SqliteEventLogStorage(str(tmp_path / "events"))

    assert plain.get_latest_materialization_events([figures.key])[figures.key].run_id == run
