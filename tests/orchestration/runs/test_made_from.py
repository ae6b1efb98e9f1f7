"""What an asset was made from is what Dagster's history says, which is asked only for what the run has not told it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import dagster as dg
import pytest
from dagster._core.storage.event_log import SqliteEventLogStorage

from tests.orchestration.runs.test_history import instance_on

OF_INPUTS = "dagster/input_"


@dg.asset
def landed() -> dg.MaterializeResult:
    return dg.MaterializeResult(data_version=dg.DataVersion("1"))


@dg.multi_asset(
    specs=[
        dg.AssetSpec("leads", deps=[landed], code_version="1"),
        dg.AssetSpec("deals", deps=["leads", landed], code_version="1"),
        dg.AssetSpec("kpis", deps=["leads", "deals"], code_version="1"),
    ]
)
def built() -> Iterator[dg.MaterializeResult]:
    for name in ("leads", "deals", "kpis"):
        yield dg.MaterializeResult(asset_key=name)


def inputs_of(instance: dg.DagsterInstance) -> dict[str, dict[str, str]]:
    """Of each asset of a second run what its last materialization says that it was made from, ids by their asset."""
    for _ in range(2):
        assert dg.materialize([landed, built], instance=instance).success
    events = {key: instance.get_latest_materialization_event(dg.AssetKey(key)) for key in ("leads", "deals", "kpis")}
    tags = {key: event.asset_materialization.tags or {} for key, event in events.items() if event}  # type: ignore[union-attr]
    return {key: {name: value for name, value in said.items() if OF_INPUTS in name} for key, said in tags.items()}


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What the history is asked for."""
    keys: list[Any] = []
    get = SqliteEventLogStorage.get_asset_records
    monkeypatch.setattr(
        SqliteEventLogStorage,
        "get_asset_records",
        lambda self, asset_keys=None: keys.append(asset_keys) or get(self, asset_keys),
    )
    return keys


def test_inputs_are_those_of_dagsters_own_history(tmp_path: Path, asked: list[Any]) -> None:
    with dg.instance_for_test() as own:
        expected = inputs_of(own)
    assert [dg.AssetKey("leads")] in asked
    asked.clear()

    with instance_on(tmp_path) as instance:
        found = inputs_of(instance)

    assert found == expected
    assert len(found["kpis"]) == 4
    assert [key for keys in asked for key in keys or () if key.path != ["landed"]] == []


def test_an_asset_of_a_run_before_is_looked_up(tmp_path: Path) -> None:
    with instance_on(tmp_path) as instance:
        dg.materialize([landed, built], instance=instance)
        first = instance.get_latest_materialization_event(landed.key)
        dg.materialize([landed, built], instance=instance, selection=["leads", "deals", "kpis"])
        event = instance.get_latest_materialization_event(dg.AssetKey("leads"))
    assert first is not None
    assert event is not None
    assert event.asset_materialization is not None
    assert (event.asset_materialization.tags or {})["dagster/input_data_version/landed"] == "1"
