"""A person leaves what was published: the live mart, the kept ones, the Parquet files of now and of before."""

import datetime as dt
from pathlib import Path

import duckdb
import pytest

from orchestration.extracts.type.erased import Eraser
from orchestration.publish import RunInfo, kept_marts, publish, rollback
from orchestration.publish.content import contents
from orchestration.publish.erase import erase_published
from orchestration.settings import Publish, Settings
from tests.orchestration.publish.conftest import DESCRIPTIONS, PASSED, STARTED, fill, published_leads

ANN = "ann@example.com"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Three publications; an older version let an address through, the last one does not."""
    settings = Settings(workspace=tmp_path, company="Acme", publish=Publish(keep=3, parquet=True))
    for number, reason in enumerate((ANN, f"wrote to {ANN}", "none"), start=1):
        fill(settings, leads=[number])
        with duckdb.connect(str(settings.warehouse_path)) as warehouse:
            warehouse.execute("create or replace table mart.lead_quality as select ? as reason", [reason])
        publish(settings, RunInfo(f"run{number}", STARTED, dt.date(2024, 3, 31), "0.1.0"), PASSED, DESCRIPTIONS)
    return settings


def naming(settings: Settings) -> list[str]:
    """Files that name her, Parquet's read as tables since it packs what it holds."""
    found = {path for path in settings.workspace.rglob("*.duckdb") if ANN.encode() in path.read_bytes()}
    for path in settings.workspace.glob("published/.parquet-*/mart/lead_quality.parquet"):
        if ANN in str(duckdb.sql(f"from '{path}'").fetchall()):
            found.add(path)
    return sorted(path.suffix for path in found if path != settings.warehouse_path)


def noted_and_held(mart: Path) -> tuple[dict[str, str], dict[str, str]]:
    """Content hashes of a mart's tables, as it says and as they are."""
    with duckdb.connect(str(mart), read_only=True) as connection:
        noted = dict(
            connection.execute(
                "select table_name, content_hash from _meta.tables where content_hash is not null"
            ).fetchall()
        )
        held = {row["table_name"]: row["content_hash"] for row in contents(connection)}
    return noted, {table: held[table] for table in noted}


def test_no_file_names_them_and_the_way_back_is_open(settings: Settings) -> None:
    assert naming(settings) == [".duckdb", ".duckdb", ".parquet"]
    assert len(erase_published(settings, Eraser({ANN: "a" * 64}))) == 2
    assert naming(settings) == []
    assert published_leads(settings) == 3
    rollback(settings)
    assert published_leads(settings) == 2
    assert len(kept_marts(settings)) == 3
    assert duckdb.sql(f"from '{settings.parquet_path}/mart/lead_quality.parquet'").fetchall() == [
        (f"wrote to forgotten:{'a' * 64}",)
    ]


def test_a_mart_says_what_it_holds_now(settings: Settings) -> None:
    kept = kept_marts(settings)[0].path
    said, held = noted_and_held(kept)
    assert said == held

    erase_published(settings, Eraser({ANN: "a" * 64}))

    noted, now = noted_and_held(kept)
    assert noted == now
    assert {table for table in said if said[table] != noted[table]} == {"lead_quality"}


def test_where_nothing_names_them_nothing_is_written(settings: Settings) -> None:
    before = {path: path.stat().st_mtime_ns for path in settings.workspace.rglob("published/**/*")}
    assert erase_published(settings, Eraser({"bob@example.com": "b" * 64})) == []
    assert {path: path.stat().st_mtime_ns for path in settings.workspace.rglob("published/**/*")} == before
