"""The event log keeps what Dagster's own class keeps, and its files stay readable by it."""

import contextlib
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import dagster as dg
import pytest
from dagster._core.storage.event_log import SqliteEventLogStorage
from sqlalchemy.dialects.sqlite.base import SQLiteDialect

from orchestration.runs.history import together


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


def test_events_stored_together_are_committed_at_the_end_and_seen_before(tmp_path: Path) -> None:
    other = SqliteEventLogStorage(str(tmp_path / "events"))
    with instance_on(tmp_path) as instance:
        with together(instance):
            run = materialise(instance)
            seen = instance.get_latest_materialization_event(figures.key)
            before = other.get_latest_materialization_events([figures.key]).get(figures.key)
        after = other.get_latest_materialization_events([figures.key])[figures.key]

    assert seen is not None
    assert seen.run_id == run
    assert before is None
    assert after is not None
    assert after.run_id == run


def test_events_of_a_block_that_failed_are_kept(tmp_path: Path) -> None:
    with instance_on(tmp_path) as instance:
        run = ""
        with contextlib.suppress(ValueError), together(instance):
            run = materialise(instance)
            raise ValueError

        assert len(instance.all_logs(run, of_type=dg.DagsterEventType.ASSET_MATERIALIZATION)) == 1


def test_tables_are_not_looked_for_again_with_each_event(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []
    has_table = SQLiteDialect.has_table
    monkeypatch.setattr(
        SQLiteDialect, "has_table", lambda *args, **named: looked.append(args[2]) or has_table(*args, **named)
    )
    many = [dg.AssetSpec(f"figures_{number}") for number in range(9)]

    @dg.multi_asset(specs=many)
    def all_figures() -> Iterator[dg.MaterializeResult]:
        yield from (dg.MaterializeResult(asset_key=spec.key) for spec in many)

    with instance_on(tmp_path) as instance:
        materialise(instance)
        looked.clear()
        materialise(instance)
        of_one = len(looked)
        looked.clear()
        dg.materialize([all_figures], instance=instance)

    assert len(looked) == of_one
