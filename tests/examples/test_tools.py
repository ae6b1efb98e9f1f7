"""What tools write by themselves works on the published mart as it stands: no alias, no `use`, no catalog.

The command line of DuckDB, Node.js and the snippets of docs/bi.md are in test_bi.py, Superset's dashboard in
test_superset.py.
"""

from collections.abc import Iterator
from pathlib import Path

import pandas
import polars
import pytest
from sqlalchemy import Engine, MetaData, Numeric, Table, create_engine, func, inspect, select, text
from sqlalchemy.types import Date

# Two leads of March 2024 in tests/minimal_workspace.py; the figures are counted by hand in tests/end_to_end.
MARCH = {"leads": 2, "won_deals": 1, "revenue": 1200}


@pytest.fixture(scope="module")
def engine(published_minimal: Path) -> Iterator[Engine]:
    mart = published_minimal / "published" / "funnelmart.duckdb"
    engine = create_engine(f"duckdb:///{mart}", connect_args={"read_only": True})
    yield engine
    engine.dispose()


def test_the_inspector_lists_schema_tables_and_columns(engine: Engine) -> None:
    inspector = inspect(engine)

    assert any(schema.rpartition(".")[2].strip('"') == "mart" for schema in inspector.get_schema_names())
    tables = {*inspector.get_table_names(schema="mart"), *inspector.get_view_names(schema="mart")}
    assert {"kpi_total", "kpi_by_channel", "kpi_long", "fct_leads"} <= tables
    assert inspector.has_table("kpi_total", schema="mart")
    types = {column["name"]: column["type"] for column in inspector.get_columns("kpi_total", schema="mart")}
    assert isinstance(types["period_start"], Date)
    assert isinstance(types["revenue"], Numeric)


def test_a_reflected_table_answers(engine: Engine) -> None:
    kpi_total = Table("kpi_total", MetaData(), schema="mart", autoload_with=engine)
    march = (kpi_total.c.grain == "month") & (func.strftime(kpi_total.c.period_start, "%Y-%m") == "2024-03")
    query = select(*(kpi_total.c[kpi] for kpi in MARCH)).where(march)

    with engine.connect() as connection:
        assert [dict(row._mapping) for row in connection.execute(query)] == [MARCH]


def test_pandas_reads_a_table_by_its_name(engine: Engine) -> None:
    frame = pandas.read_sql_table("kpi_total", engine, schema="mart")

    march = frame[(frame.grain == "month") & (frame.period_start.astype(str).str.startswith("2024-03"))]
    assert march[list(MARCH)].astype(float).to_dict("records") == [MARCH]


def test_polars_reads_through_the_engine(engine: Engine) -> None:
    with engine.connect() as connection:
        frame = polars.read_database('select * from "mart"."kpi_total"', connection)

    march = frame.filter(
        (polars.col("grain") == "month") & (polars.col("period_start").dt.strftime("%Y-%m") == "2024-03")
    )
    assert march.select(*(polars.col(kpi).cast(polars.Float64) for kpi in MARCH)).to_dicts() == [MARCH]


@pytest.mark.parametrize(
    "query",
    [
        'SELECT * FROM "mart"."kpi_total" LIMIT 100',
        "SELECT * FROM mart.kpi_total\nLIMIT 100",
        'SELECT "mart"."kpi_total"."leads" AS "leads" FROM "mart"."kpi_total"',
        "SELECT DATE_TRUNC('MONTH', period_start) AS period_start, sum(leads) AS \"SUM(leads)\" FROM mart.kpi_total"
        " WHERE grain IN ('day') GROUP BY DATE_TRUNC('MONTH', period_start) ORDER BY \"SUM(leads)\" DESC LIMIT 10000",
        'SELECT "funnelmart"."mart"."kpi_total"."leads" FROM "funnelmart"."mart"."kpi_total"',
    ],
    ids=["quoted", "superset's preview", "columns with their schema", "superset's chart", "with the catalog"],
)
def test_a_query_as_tools_generate_it(engine: Engine, query: str) -> None:
    with engine.connect() as connection:
        assert connection.execute(text(query)).fetchall()
