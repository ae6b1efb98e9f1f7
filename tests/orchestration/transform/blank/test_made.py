"""What is noted of raw tables and settings before dbt builds."""

from typing import Any

import duckdb
import pytest

from orchestration.transform.blank.made import forget_made, note_sources

MANIFEST: dict[str, Any] = {
    "sources": {
        "source.m.leads": {"schema": "raw", "identifier": "leads", "columns": {}},
        "source.m.not_landed": {"schema": "raw", "identifier": "not_landed", "columns": {}},
        "source.m.workspace": {
            "schema": "settings", "identifier": "workspace", "columns": {"today": {}, "now_at": {}},
            "meta": {"kept_by_column": True},
        },
    }
}  # fmt: skip
NOTED = "select name, content from models.made where name <> 'code'"


@pytest.fixture
def warehouse() -> duckdb.DuckDBPyConnection:
    opened = duckdb.connect()
    opened.execute("create schema raw; create schema settings")
    opened.execute("create table raw.leads as select * from (values ('L1', 1), ('L2', 2)) as v(lead_id, amount)")
    opened.execute("create table settings.workspace as select date '2024-01-01' as today, 9 as now_at")
    return opened


def noted(warehouse: duckdb.DuckDBPyConnection, by: str = "code") -> dict[str, str]:
    note_sources(warehouse, MANIFEST, by)
    return dict(warehouse.execute(NOTED).fetchall())


def test_a_table_has_the_content_of_its_rows_in_any_order(warehouse: duckdb.DuckDBPyConnection) -> None:
    before = noted(warehouse)
    assert set(before) == {"raw.leads", "settings.workspace.today", "settings.workspace.now_at"}

    warehouse.execute("create or replace table raw.leads as select * from raw.leads order by lead_id desc")
    assert noted(warehouse) == before

    warehouse.execute("update raw.leads set amount = 3 - amount")  # each value is there as often as before
    assert noted(warehouse)["raw.leads"] != before["raw.leads"]


def test_of_settings_each_column_is_noted(warehouse: duckdb.DuckDBPyConnection) -> None:
    before = noted(warehouse)
    warehouse.execute("update settings.workspace set now_at = 10")
    assert {name for name, content in noted(warehouse).items() if content != before[name]} == {
        "settings.workspace.now_at"
    }


def test_what_other_code_or_another_engine_has_made_is_forgotten(warehouse: duckdb.DuckDBPyConnection) -> None:
    noted(warehouse)
    warehouse.execute("insert into models.made values ('mart.kpi_total', 'sql', 'rows')")
    assert "mart.kpi_total" in noted(warehouse)
    assert "mart.kpi_total" not in noted(warehouse, by="other code")

    forget_made(warehouse)
    assert warehouse.execute("select 1 from duckdb_tables() where table_name = 'made'").fetchall() == []
