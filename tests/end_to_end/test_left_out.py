"""On the project itself: what is said to have no rows has none, and is no small part of a small company."""

import json
from pathlib import Path

import duckdb

from orchestration.settings import load_settings
from orchestration.transform.blank.blueprint import read, relation
from orchestration.transform.blank.left_out import left_out, ready_made
from orchestration.transform.command import dbt_target_path
from orchestration.transform.manifest import project_fingerprint

NEVER_OF_USE_HERE = {"int_refunds", "int_targets", "int_touches__refused", "fct_stage_history", "kpi_targets"}
ALWAYS_BUILT = {"int_leads", "int_deals", "int_ad_spend", "dim_kpi", "dim_date", "kpi_total", "int_quarantine"}


def test_models_that_can_have_no_rows_have_none(published_minimal: Path) -> None:
    settings = load_settings(published_minimal)
    target = dbt_target_path(settings)
    manifest = json.loads((target / "manifest.json").read_bytes())
    blueprint = read(target, project_fingerprint(settings))
    assert blueprint is not None
    with duckdb.connect(str(settings.warehouse_path), read_only=True) as warehouse:
        made = [manifest["nodes"][node] for node in ready_made(warehouse, manifest, blueprint)]
        rows = {
            node["name"]: warehouse.execute(f"select count(*) from {relation(node)}").fetchall()[0][0]
            for node in made
            if node["config"]["materialized"] != "view"
        }
        names = {manifest["nodes"][node]["name"] for node in left_out(warehouse, manifest, blueprint)}

    assert {name: count for name, count in rows.items() if count} == {}
    assert names >= NEVER_OF_USE_HERE
    assert not names & ALWAYS_BUILT
    assert len(names) > 80
