"""Assets from dbt's manifest, whichever engine it was made for."""

from typing import Any

import dagster as dg
import pytest

from orchestration.defs.dbt_specs import asset_specs, seeds_of


@pytest.mark.parametrize(("database", "table"), [("warehouse", "warehouse.mart.fct_leads"), (None, "mart.fct_leads")])
def test_an_engine_without_databases_names_tables_by_schema(database: str | None, table: str) -> None:
    """Spark has none, and dbt's manifest then says null."""
    node: dict[str, Any] = {
        "unique_id": "model.funnelmart.fct_leads",
        "resource_type": "model",
        "name": "fct_leads",
        "fqn": ["funnelmart", "marts", "leads", "fct_leads"],
        "database": database,
        "schema": "mart",
        "alias": "fct_leads",
        "description": "Leads.",
        "raw_code": "select 1 as lead_key",
        "columns": {},
        "config": {"materialized": "table"},
        "depends_on": {"nodes": []},
    }
    manifest = {"metadata": {"adapter_type": "any"}, "nodes": {node["unique_id"]: node}, "sources": {}}
    (spec,) = asset_specs(manifest, [node["unique_id"]])
    assert spec.metadata["dagster/table_name"] == table


def test_seeds_are_told_from_models() -> None:
    manifest = {
        "nodes": {
            "seed.rules": {"resource_type": "seed", "schema": "intermediate", "alias": "rules"},
            "seed.other": {"resource_type": "seed", "schema": "intermediate", "alias": "other"},
            "model.deals": {"resource_type": "model", "schema": "mart", "alias": "deals"},
        }
    }
    assert seeds_of(manifest, ["seed.rules", "model.deals"]) == {dg.AssetKey(["intermediate", "rules"])}
