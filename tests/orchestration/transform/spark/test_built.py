"""What Spark has built takes its place in the working database, small tables as tables, large ones as views."""

from collections.abc import Iterator

import duckdb
import pytest

from orchestration.transform.spark.built import BUILT, Built, bring_back, built_folder, left_in_lake
from orchestration.transform.spark.storage import Storage

KINDS = "select table_name, table_type from information_schema.tables where table_schema in ('mart', 'intermediate')"


@pytest.fixture
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(tmp_path_factory.mktemp("database") / "warehouse.duckdb")) as connection:
        connection.execute("create schema intermediate; create table intermediate.int_leads as select 1 as lead_key")
        yield connection


def build(storage: Storage) -> None:
    """What a session leaves that has built a mart, a table on the way and two views; an older build lies there too."""
    storage.put("builds/old/mart.db/m/part.parquet", lambda path: path.write_text("none"))
    built = [Built("mart", "m", "builds/new/mart.db/m"), Built("intermediate", "int_leads", "builds/new/x.db/l")]
    for number, one in enumerate(built):
        rows = duckdb.sql(f"select {number} as lead_key")
        storage.put(f"{one.folder}/part.parquet", lambda path, rows=rows: rows.write_parquet(str(path)))
    part = Built("mart", "a", query="select lead_key from mart.m where lead_key = '1'", comment="m, ones only")
    of_a_view = Built("mart", "_b", query="select lead_key from mart.a as a")  # its name comes first
    storage.put_list(BUILT, [of_a_view, part, *built])


def test_what_spark_has_built_takes_the_place_of_what_was_there(
    warehouse: duckdb.DuckDBPyConnection, storage: Storage
) -> None:
    build(storage)
    types = {"mart.m": {"lead_key": "json"}}
    bring_back(warehouse, storage, ("mart",), types)
    assert dict(warehouse.execute(KINDS).fetchall())["int_leads"] == "BASE TABLE"
    bring_back(warehouse, storage, ("mart",), types, large=0)
    assert warehouse.execute("select * from intermediate.int_leads").fetchall() == [(1,)]
    assert warehouse.execute("select lead_key, typeof(lead_key) from mart.m").fetchall() == [("0", "JSON")]
    kinds = dict(warehouse.execute(KINDS).fetchall())
    assert kinds == {"_b": "VIEW", "a": "VIEW", "int_leads": "VIEW", "m": "BASE TABLE"}
    assert left_in_lake(warehouse) == {"intermediate.int_leads"}
    comments = "select view_name, comment from duckdb_views() where view_name in ('a', '_b') order by 1"
    assert warehouse.execute(comments).fetchall() == [("_b", None), ("a", "m, ones only")]
    assert storage.folders("builds") == ["builds/new"]


def test_a_mart_that_is_published_as_a_view_is_one_here_and_its_folder_is_known(
    warehouse: duckdb.DuckDBPyConnection, storage: Storage
) -> None:
    assert built_folder(storage, "mart", "m") is None
    build(storage)
    bring_back(warehouse, storage, ("mart",), {}, stay=["m"])
    assert left_in_lake(warehouse) == {"mart.m"}
    assert [built_folder(storage, "mart", name) for name in ("m", "a")] == ["builds/new/mart.db/m", None]
