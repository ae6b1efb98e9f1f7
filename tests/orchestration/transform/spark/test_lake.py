"""Raw tables in the lake: one folder a table and load, whole or not there, the same again where nothing changed."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from orchestration.transform.spark.lake import Built, bring_back, built_path, hand_over, raw_statements, write_list


@pytest.fixture
def warehouse() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute("create schema raw_crm; create schema settings; create schema intermediate")
        connection.execute("create table raw_crm.leads (Id varchar, amount decimal(28, 2), _load_id bigint)")
        connection.execute("insert into raw_crm.leads values ('a', 1.5, 1), ('b', null, 1), ('c', 2, 2)")
        connection.execute("create table settings.workspace as select 'Acme' as company")
        connection.execute("create table intermediate.int_leads as select 1 as lead_key")
        yield connection


def loads(lake: Path) -> dict[str, list[tuple[str, ...]]]:
    """Load -> its ids, as the lake's files of the leads say."""
    folders = sorted((lake / "raw" / "raw_crm" / "leads").iterdir())
    return {
        folder.name.partition("-")[0]: duckdb.execute(f"select Id from '{folder}/*.parquet' order by 1").fetchall()
        for folder in folders
    }


def test_each_load_is_a_folder_and_models_stay_where_they_are(
    warehouse: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    hand_over(warehouse, tmp_path)
    assert loads(tmp_path) == {"1": [("a",), ("b",)], "2": [("c",)]}
    assert sorted(path.name for path in (tmp_path / "raw").iterdir()) == ["lake", "raw_crm", "settings", "tables.json"]


def test_a_load_is_written_again_only_where_a_row_of_it_has_changed(
    warehouse: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    hand_over(warehouse, tmp_path)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.parquet")}
    warehouse.execute("delete from raw_crm.leads where Id = 'a'")
    hand_over(warehouse, tmp_path)
    after = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.parquet")}
    assert loads(tmp_path) == {"1": [("b",)], "2": [("c",)]}
    assert len(before.items() & after.items()) == len(before) - 1


def test_what_a_killed_run_has_left_is_written_anew(warehouse: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    half = tmp_path / "raw" / "raw_crm" / "leads" / "1-0.part"
    half.mkdir(parents=True)
    (half / "rows.parquet").write_bytes(b"PAR1")
    hand_over(warehouse, tmp_path)
    assert loads(tmp_path) == {"1": [("a",), ("b",)], "2": [("c",)]}


def test_spark_is_told_each_table_with_its_types_one_without_rows_too(
    warehouse: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    warehouse.execute("create table raw_crm.deals (Id varchar, closed timestamp, tags varchar[], _load_id bigint)")
    hand_over(warehouse, tmp_path)
    said = list(raw_statements(tmp_path))
    assert said[:2] == ["create schema if not exists `lake`", "create schema if not exists `raw_crm`"]
    assert (
        "create table `raw_crm`.`deals` (`Id` string, `closed` timestamp_ntz, `tags` array<string>, `_load_id` bigint)"
        f" using parquet options (recursiveFileLookup true) location '{tmp_path}/raw/raw_crm/deals'" in said
    )


def test_what_spark_has_built_takes_the_place_of_what_was_there(
    warehouse: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    build = tmp_path / "builds" / "new"
    (tmp_path / "builds" / "old").mkdir(parents=True)
    built = [Built(schema, name, str(build / name)) for schema, name in (("mart", "m"), ("intermediate", "int_leads"))]
    for number, one in enumerate(built):
        Path(one.folder).mkdir(parents=True)
        warehouse.execute(f"copy (select {number} as lead_key) to '{one.folder}/part.parquet'")
    part = Built("mart", "a", query="select lead_key from mart.m where lead_key = '1'", comment="m, ones only")
    of_a_view = Built("mart", "_b", query="select lead_key from mart.a as a")  # its name comes first
    write_list(built_path(tmp_path), [of_a_view, part, *built])
    types = {"mart.m": {"lead_key": "json"}}
    bring_back(warehouse, tmp_path, ("mart",), types)
    bring_back(warehouse, tmp_path, ("mart",), types, large=0)
    assert warehouse.execute("select * from intermediate.int_leads").fetchall() == [(1,)]
    assert warehouse.execute("select lead_key, typeof(lead_key) from mart.m").fetchall() == [("0", "JSON")]
    kinds = (
        "select table_name, table_type from information_schema.tables where table_schema in ('mart', 'intermediate')"
    )
    kinds_of = dict(warehouse.execute(kinds).fetchall())
    assert kinds_of == {"_b": "VIEW", "a": "VIEW", "int_leads": "VIEW", "m": "BASE TABLE"}
    comments = "select view_name, comment from duckdb_views() where view_name in ('a', '_b') order by 1"
    assert warehouse.execute(comments).fetchall() == [("_b", None), ("a", "m, ones only")]
    assert [path.name for path in (tmp_path / "builds").iterdir()] == ["new"]
