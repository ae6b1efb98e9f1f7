"""No model compares each row of a large table with each row of another: its cost would grow with their product."""

import json

import duckdb

from orchestration.settings import Settings

# One side of each of these joins is small whatever the company: rules, weekdays, settings, targets.
WITH_FEW_ROWS = {
    "int_business_days", "int_channel_fits", "int_channels__built_in", "int_forecast_days",
    "int_journeys", "int_late_events", "int_target_spans",
}  # fmt: skip


def test_large_tables_are_joined_by_keys(empty_workspace: Settings, compiled_models: dict[str, str]) -> None:
    """DuckDB looks up keys where each condition of a join compares one side with the other, and only there."""
    with duckdb.connect(str(empty_workspace.warehouse_path), read_only=True) as warehouse:
        plans = {
            name: operators(warehouse, sql)
            for name, sql in compiled_models.items()
            if "previous_round" not in sql  # a step of a `fixpoint`, over small tables
        }
    assert {name for name, found in plans.items() if "BLOCKWISE_NL_JOIN" in found} <= WITH_FEW_ROWS


def operators(warehouse: duckdb.DuckDBPyConnection, sql: str) -> set[str]:
    (row,) = warehouse.execute(f"explain (format json) {sql}").fetchall()
    found, left = set[str](), list(json.loads(row[1]))
    while left:
        node = left.pop()
        found.add(node["name"])
        left += node["children"]
    return found
