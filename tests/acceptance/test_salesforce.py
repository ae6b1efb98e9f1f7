"""Salesforce as a connector lands it: what the mart holds against the same files read in plain Python."""

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from tests.acceptance.published import Published, read
from tests.shared_data import shared_data

SETTINGS = """
company: Vendor
reporting: {{currency: USD, timezone: America/Los_Angeles, today: 2019-12-31}}
sources:
  salesforce: {{path: {folder}}}
leads: {{deduplicate_days: 0}}
"""


@pytest.fixture(scope="module")
def extracts() -> Path:
    return shared_data("salesforce")


@pytest.fixture(scope="module")
def published(extracts: Path, tmp_path_factory: pytest.TempPathFactory) -> Published:
    workspace = tmp_path_factory.mktemp("salesforce")
    (workspace / "funnelmart.yml").write_text(SETTINGS.format(folder=extracts))
    return Published(workspace)


def status(row: dict[str, str]) -> str:
    """What IsWon and IsClosed say."""
    return "won" if row["is_won"] == "true" else "lost" if row["is_closed"] == "true" else "open"


def test_leads(extracts: Path, published: Published) -> None:
    rows = read(extracts / "sf_lead_data.csv")
    found = published.rows("select lead_id, created_at, stage_reached, counts from mart.fct_leads")
    assert [(lead, created.replace(tzinfo=None), reached, counts) for lead, created, reached, counts in found] == [
        (
            row["id"],
            dt.datetime.fromisoformat(row["created_date"]),
            "qualified" if row["is_converted"] == "TRUE" else "new",
            row["is_deleted"] != "TRUE",
        )
        for row in rows
    ]


def test_deals_and_their_totals(extracts: Path, published: Published) -> None:
    """Days of closing don't shift in Los Angeles, where midnight UTC is the day before."""
    rows = read(extracts / "sf_opportunity_data.csv")
    found = published.rows("select deal_id, status, amount_source, closed_date, is_deleted from mart.fct_deals")
    assert {row[0]: row[1:] for row in found} == {
        row["id"]: (
            status(row),
            Decimal(row["amount"]) if row["amount"] else None,
            dt.date.fromisoformat(row["close_date"][:10]) if status(row) != "open" else None,
            row["is_deleted"] == "true",
        )
        for row in rows
    }
    amounts = published.rows("select status, sum(amount_source) from mart.fct_deals group by status")
    assert dict(amounts) == {
        kind: sum(Decimal(row["amount"] or 0) for row in rows if status(row) == kind)
        for kind in ("won", "lost", "open")
    }


def test_deleted_deals_are_in_no_kpi(extracts: Path, published: Published) -> None:
    alive = [row for row in read(extracts / "sf_opportunity_data.csv") if row["is_deleted"] != "true"]
    won = sum(status(row) == "won" for row in alive)
    found = published.one("select coalesce(sum(won_deals), 0) from mart.kpi_total where grain = 'year'")
    assert found == (won,)


def test_every_version_of_an_opportunity_is_in_the_stage_history(extracts: Path, published: Published) -> None:
    rows = read(extracts / "sf_opportunity_history_data.csv")
    found = published.rows("select entity_key, entered_at, stage from mart.fct_stage_history where entity = 'deals'")
    assert {(deal, entered.replace(tzinfo=None), stage) for deal, entered, stage in found} == {
        (f"salesforce:{row['id']}", dt.datetime.fromisoformat(row["_fivetran_start"]), row["stage_name"])
        for row in rows
    }


def test_line_items_reach_staging_whole(extracts: Path, published: Published) -> None:
    """None of the lines belongs to an opportunity of the extract; each is landed and none is refused."""
    rows = read(extracts / "sf_opportunity_line_item_data.csv")
    found = published.one(
        "select rows_in, rows_refused from _meta.sources "
        "where source = 'salesforce' and \"table\" = 'opportunity_line_item'"
    )
    assert found == (len(rows), 0)


def test_nothing_is_refused(published: Published) -> None:
    assert published.rows("select source, file, reason from _meta.quarantine") == []
