"""Dagster shows of the sheets what the workspace has; models still find the tables of the rest, empty."""

from typing import Any

import dagster as dg

from orchestration.defs.hidden import shown
from orchestration.settings import Settings

LEADS, REFUNDS = "source.funnelmart.sheets.leads", "source.funnelmart.sheets.refunds"
STAGED = "model.funnelmart.stg_sheets__refunds"
ROWS = "model.funnelmart.int_refunds__rows"
TEST = "test.funnelmart.not_null_stg_sheets__refunds"


def node(kind: str, name: str, *above: str, **more: Any) -> dict[str, Any]:
    return {"resource_type": kind, "name": name, "depends_on": {"nodes": list(above)}, **more}


MANIFEST: dict[str, Any] = {
    "metadata": {"project_name": "funnelmart"},
    "sources": {name: node("source", name.split(".")[-1], source_name="sheets") for name in (LEADS, REFUNDS)},
    "nodes": {
        STAGED: node("model", "stg_sheets__refunds", REFUNDS),
        ROWS: node("model", "int_refunds__rows", STAGED, LEADS),
        TEST: node("test", "not_null_stg_sheets__refunds", STAGED, attached_node=STAGED),
    },
    "parent_map": {STAGED: [REFUNDS], ROWS: [STAGED, LEADS], TEST: [STAGED]},
    "child_map": {REFUNDS: [STAGED], STAGED: [ROWS, TEST], LEADS: [ROWS]},
}


def test_an_entity_that_no_sheet_holds_is_not_shown_nor_is_what_only_stages_it() -> None:
    found = shown(MANIFEST, {"refunds"})

    assert list(found["sources"]) == [LEADS]
    assert found["nodes"] == {ROWS: node("model", "int_refunds__rows", LEADS)}
    assert found["parent_map"] == {ROWS: [LEADS]}
    assert found["child_map"] == {LEADS: [ROWS]}
    assert found["metadata"] == MANIFEST["metadata"]


def test_the_raw_tables_shown_are_those_of_the_sheets(definitions: dg.Definitions, settings: Settings) -> None:
    raw = {spec.key.path[-1] for spec in definitions.resolve_all_asset_specs() if spec.key.path[0] == "sheets"}

    assert raw == {sheet.entity for sheet in settings.sheets}
