"""HubSpot as a connector lands it: what the mart holds against the same files read in plain Python."""

import datetime as dt
from pathlib import Path

import pytest

from tests.acceptance.published import Published, read
from tests.shared_data import shared_data

SETTINGS = """
company: Vendor
reporting: {{currency: USD, timezone: UTC, today: 2021-06-30}}
sources:
  hubspot: {{path: {folder}}}
leads: {{deduplicate_days: 0}}
"""


@pytest.fixture(scope="module")
def extracts() -> Path:
    return shared_data("hubspot")


@pytest.fixture(scope="module")
def published(extracts: Path, tmp_path_factory: pytest.TempPathFactory) -> Published:
    workspace = tmp_path_factory.mktemp("hubspot")
    (workspace / "funnelmart.yml").write_text(SETTINGS.format(folder=extracts))
    return Published(workspace)


def surviving(extracts: Path) -> dict[str, dict[str, str]]:
    """Contacts by id without those merged into another that is there."""
    contacts = {row["id"]: row for row in read(extracts / "contact_data.csv")}
    merged = {
        gone for row in contacts.values() for gone in filter(None, row["property_hs_merged_object_ids"].split(";"))
    }
    audit = read(extracts / "contact_merge_audit_data.csv")
    merged |= {row["vid_to_merge"] for row in audit if row["canonical_vid"] in contacts}
    return {id_: row for id_, row in contacts.items() if id_ not in merged}


def test_contacts_are_leads_but_for_those_merged_away(extracts: Path, published: Published) -> None:
    expected = surviving(extracts)
    assert len(read(extracts / "contact_data.csv")) > len(expected)
    found = published.rows("select lead_id, created_at from mart.fct_leads where counts")
    assert {lead: created.replace(tzinfo=None) for lead, created in found} == {
        id_: dt.datetime.strptime(row["property_createdate"], "%Y-%m-%d %H:%M:%S") for id_, row in expected.items()
    }


def test_leads_by_month_are_those_of_the_kpis(extracts: Path, published: Published) -> None:
    expected: dict[str, int] = {}
    for row in surviving(extracts).values():
        month = row["property_createdate"][:7]
        expected[month] = expected.get(month, 0) + 1
    found = published.rows(
        "select strftime(period_start, '%Y-%m'), leads from mart.kpi_total where grain = 'month' and leads > 0"
    )
    assert dict(found) == expected


def test_deals_keep_their_owner(extracts: Path, published: Published) -> None:
    rows = read(extracts / "deal_data.csv")
    owners = {row["owner_id"]: f"{row['first_name']} {row['last_name']}" for row in read(extracts / "owner_data.csv")}
    found = dict(published.rows("select deal_id, sales_rep from mart.fct_deals"))
    assert found == {row["deal_id"]: owners.get(row["owner_id"], "unassigned") for row in rows}


def test_nothing_personal_is_published(extracts: Path, published: Published) -> None:
    columns = published.rows("select column_name from information_schema.columns where table_schema = 'mart'")
    assert not {"email", "phone", "full_name", "firstname", "lastname"} & {name for (name,) in columns}
    addresses = {row["property_email"] for row in read(extracts / "contact_data.csv")}
    hashes = {row[0] for row in published.rows("select email_hash from mart.fct_leads")}
    assert not addresses & hashes
