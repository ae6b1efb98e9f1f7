"""How the working database is opened, what it may take, and where what does not fit into memory goes."""

import base64
import stat
import tempfile
import zlib
from pathlib import Path

import pytest

from orchestration.errors import BrokenWarehouseError, FunnelmartError, NewerWarehouseError
from orchestration.lock import workspace_lock
from orchestration.settings import Engine, Settings
from orchestration.temporary import empty_temporary
from orchestration.warehouse import engine_config, open_warehouse, written_tables

ROOT = Path(__file__).resolve().parents[2]
# The first block of a file that DuckDB 2.0.1 wrote in a format that 1.5 doesn't know.
NEWER = (
    "eNrbaWaX5yq8tNMl1Nn7OTMDUaDMSM9AzxC3vEWKuYWhoUmqpQF+c6bM23vBNMi14rTCBPlJ"
    "+77xMoyCUTAKRsEoGAWjYBSMglEwCkbBKBgFo4AmAAAq/BD3"
)


def test_times_are_utc(tmp_path: Path) -> None:
    with open_warehouse(tmp_path / "w.duckdb") as connection:
        assert connection.execute("select current_setting('TimeZone')").fetchone() == ("UTC",)


def test_what_is_written_are_tables_and_what_publication_makes_tables(tmp_path: Path) -> None:
    """A view of the mart over other tables has rows of its own once it is published; one over the mart has not."""
    with open_warehouse(tmp_path / "warehouse.duckdb") as connection:
        connection.execute("""
            create schema intermediate; create schema mart;
            create table intermediate.int_touches as select 1 as touch;
            create view intermediate.int_all as select * from intermediate.int_touches;
            create table mart.dim_kpi as select 'intermediate' as kpi;
            create view mart.fct_touches as (
                with touches as (select * from "warehouse"."intermediate"."int_touches") select * from touches
            );
            create view mart.kpi_long as select 'intermediate' as note, touch from warehouse.mart.fct_touches""")
        assert written_tables(connection) == [
            ("intermediate", "int_touches"), ("mart", "dim_kpi"), ("mart", "fct_touches")
        ]  # fmt: skip


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    path = tmp_path / "w.duckdb"
    path.write_text("no database" * 1000)
    with pytest.raises(FunnelmartError, match=r"w\.duckdb: the working database can\'t be read"), open_warehouse(path):
        pass


def test_a_file_of_a_newer_duckdb_is_not_taken_for_a_damaged_one(tmp_path: Path) -> None:
    path = tmp_path / "w.duckdb"
    path.write_bytes(zlib.decompress(base64.b64decode(NEWER)) * 4)
    with (
        pytest.raises(NewerWarehouseError, match=r"w\.duckdb: written by a newer DuckDB than .* version number 999"),
        open_warehouse(path),
    ):
        pass


@pytest.mark.parametrize("damage", ["cut off", "random bytes", "zeros"])
def test_a_damaged_warehouse_is_not_taken_for_an_open_one(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "w.duckdb"
    with open_warehouse(path) as connection:
        connection.execute("create table t as select range as x from range(1000000)")
    whole = path.read_bytes()
    header = 3 * 4096
    broken = {
        "cut off": whole[: header + 5000],
        "zeros": b"\0" * 100,
        "random bytes": whole[:header] + b"\x07" * (len(whole) - header),
    }
    path.write_bytes(broken[damage])
    with (
        pytest.raises(BrokenWarehouseError, match="the working database can't be read") as raised,
        open_warehouse(path, read_only=True),
    ):
        pass
    assert "delete {workspace}/warehouse.duckdb and run again" in raised.value.next_step


def test_the_warehouse_and_what_a_run_unpacks_are_the_owners_alone(tmp_path: Path) -> None:
    settings = Settings(workspace=tmp_path, company="Acme")
    settings.state_path.mkdir(mode=0o755)
    settings.warehouse_path.touch(mode=0o644)
    settings.warehouse_path.unlink()
    with workspace_lock(settings), empty_temporary(settings), open_warehouse(settings.warehouse_path) as connection:
        connection.execute("create table t as select 1 as x")
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
        with tempfile.NamedTemporaryFile() as unpacked:
            assert Path(unpacked.name).parent == settings.temporary_path
    assert modes == {".funnelmart": 0o700, "warehouse.duckdb": 0o600, "warehouse.duckdb.wal": 0o600}
    settings.warehouse_path.chmod(0o644)
    with open_warehouse(settings.warehouse_path):
        assert stat.S_IMODE(settings.warehouse_path.stat().st_mode) == 0o600
    assert settings.temporary_path not in Path(tempfile.gettempdir()).parents


def test_what_does_not_fit_into_the_memory_limit_is_spilt_into_the_workspace(tmp_path: Path) -> None:
    settings = Settings(workspace=tmp_path, company="Acme", engine=Engine(memory_limit="60MB", threads=1))
    with (
        empty_temporary(settings),
        open_warehouse(settings.warehouse_path, config=engine_config(settings, "landing")) as connection,
    ):
        rows = connection.execute("select hash(range) as h, repeat('x', 50) from range(2000000) order by h")
        assert rows.fetchone() is not None
        assert [path.parent.name for path in settings.temporary_path.glob("*/*")] != []
    assert not settings.temporary_path.exists()


def test_what_a_killed_run_left_is_removed_by_the_next(tmp_path: Path) -> None:
    settings = Settings(workspace=tmp_path, company="Acme")
    left = settings.temporary_path / "dbt" / "duckdb_temp_storage.tmp"
    left.parent.mkdir(parents=True)
    left.write_text("spilt")
    with empty_temporary(settings):
        assert list(settings.temporary_path.iterdir()) == []
