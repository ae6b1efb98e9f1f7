"""What lacked memory is built again: first one model at a time, then in all memory that the workspace allows."""

import json
from collections.abc import Collection, Generator, Sequence
from pathlib import Path
from typing import Any

import pytest

from orchestration.defs import transform
from orchestration.settings import Engine, Settings
from orchestration.transform.command import dbt_target_path
from orchestration.transform.dbt import DbtResult
from orchestration.transform.memory import fitting_memory
from tests.orchestration.transform.test_memory import landed

OUT = "Runtime Error\n  Out of Memory Error: failed to pin block"
DONE, LACKED, SKIPPED, FAILED = ("success", "OK"), ("error", OUT), ("skipped", None), ("fail", "3 results")


class Untold:
    """Stands for what tells Dagster of each node: nothing is told here."""

    def of(self, ends: Generator[Any, None, DbtResult]) -> Generator[Any, None, DbtResult]:
        return (yield from ends)


def ends(**of_nodes: tuple[str, str | None]) -> list[dict[str, Any]]:
    return [{"unique_id": name, "status": status, "message": said} for name, (status, said) in of_nodes.items()]


def build(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, *builds: list[dict[str, Any]]
) -> tuple[dict[str, str], list[tuple[str, set[str]]]]:
    """Statuses of nodes after a build whose dbt ends so each time; of each time, models at a time and nodes asked."""
    asked: list[tuple[str, set[str]]] = []
    to_come = iter(builds)

    def running(
        settings: Settings, args: Sequence[str], *, nodes: Collection[str], **_: Any
    ) -> Generator[Any, None, DbtResult]:
        asked.append((args[-1], set(nodes)))
        path = dbt_target_path(settings) / "run_results.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps({"results": next(to_come)}))
        return DbtResult("", path.parent)
        yield

    monkeypatch.setattr(transform, "running", running)
    nodes = {result["unique_id"] for result in builds[0]}
    events = Untold()
    building = transform._build(settings, events, ["build"], nodes)  # type: ignore[arg-type]
    with pytest.raises(StopIteration) as last:
        next(building)
    results, _ = last.value.value
    assert next(to_come, None) is None
    return {result["unique_id"]: result["status"] for result in results}, asked


def test_two_that_lacked_memory_at_a_time_are_built_one_by_one_in_the_same_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = landed(tmp_path, 300_000, Engine(threads=2))
    first = ends(leads=DONE, unique=FAILED, touches=LACKED, sums=SKIPPED)

    statuses, asked = build(settings, monkeypatch, first, ends(touches=DONE, sums=DONE))

    assert asked == [("2", {"leads", "unique", "touches", "sums"}), ("1", {"touches", "sums"})]
    assert statuses == {"leads": "success", "unique": "fail", "touches": "success", "sums": "success"}
    assert fitting_memory(settings) == "519MB"  # the next run has two at a time again


def test_what_lacks_memory_by_itself_has_all_from_then_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = landed(tmp_path, 300_000, Engine(threads=2))

    statuses, asked = build(settings, monkeypatch, ends(sums=LACKED), ends(sums=LACKED), ends(sums=LACKED))

    assert [at_a_time for at_a_time, _ in asked] == ["2", "1", "1"]
    assert statuses == {"sums": "error"}  # in all memory, too: there is no more to give
    assert fitting_memory(settings) == "4GB"
