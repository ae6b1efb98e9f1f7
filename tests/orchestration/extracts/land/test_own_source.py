"""A sheet that names no source has one of its own: id 1 of two systems is never one record."""

from tests.orchestration.extracts.conftest import Workspace

LEADS = "lead_id,created_at\n1,2026-02-01\n"


def _sources(workspace: Workspace, table: str = "leads") -> list[str]:
    return [row[0] for row in workspace.rows(f"select source from raw_sheets.{table} order by 1")]


def test_each_block_has_its_own_source(workspace: Workspace) -> None:
    workspace.write("extracts/crm.csv", LEADS)
    workspace.write("extracts/webinar.csv", LEADS)
    workspace.land("leads", {"files": "extracts/crm.csv"}, {"files": "extracts/webinar.csv"})
    assert _sources(workspace) == ["sheets/crm.csv", "sheets/webinar.csv"]


def test_a_named_source_and_a_column_of_sources_stay(workspace: Workspace) -> None:
    workspace.write("a.csv", LEADS)
    workspace.write("b.csv", "lead_id,created_at,System\n1,2026-02-01,zoho\n2,2026-02-01,\n")
    workspace.land(
        "leads",
        {"files": "a.csv", "constants": {"source": "crm"}},
        {"files": "b.csv", "fields": {"lead_id": "lead_id", "created_at": "created_at", "source": "System"}},
    )
    assert _sources(workspace) == ["crm", "sheets/b.csv", "zoho"]


def test_one_file_that_feeds_leads_and_deals_is_one_source(workspace: Workspace) -> None:
    workspace.write("orders.csv", "id,created_at\n1,2026-02-01\n")
    workspace.land("leads", {"files": "orders.csv", "fields": {"lead_id": "id"}})
    workspace.land("deals", {"files": "orders.csv", "fields": {"deal_id": "id", "lead_id": "id"}})
    assert _sources(workspace) == _sources(workspace, "deals") == ["sheets/orders.csv"]


def test_two_sheets_of_one_workbook_are_two_sources(workspace: Workspace) -> None:
    workspace.write("book.csv", LEADS)
    workspace.land("leads", {"files": "book.csv"}, {"files": "book.csv"})
    assert _sources(workspace) == ["sheets/book.csv", "sheets/book.csv#2"]


def test_what_was_landed_as_sheets_before_stays_so(workspace: Workspace) -> None:
    workspace.write("old.csv", LEADS)
    workspace.land("leads", {"files": "old.csv"})
    workspace.rows("update raw_sheets.leads set source = 'sheets'")
    workspace.write("old.csv", LEADS + "2,2026-02-02\n")
    workspace.write("new.csv", LEADS)
    workspace.land("leads", {"files": "old.csv"}, {"files": "new.csv"})
    assert _sources(workspace) == ["sheets", "sheets", "sheets/new.csv"]
