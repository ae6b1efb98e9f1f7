"""Views of the working database are views of the published file, wherever it lies and whatever it is called."""

import shutil
from pathlib import Path

import duckdb
import pytest

from orchestration.publish import TableDescription, aside, kept_marts, rollback
from orchestration.publish.records import Reference
from orchestration.settings import Publish, Settings
from tests.orchestration.publish.conftest import publish_leads

# As dbt writes them, catalog and all. `a_twice` reads `kpi_long`: the order of names is not the order of making.
VIEWS = """
create view "warehouse"."mart"."kpi_long" as (
    with totals as (select * from "warehouse"."mart"."kpi_total")
    select 'leads' as kpi, 'from warehouse.mart.kpi_total' as origin, totals.leads as value from totals
);
create view warehouse.mart.a_twice (kpi, doubled) as
    select kpi_long.kpi, 2 * warehouse.mart.kpi_long.value from warehouse.mart.kpi_long;
create view warehouse.mart.from_staging as select x from warehouse.staging.stg_x
"""


@pytest.fixture
def with_views(settings: Settings) -> Settings:
    publish_leads(settings, "run0", [0])
    with duckdb.connect(str(settings.warehouse_path)) as warehouse:
        warehouse.execute(VIEWS)
    publish_leads(settings, "run1", [1])
    publish_leads(settings, "run2", [2, 3])
    return settings


def doubled(mart: Path, table: str = "mart.a_twice", attach_as: str | None = None) -> list[tuple]:
    with duckdb.connect() if attach_as else duckdb.connect(str(mart), read_only=True) as connection:
        if attach_as:
            connection.execute(f"attach '{mart}' as {attach_as} (read_only)")
        return connection.execute(f"select kpi, doubled from {table} order by all").fetchall()


def test_what_reads_only_the_mart_is_a_view_and_the_rest_a_table(with_views: Settings) -> None:
    with duckdb.connect(str(with_views.published_path), read_only=True) as mart:
        kinds = mart.execute(
            "select table_name, table_type from information_schema.tables where table_schema = 'mart' order by 1"
        ).fetchall()
        queries = dict(mart.execute("select view_name, sql from duckdb_views() where schema_name = 'mart'").fetchall())
        origin = mart.execute("select distinct origin from mart.kpi_long").fetchall()

    assert kinds == [
        ("a_twice", "VIEW"), ("from_staging", "BASE TABLE"), ("kpi_long", "VIEW"), ("kpi_total", "BASE TABLE")
    ]  # fmt: skip
    assert "warehouse" not in queries["a_twice"]
    assert origin == [("from warehouse.mart.kpi_total",)], "a text is no name"


def test_they_answer_in_the_published_file_in_the_history_and_under_another_name(with_views: Settings) -> None:
    (kept,) = [entry.path for entry in kept_marts(with_views) if entry.run_id == "run1"]
    now, before = [("leads", 4), ("leads", 6)], [("leads", 2)]

    assert doubled(with_views.published_path) == now
    assert doubled(with_views.published_path, "funnelmart.mart.a_twice") == now
    assert doubled(with_views.published_path, "other.mart.a_twice", attach_as="other") == now
    assert doubled(kept) == before
    assert doubled(kept, "older.mart.a_twice", attach_as="older") == before


def test_they_answer_after_a_rollback(with_views: Settings) -> None:
    rollback(with_views)

    assert doubled(with_views.published_path) == [("leads", 2)]
    assert doubled(with_views.published_path, "other.mart.a_twice", attach_as="other") == [("leads", 2)]


