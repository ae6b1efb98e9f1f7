"""Events of a build while it goes on, in the order in which Dagster takes them."""

from collections.abc import Generator
from types import SimpleNamespace
from typing import Any, cast

import dagster as dg

from orchestration.defs.dbt_results import Event, Events
from orchestration.defs.dbt_specs import UNIQUE_ID
from orchestration.transform.dbt import NodeEnd
from orchestration.transform.within_dbt.profile import Profile


def spec(name: str, *parents: str, view: bool = False) -> dg.AssetSpec:
    metadata = {UNIQUE_ID: name, "dbt/materialized": "view" if view else "table"}
    return dg.AssetSpec(["mart", name], deps=[["mart", parent] for parent in parents], metadata=metadata)


def end(name: str, status: str = "success", **more: Any) -> NodeEnd:
    return {"unique_id": name, "status": status, "message": "OK", "failures": 0, "execution_time": 0.5, **more}


ROWS = {"profile": {"rows": 3, "sample": None}}
SPECS = [
    spec("leads"), spec("deals", "leads"), spec("empty", "leads"), spec("sums", "deals", "empty"),
    spec("shown", "sums", view=True), spec("alone"),
]  # fmt: skip
CHECK = dg.AssetCheckSpec("deals_are_unique", asset=["mart", "deals"], metadata={UNIQUE_ID: "test.deals"})


def events(left_out: tuple[str, ...] = ()) -> Events:
    context = SimpleNamespace(
        assets_def=SimpleNamespace(specs=SPECS, check_specs=[CHECK]),
        selected_asset_keys={one.key for one in SPECS},
        selected_asset_check_keys={CHECK.key},
        instance=dg.DagsterInstance.ephemeral(),
    )
    return Events(cast("dg.AssetExecutionContext", context), left_out)


def names(found: list[Event]) -> list[str]:
    return [
        one.asset_key.path[-1] if isinstance(one, dg.MaterializeResult) and one.asset_key else one.check_name or ""
        for one in found
        if isinstance(one, dg.MaterializeResult | dg.AssetCheckResult)
    ]


def ending(ends: list[NodeEnd], heard: list[Event], seen: list[list[str]]) -> Generator[NodeEnd, None, str]:
    """A build in which nodes end one after the other; `seen` is what was heard of before the next."""
    for one in ends:
        yield one
        seen.append(names(heard))
    return "built"


def hear(told: Events, ends: list[NodeEnd]) -> tuple[list[Event], list[list[str]]]:
    heard: list[Event] = []
    seen: list[list[str]] = []

    def step() -> Generator[Event, None, None]:
        assert (yield from told.of(ending(ends, heard, seen))) == "built"

    for event in step():
        heard.append(event)
    return heard, seen


def test_each_is_told_as_soon_as_all_that_it_is_made_from_is() -> None:
    told = events(left_out=("empty", "shown"))
    ends = [
        end("leads", **ROWS), end("test.deals", "pass"), end("sums", **ROWS), end("deals"), end("alone", "error")
    ]  # fmt: skip

    heard, seen = hear(told, ends)

    # what was left out comes with the first; deals are still to be looked at, and hold up their check and the sums
    assert seen == [["leads", "empty"]] * 5
    assert told.unknown(ends) == {dg.AssetKey(["mart", "deals"]), dg.AssetKey(["mart", "shown"])}
    looked_at: dict[str, Profile] = {"deals": {"rows": 2, "sample": None}, "shown": {"rows": 7, "sample": "| day |"}}
    told.know({dg.AssetKey(["mart", name]): found for name, found in looked_at.items()})
    rest = list(told.rest(ends))

    assert names(rest) == ["deals", "deals_are_unique", "sums", "shown"]
    of_tables = [dict(one.metadata or {}) for one in [*heard, *rest] if isinstance(one, dg.MaterializeResult)]
    assert [metadata.get("dagster/row_count") for metadata in of_tables] == [3, 0, 2, 3, 7]
    assert ["kept" in metadata for metadata in of_tables] == [False, True, False, False, True]


def test_a_verdict_that_may_change_is_told_at_the_end() -> None:
    told = events()
    lacked = end("test.deals", "error", message="Out of Memory Error")
    heard, _ = hear(told, [end("leads", **ROWS), end("deals", **ROWS), lacked])
    assert names(heard) == ["leads", "deals"]

    built_again = [end("leads", message="KEPT"), end("deals", message="KEPT"), end("test.deals", "pass")]
    (verdict,) = told.rest(built_again)

    assert isinstance(verdict, dg.AssetCheckResult)
    assert verdict.passed
