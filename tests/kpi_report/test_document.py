"""The report's figures are the mart's."""

from typing import Any

import pytest

from kpi_report.document import read_document
from orchestration.errors import PublishError
from orchestration.settings import Settings
from orchestration.views.reader import open_published, rows


def records(document: dict[str, Any], table: str) -> list[dict[str, Any]]:
    return [dict(zip(document[table]["columns"], row, strict=True)) for row in document[table]["rows"]]


def test_march_of_the_minimal_workspace(document: dict[str, Any]) -> None:
    (march,) = [
        row for row in records(document, "totals") if (row["grain"], row["period_start"]) == ("month", "2024-03-01")
    ]

    assert {kpi: march[kpi] for kpi in ("leads", "won_deals", "lost_deals", "revenue", "ad_spend", "win_rate")} == {
        "leads": 2, "won_deals": 1, "lost_deals": 1, "revenue": 1200, "ad_spend": 100, "win_rate": 0.5,
    }  # fmt: skip
    assert (march["cpl"], march["period_end"], march["is_complete"]) == (50, "2024-03-31", False)


def test_every_total_equals_the_marts(document: dict[str, Any], minimal: Settings) -> None:
    with open_published(minimal) as mart:
        totals = rows(mart, "select * from kpi_total where grain <> 'day' order by grain, period_start")
    shown = records(document, "totals")

    assert len(shown) == len(totals)
    for ours, theirs in zip(shown, totals, strict=True):
        for kpi in [row["kpi"] for row in records(document, "kpis")]:
            expected = None if theirs[kpi] is None else pytest.approx(float(theirs[kpi]), rel=1e-8)
            assert ours[kpi] == expected, (kpi, theirs["grain"], theirs["period_start"])


def test_the_channels_of_the_revenue_bridge_sum_to_its_change(document: dict[str, Any]) -> None:
    bridge = [row for row in records(document, "bridge") if row["kpi"] == "revenue" and row["grain"] == "month"]
    channels = [row for row in records(document, "bridge_channels") if row["grain"] == "month"]

    assert sum(row["contribution"] for row in bridge) == 1200 - 0
    assert sum(row["change"] for row in channels) == 1200
    assert all(row["change"] == row["marketing"] + row["sales"] + row["nobody"] for row in channels)


def test_a_mart_without_the_tables_says_so_and_stays_published(minimal: Settings) -> None:
    with open_published(minimal) as mart:
        mart.execute("attach ':memory:' as older")
        mart.execute("create schema older.mart")
        mart.execute("use older.mart")

        with pytest.raises(PublishError, match="stays published"):
            read_document(mart, minimal)


def test_what_has_no_place_is_listed_with_its_money(document: dict[str, Any]) -> None:
    """No lead names a campaign, so that of each campaign with spend it is listed that nothing meets it."""
    listed = records(document, "suggestions")

    assert [(row["kind"], row["about"], row["money"], row["lines"]) for row in listed] == [
        ("campaign", "Paid Search: Search", 100, None),
        ("campaign", "Paid Social: Social", 20, None),
    ]
    (unmatched,) = records(document, "unmatched")
    assert (unmatched["money"], unmatched["campaigns"]) == (120, 2)
    assert 0 < unmatched["share"] <= 1