def test_they_are_described_and_exported(with_views: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    described = {"mart.a_twice": TableDescription("Twice as many.", {"doubled": "Leads, twice."})}
    monkeypatch.setattr("tests.orchestration.publish.conftest.DESCRIPTIONS", described)
    settings = with_views.model_copy(update={"publish": Publish(parquet=True)})
    publish_leads(settings, "run3", [7])

    with duckdb.connect(str(settings.published_path), read_only=True) as mart:
        assert mart.execute("select comment from duckdb_views() where view_name = 'a_twice'").fetchall() == [
            ("Twice as many.",)
        ]
        assert mart.execute("select comment from duckdb_columns() where column_name = 'doubled'").fetchall() == [
            ("Leads, twice.",)
        ]
        file = settings.published_path.parent / "parquet" / "mart" / "a_twice.parquet"
        assert mart.execute(f"select doubled from '{file}'").fetchall() == [(14,)]


def test_a_view_of_a_part_is_described_by_its_comment_and_its_table(settings: Settings) -> None:
    """As the post-hook `grain_views` makes it: no model, so the manifest says nothing of it."""
    publish_leads(settings, "run0", [0])
    with duckdb.connect(str(settings.warehouse_path)) as warehouse:
        warehouse.execute("create view mart.kpi_some as select leads from mart.kpi_total where leads > 1")
        warehouse.execute("comment on view mart.kpi_some is 'Many leads only.'")
        warehouse.execute("create view mart.undescribed as select leads from mart.kpi_total")
    publish_leads(settings, "run1", [1, 2, 3])

    with duckdb.connect(str(settings.published_path), read_only=True) as mart:
        comments = mart.execute(
            "select view_name, v.comment, c.comment from duckdb_views() as v"
            " join duckdb_columns() as c on view_name = table_name where v.schema_name = 'mart' order by 1"
        ).fetchall()
        told = mart.execute("select table_name, rows, part_of from _meta.tables order by 1").fetchall()

    assert comments == [("kpi_some", "Many leads only.", "Leads that count."), ("undescribed", None, None)]
    assert told == [("kpi_some", None, "kpi_total"), ("kpi_total", 3, None), ("undescribed", None, None)]


def test_what_a_column_refers_to_is_told(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    to = (Reference("leads", "mart.dim_leads", "leads"), Reference("leads", "mart.gone", "leads"))
    described = {
        "mart.kpi_total": TableDescription("KPIs.", {}, to),
        "mart.gone": TableDescription("Not built.", {}, to),
    }
    monkeypatch.setattr("tests.orchestration.publish.conftest.DESCRIPTIONS", described)
    publish_leads(settings, "run0", [0])
    with duckdb.connect(str(settings.warehouse_path)) as warehouse:
        warehouse.execute("create table mart.dim_leads as select 1 as leads")
    publish_leads(settings, "run1", [1])

    with duckdb.connect(str(settings.published_path), read_only=True) as mart:
        told = mart.execute("from _meta.relationships").fetchall()
    assert told == [("kpi_total", "leads", "dim_leads", "leads")]


def test_the_file_is_written_for_the_oldest_reader(with_views: Settings, tmp_path: Path) -> None:
    """A DuckDB file says behind its checksum and the mark DUCK which storage it has: 64 is what 1.0 and 1.1 write."""

    def storage(file: Path) -> int:
        head = file.read_bytes()[:20]
        assert head[8:12] == b"DUCK"
        return int.from_bytes(head[12:20], "little")

    newest = tmp_path / "newest.duckdb"
    with duckdb.connect(str(newest), config={"storage_compatibility_version": "latest"}) as database:
        database.execute("create table t as select 1 as x")

    assert aside.STORAGE_VERSION == "v1.0.0"
    assert storage(with_views.published_path) == 64
    assert storage(newest) > 64, "the library no longer writes what 1.0 can't read unless told to: this test is blind"
    copied = Path(shutil.copy(with_views.published_path, tmp_path / "copied.duckdb"))
    with duckdb.connect(str(copied), read_only=True) as mart:
        tags = mart.execute("select tags from duckdb_databases() where database_name = 'copied'").fetchall()
    assert tags == [({"storage_version": "v1.0.0+"},)]
