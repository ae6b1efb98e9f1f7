"""A working database of another version, or one that lost something, is brought up, read again or refused."""

import pytest

from orchestration.errors import NewerWarehouseError
from orchestration.extracts.land.layout import LAYOUT
from orchestration.progress import listening
from tests.orchestration.extracts.conftest import Workspace

SHEET = {"files": "extracts/*.csv"}
LEADS = "lead_id,created_at,email,company\nL1,2024-03-01,ann@example.com,Acme\n"
FOUND = "select lead_id, company, email_hash is not null, _load_id from raw_sheets.leads"


@pytest.fixture
def landed(workspace: Workspace) -> Workspace:
    workspace.write("extracts/leads.csv", LEADS)
    workspace.land("leads", SHEET)
    return workspace


def said(workspace: Workspace) -> list[str]:
    heard: list[str] = []
    with listening(heard.append):
        workspace.land("leads", SHEET)
    return heard


def test_a_newer_layout_is_refused_before_anything_is_written(landed: Workspace) -> None:
    landed.connection.execute(f"insert into landing.layout values ({LAYOUT + 1}, '9.0', now())")
    landed.write("extracts/leads.csv", LEADS.replace("L1", "L2"))
    with pytest.raises(NewerWarehouseError, match=rf"by funnelmart 9.0 in layout {LAYOUT + 1}; this is funnelmart"):
        landed.land("leads", SHEET)
    assert landed.rows("select lead_id from raw_sheets.leads") == [("L1",)]


def test_92_an_older_manifest_is_brought_up_and_its_extracts_are_read_again(landed: Workspace) -> None:
    landed.connection.execute("drop table landing.layout")
    landed.connection.execute("alter table landing.files drop column newest_data")
    assert said(landed) == [
        f"note: the working database of an older version is now of layout {LAYOUT} (funnelmart 0.1.0) and all extracts "
        "are read again"
    ]
    assert landed.rows("select load_id, newest_data from landing.files") == [(1, "2024-03-01")]
    assert said(landed) == []


def test_older_than_layouts_but_with_all_that_is_needed_nothing_is_read_again(landed: Workspace) -> None:
    landed.connection.execute("drop table landing.layout")
    landed.connection.execute("alter table landing.files drop column archived_as")
    assert "read again" not in "".join(said(landed))


@pytest.mark.parametrize("column", ["company", "email_hash"])
def test_93_a_column_that_a_raw_table_lost_is_filled_again(landed: Workspace, column: str) -> None:
    landed.connection.execute(f"alter table raw_sheets.leads drop column {column}")
    assert said(landed) == [f"note: raw_sheets.leads lacked the columns {column}: its extracts are read again"]
    assert landed.rows(FOUND) == [("L1", "Acme", True, 1)]
    assert said(landed) == []


@pytest.mark.parametrize("damage", ["drop table raw_sheets.leads", "delete from raw_sheets.leads"])
@pytest.mark.parametrize("gone", [False, True])
def test_94_rows_that_a_raw_table_lost_are_read_again(landed: Workspace, damage: str, gone: bool) -> None:
    landed.connection.execute(damage)
    if gone:  # then the archive has them
        (landed.path / "extracts" / "leads.csv").unlink()
        landed.write("extracts/more.csv", LEADS.replace("L1", "L2"))
    assert said(landed)[0] == "note: raw_sheets.leads has 0 rows of the 1 that were landed: its extracts are read again"
    assert ("L1", "Acme", True, 1) in landed.rows(FOUND)
