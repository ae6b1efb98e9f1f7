"""People who stand in other columns than their own never get past raw's columns of people."""

from typing import Any

import pytest

from orchestration.extracts.land.known_people import hide_known_people
from orchestration.extracts.land.rotate import rotate
from orchestration.extracts.type.in_text import pseudonym
from tests.orchestration.extracts.conftest import SOURCES, Workspace

LEADS = """\
lead_id,created_at,full_name,phone,owner,company,utm_content,campaign_name,landing_page,product
ann@example.com,2024-01-01,Ann Abel,+49 151 0000001,b@acme.example,Abel,to ben@example.com,Ann Abel,/p?utm_source=x&m=a@b.de,
+49 151 0000002,2024-01-02,Ben Bach,0049 151 0000002,Ann Abel,ANN ABEL,4915 1,Spring,/q,call (030) 123-4567
C-3,2024-01-03,Closed Won,,,,,Closed Won,,Ann Abel
"""  # noqa: E501
DEALS = """\
deal_id,lead_id,customer_id,closed_at,stage,amount
1,Ann@example.com,John Made-Up,2024-02-01,Closed Won,10
2,+491510000002,john  made-up,2024-02-01,Closed Won,20
3,C-3,491510000001,2024-02-01,Ben Bach,30
"""


def landed(workspace: Workspace, **settings: Any) -> str:
    """Land deals and leads; returns all of raw but its columns of people and staff, as one text."""
    workspace.write("extracts/leads.csv", LEADS)
    workspace.write("extracts/deals.csv", DEALS)
    for entity in ("deals", "leads"):
        workspace.land(entity, {"files": f"extracts/{entity}.csv"}, more=settings)
    hide_known_people(workspace.connection, workspace.settings(**settings))
    rows = workspace.rows("select * exclude (full_name, phone, owner) from raw_sheets.leads")
    rows += workspace.rows("from raw_sheets.deals")
    return " ".join(str(value) for row in rows for value in row).lower()


@pytest.mark.parametrize(
    "person",
    [
        "ann@example.com", "ben@example.com", "a@b.de", "0000002", "123-4567", "ann abel", "ben bach", "491510000001",
        "made-up",
    ],
)  # fmt: skip
def test_nobody_stands_in_a_column_of_something_else(workspace: Workspace, person: str) -> None:
    assert person in (LEADS + DEALS).lower()
    assert person not in landed(workspace)


def test_what_is_no_person_stays(workspace: Workspace) -> None:
    landed(workspace)
    assert workspace.rows("select owner, company from raw_sheets.leads where _row < 4 order by _row") == [
        ("b@acme.example", "Abel"),
        ("Ann Abel", pseudonym("ann abel", key(workspace))),  # staff; a company that is called like a lead
    ]
    # who wrote a stage where the name was asked for hides no stage
    assert workspace.rows("select distinct campaign_name from raw_sheets.leads where _row = 4") == [("Closed Won",)]
    assert workspace.rows("select count(*) from raw_sheets.deals where stage = 'Closed Won'") == [(2,)]
    assert workspace.rows("select landing_page from raw_sheets.leads where _row = 2") == [("/p?utm_source=x",)]


def test_ids_of_people_still_find_one_another(workspace: Workspace) -> None:
    landed(workspace)
    linked = "select count(*) from raw_sheets.deals inner join raw_sheets.leads using (lead_id)"
    assert workspace.rows(linked) == [(3,)]
    assert workspace.rows("select count(distinct customer_id) from raw_sheets.deals") == [(2,)]


def test_a_second_look_changes_nothing(workspace: Workspace) -> None:
    assert landed(workspace) == landed(workspace)
    assert workspace.rows("select kind, count(*) from landing.known_people group by all order by all") == [
        ("name", 2),
        ("phone", 2),
    ]


@pytest.mark.parametrize(
    ("ids", "shown"),
    [("company", ["John Made-Up", "C-1", "person"]), ("person", ["person"] * 3), ("auto", ["person", "C-1", "person"])],
)
def test_which_customers_are_shown(workspace: Workspace, ids: str, shown: list[str]) -> None:
    workspace.write(
        "extracts/deals.csv",
        "deal_id,customer_id,closed_at\n1,John Made-Up,2024-01-01\n2,C-1,2024-01-01\n3,(030) 123-4567,2024-01-01\n",
    )
    workspace.land("deals", {"files": "extracts/deals.csv"}, more={"customers": {"id": ids}})
    found = [row[0] for row in workspace.rows("select customer_id from raw_sheets.deals order by _row")]
    assert ["person" if name.startswith("person-") else name for name in found] == shown


def key(workspace: Workspace) -> bytes:
    return (workspace.path / ".funnelmart" / "person.key").read_bytes()


def test_under_another_key_files_with_pseudonyms_are_read_again(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = "o" * 32, "n" * 32
    header = "lead_id,created_at,email,utm_content\n"
    workspace.write("extracts/plain.csv", f"{header}1,2024-01-01,ann@example.com,spring\n")
    sheet = {"files": "extracts/plain.csv"}
    monkeypatch.setenv("FUNNELMART_PERSON_KEY", old)
    workspace.land("leads", sheet)
    for text, loaded in (("spring", []), ("for ann@example.com", ["extracts/plain.csv"])):
        workspace.write("extracts/plain.csv", f"{header}1,2024-01-01,ann@example.com,{text}\n")
        workspace.land("leads", sheet)
        settings = workspace.settings(sources={"sheets": [{"entity": "leads", **sheet}]})
        rotate(workspace.connection, settings, SOURCES, old.encode(), new.encode())
        monkeypatch.setenv("FUNNELMART_PERSON_KEY", new)
        (workspace.path / ".funnelmart" / "person.fingerprint").unlink()
        assert workspace.land("leads", sheet).loaded == loaded
        old, new = new, old
    shown = workspace.rows("select utm_content, email_hash from raw_sheets.leads")
    assert shown == [(f"for {pseudonym('ann@example.com', old.encode())}", shown[0][1])]
    assert shown[0][1].startswith(shown[0][0].removeprefix("for person-"))
