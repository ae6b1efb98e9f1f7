"""Raw tables in the lake: one folder a table and load, whole or not there, the same again where nothing changed."""

from collections.abc import Iterator

import duckdb
import pytest

from orchestration.transform.spark.raw import hand_over, raw_bytes, raw_statements
from orchestration.transform.spark.storage import Storage

LEADS = "raw/raw_crm/leads"


@pytest.fixture
def warehouse() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute("create schema raw_crm; create schema settings; create schema intermediate")
        connection.execute("create table raw_crm.leads (Id varchar, amount decimal(28, 2), _load_id bigint)")
        connection.execute("insert into raw_crm.leads values ('a', 1.5, 1), ('b', null, 1), ('c', 2, 2)")
        connection.execute("create table settings.workspace as select 'Acme' as company")
        connection.execute("create table intermediate.int_leads as select 1 as lead_key")
        yield connection


def loads(storage: Storage) -> dict[str, list[tuple[str, ...]]]:
    """Load -> its ids, as the lake's files of the leads say."""
    found = {}
    for name in sorted(storage.folders(LEADS)):
        with storage.here(name) as folder, duckdb.connect() as connection:
            files = [str(path) for path in folder.iterdir()]
            rows = connection.execute("select Id from read_parquet(?) order by 1", [files]).fetchall()
            found[name.removeprefix(f"{LEADS}/").partition("-")[0]] = rows
    return found


def test_each_load_is_a_folder_and_models_stay_where_they_are(
    warehouse: duckdb.DuckDBPyConnection, storage: Storage
) -> None:
    hand_over(warehouse, storage)
    assert loads(storage) == {"1": [("a",), ("b",)], "2": [("c",)]}
    assert sorted(storage.folders("raw")) == ["raw/lake", "raw/raw_crm", "raw/settings"]
    files = storage.files("raw")
    assert raw_bytes(storage) == sum(files.values()) - files["raw/tables.json"]


def test_a_load_is_written_again_only_where_a_row_of_it_has_changed(
    warehouse: duckdb.DuckDBPyConnection, storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand_over(warehouse, storage)
    before = storage.files("raw").keys()
    warehouse.execute("delete from raw_crm.leads where Id = 'a'")
    written = []
    put = Storage.put
    monkeypatch.setattr(Storage, "put", lambda of, name, write: (written.append(name), put(of, name, write))[1])
    hand_over(warehouse, storage)
    assert loads(storage) == {"1": [("b",)], "2": [("c",)]}
    assert len(written) == 2
    assert written[1] == "raw/tables.json"
    assert storage.files("raw").keys() - before == {written[0]}


def test_what_a_killed_run_has_left_is_written_anew(warehouse: duckdb.DuckDBPyConnection, storage: Storage) -> None:
    for name in ("1-0.part/rows.parquet", "1-0/.rows.parquet.part"):
        storage.put(f"{LEADS}/{name}", lambda path: path.write_bytes(b"PAR1"))
    hand_over(warehouse, storage)
    assert loads(storage) == {"1": [("a",), ("b",)], "2": [("c",)]}


def test_spark_is_told_each_table_with_its_types_one_without_rows_too(
    warehouse: duckdb.DuckDBPyConnection, storage: Storage
) -> None:
    warehouse.execute("create table raw_crm.deals (Id varchar, closed timestamp, tags varchar[], _load_id bigint)")
    hand_over(warehouse, storage)
    said = list(raw_statements(storage))
    assert said[:2] == ["create schema if not exists `lake`", "create schema if not exists `raw_crm`"]
    assert (
        "create table `raw_crm`.`deals` (`Id` string, `closed` timestamp_ntz, `tags` array<string>, `_load_id` bigint)"
        f" using parquet options (recursiveFileLookup true) location '{storage.for_spark('raw/raw_crm/deals')}'" in said
    )
