"""A workspace of any earlier version opens: nothing is lost, nothing is landed twice, its mart is read."""

import datetime as dt
import shutil
from pathlib import Path

import pytest

from orchestration.extracts.land.land import land_source_table
from orchestration.extracts.land.layout import LAYOUT
from orchestration.extracts.sources import SHEETS, load_sources
from orchestration.lock import workspace_lock
from orchestration.settings import load_settings
from orchestration.transform.rebuilding import look_at_warehouse, rebuild_warehouse
from orchestration.views.health import look
from orchestration.warehouse import open_warehouse
from tests.corpus import FOLDER, unpack, workspaces
from tests.end_to_end.command import MARCH, published

LEADS = "select lead_id, email, email_hash, _load_id from raw_sheets.leads order by 1"


@pytest.fixture(params=workspaces(), ids=lambda path: path.name.partition(".")[0])
def acme(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    unpack(request.param, tmp_path / "acme")
    return tmp_path / "acme"


def rows(folder: Path) -> list[tuple[object, ...]]:
    with open_warehouse(folder / "warehouse.duckdb", read_only=True) as connection:
        return connection.execute(LEADS).fetchall()


def land(folder: Path) -> list[str]:
    """What was read."""
    settings, sheets = load_settings(folder), load_sources()[SHEETS]
    with workspace_lock(settings):
        look_at_warehouse(settings)
    with open_warehouse(settings.warehouse_path) as connection:
        return [
            file
            for entity in ("leads", "deals", "ad_spend")
            for file in land_source_table(connection, settings, sheets, sheets.tables[entity]).loaded
        ]


def test_there_is_one_of_this_layout() -> None:
    assert (FOLDER / f"layout_{LAYOUT}.tar.zst").exists(), "make corpus writes it"


def test_its_rows_stay_under_their_loads_and_a_new_extract_lands(acme: Path) -> None:
    before = rows(acme)
    assert len(before) == 3
    land(acme)
    assert rows(acme) == before
    assert land(acme) == []
    (acme / "extracts" / "leads_2.csv").write_text("lead_id,created_at,email\nL4,2024-03-09,ann@example.com\n")
    assert land(acme) == ["extracts/leads_2.csv"]
    assert rows(acme)[-1][:3] == ("L4", "ann@example.com", before[0][2])


def test_its_mart_and_its_state_are_read(acme: Path) -> None:
    assert [row[:2] for row in published(acme, MARCH)] == [(2, 1)]
    health = look(load_settings(acme), dt.datetime.now(dt.UTC))
    assert health.published is not None
    assert health.checks > 0


def test_once_landed_by_this_version_it_comes_back_from_its_archive(acme: Path) -> None:
    land(acme)
    before, settings = rows(acme), load_settings(acme)
    shutil.rmtree(acme / "extracts")
    (acme / "warehouse.duckdb").unlink()
    with workspace_lock(settings):
        assert rebuild_warehouse(settings).notes == []
    assert rows(acme) == before
