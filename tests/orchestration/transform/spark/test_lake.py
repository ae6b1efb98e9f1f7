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


def test_spark_is_told_the_folders_and_the_types_of_what_has_no_rows(
    warehouse: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    warehouse.execute("create table raw_crm.deals (Id varchar, closed timestamp, tags varchar[], _load_id bigint)")
    hand_over(warehouse, tmp_path)
    said = list(raw_statements(tmp_path))
    assert said[:2] == ["create schema if not exists `lake`", "create schema if not exists `raw_crm`"]
    assert (
        "create or replace view `raw_crm`.`deals` as select cast(null as string) as `Id`,"
        " cast(null as timestamp_ntz) as `closed`, cast(null as array<string>) as `tags`,"
        " cast(null as bigint) as `_load_id` where false" in said
    )
    (leads,) = (statement for statement in said if statement.startswith("create or replace view `raw_crm`.`leads`"))
    assert leads.count("select `Id`, `amount`, `_load_id` from parquet.") == 2


def test_what_spark_has_built_takes_the_place_of_what_was_there(
    warehouse: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    build = tmp_path / "builds" / "new"
    (tmp_path / "builds" / "old").mkdir(parents=True)
    built = [Built(schema, name, str(build / name)) for schema, name in (("mart", "m"), ("intermediate", "int_leads"))]
    for number, one in enumerate(built):
        Path(one.folder).mkdir(parents=True)
        warehouse.execute(f"copy (select {number} as lead_key) to '{one.folder}/part.parquet'")
    write_list(built_path(tmp_path), built)
    bring_back(warehouse, tmp_path, ("mart",))
    bring_back(warehouse, tmp_path, ("mart",))
    assert warehouse.execute("select * from intermediate.int_leads").fetchall() == [(1,)]
    assert warehouse.execute("select * from mart.m").fetchall() == [(0,)]
    kinds = (
        "select table_name, table_type from information_schema.tables where table_schema in ('mart', 'intermediate')"
    )
    assert sorted(warehouse.execute(kinds).fetchall()) == [("int_leads", "VIEW"), ("m", "BASE TABLE")]
    assert [path.name for path in (tmp_path / "builds").iterdir()] == ["new"]
