"""What comes next, what a budget buys, the paths and the pipeline: what the page says of figures known by hand."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from kpi_report.page import render
from tests.kpi_report.test_browser import READY, Watched

Document = dict[str, Any]
Show = Callable[[Document], Page]


@pytest.fixture
def show(browser: Browser, tmp_path: Path) -> Iterator[Show]:
    pages: list[Page] = []
    watches: list[Watched] = []

    def shown(document: Document) -> Page:
        file = tmp_path / f"report{len(pages)}.html"
        file.write_text(render(document), encoding="utf-8")
        pages.append(browser.new_page(viewport={"width": 1280, "height": 800}, locale="en-US"))
        watches.append(Watched(pages[-1]))
        pages[-1].goto(file.as_uri())
        pages[-1].wait_for_selector(READY)
        return pages[-1]

    yield shown
    for page in pages:
        page.close()
    assert [wrong for watched in watches for wrong in watched.wrong] == []


def fill(document: Document, table: str, *rows: dict[str, Any]) -> None:
    """These rows instead of the table's; what a row doesn't name is null."""
    document[table]["rows"] = [[row.get(column) for column in document[table]["columns"]] for row in rows]


def cells(page: Page, table: str) -> list[list[str]]:
    rows = page.locator(f"#{table} tbody tr, #{table} tfoot tr").all()
    return [[text.strip() for text in row.locator("th, td").all_inner_texts()] for row in rows]


MONTH = {"kpi": "revenue", "as_of": "2024-11-30", "enough_history": True}


def test_the_forecast_stands_beside_its_record(document: Document, show: Show) -> None:
    """120 and 100 forecast a month before, 100 and 200 came: off by 120 of 300, too little by 80 of 300."""
    fill(
        document, "forecast",
        MONTH | {"month": "2024-11-01", "closed": 900, "from_pipeline": 50, "from_new_leads": 0, "value": 950,
                 "low": 900, "high": 990},
        MONTH | {"month": "2024-12-01", "closed": 0, "from_pipeline": 300, "from_new_leads": 400, "value": 700},
    )  # fmt: skip
    past = {"kpi": "revenue", "months_ahead": 1}
    fill(
        document, "forecast_record",
        past | {"month": "2024-10-01", "value": 120, "actual": 100, "error": 20},
        past | {"month": "2024-09-01", "value": 100, "actual": 200, "error": -100},
    )  # fmt: skip
    page = show(document)

    assert cells(page, "forecast-table") == [
        ["November 2024", "€950", "€900 to €990", "€900", "€50", "€0"],
        ["December 2024", "€700", "–", "€0", "€300", "€400"],
        ["Total", "€1,650", "–", "€900", "€350", "€400"],
    ]
    assert [[text.replace("\u2060", "") for text in row] for row in cells(page, "forecast-record")] == [
        ["1 month before", "2", "40.0%", "−26.7%"]
    ]


def test_without_enough_history_nothing_is_forecast(document: Document, show: Show) -> None:
    fill(document, "forecast", MONTH | {"month": "2024-11-01", "closed": 900, "enough_history": False})
    section = show(document).locator("#forecast .body")

    expect(section).to_contain_text(
        "at least 12 whole months and 30 won deals. Revenue so far in the months shown: €900"
    )
    expect(section.locator("table")).to_have_count(0)


def test_a_tenth_of_the_budget_with_its_range_and_no_promise(document: Document, show: Show) -> None:
    fill(
        document, "response",
        {"channel": "Ads", "outcome": "leads", "weeks": 60, "verdict": "fitted", "spend_now": 1000, "outcome_now": 50,
         "last_10_percent": 4, "last_10_percent_low": 3, "last_10_percent_high": 5, "next_10_percent": 2.5,
         "next_10_percent_low": 1.5, "next_10_percent_high": 3.5, "average_cost": 20, "marginal_cost": 30,
         "marginal_cost_low": 25},
        {"channel": "Social", "outcome": "leads", "weeks": 12, "verdict": "not enough variation", "spend_now": 200},
        {"channel": "Fairs", "outcome": "leads", "weeks": 40, "verdict": "no spend any more", "spend_now": 0},
    )  # fmt: skip
    page = show(document)

    assert [[text.replace("\n", " | ") for text in row] for row in cells(page, "budget-table")] == [
        ["Ads", "Yes, within the range | 60 weeks with spend", "€1,000 | 10% is €100", "50", "4 | 3 to 5",
         "2.5 | 1.5 to 3.5", "€30.00 | on average €20.00"],
        ["Social", "Not enough variation | 12 weeks with spend", "€200 | 10% is €20", "–", "–", "–", "–"],
        ["Fairs", "No spend any more | 40 weeks with spend", "€0 | 10% is €0", "–", "–", "–", "–"],
    ]  # fmt: skip
    expect(page.locator("#budget .body")).to_contain_text("not a promise")


def test_paths_that_won_and_those_that_did_not(document: Document, show: Show) -> None:
    fill(
        document, "paths",
        {"path": "Ads > Email", "steps": 2, "journeys": 10, "won_deals": 4, "lost_journeys": 6, "revenue": 2000,
         "median_days_to_win": 12},
        {"path": "unmapped", "steps": 1, "journeys": 7, "won_deals": 0, "lost_journeys": 7, "revenue": 0},
    )  # fmt: skip
    fill(document, "paths_all", {"paths": 2, "journeys": 17, "won_deals": 4, "revenue": 2000, "won_over_several": 4})
    page = show(document)

    assert cells(page, "paths-won") == [["Ads → Email", "4", "€2,000", "6", "40.0%", "12 days"]]
    assert cells(page, "paths-lost") == [["Unmapped", "7"]]


def test_the_stages_of_one_channel(document: Document, show: Show) -> None:
    stay = {"entity": "deals", "stage": "Offer", "meaning": "opportunity", "standing": 1}
    fill(
        document, "durations",
        stay | {"dimension": "total", "entered": 9, "timed": 8, "median_days": 3, "p90_days": 0.5},
        stay | {"dimension": "channel", "member": "Ads", "entered": 1, "timed": 0},
    )  # fmt: skip
    page = show(document)

    assert cells(page, "durations-table") == [["Offer", "Opportunity", "9", "1", "3 days", "12 h"]]
    page.locator("#pipeline-member").select_option("channel Ads")
    assert cells(page, "durations-table") == [["Offer", "Opportunity", "1", "1", "–", "–"]]


def test_a_card_says_what_of_the_goal_falls_on_the_period(document: Document, show: Show) -> None:
    """February has a quarter of 1,000 leads; the page opens on it with one lead."""
    fill(
        document, "goals",
        {"target_key": "g", "kpi": "leads", "scope": "total", "start_date": "2024-01-01", "due_date": "2024-12-31",
         "target_value": 1000, "actual": 3},
    )  # fmt: skip
    fill(document, "goal_shares", {"target_key": "g", "grain": "month", "period_start": "2024-02-01", "share_value": 4})

    expect(show(document).locator("[data-card=leads] .goal-share")).to_have_text(
        "This period's share of the goal: 4, reached 25%"
    )


def test_channels_that_rest_on_sums_are_named_and_reports_beside_records_are_not_counted(
    document: Document, show: Show
) -> None:
    february = {"grain": "month", "period_start": "2024-02-01"}
    channel = february | {"dimension": "channel"}
    fill(
        document, "breakdown",
        channel | {"member": "Radio", "leads": 10, "won_deals": 2, "revenue": 200},
        channel | {"member": "Google Ads", "leads": 9, "won_deals": 1, "revenue": 100},
    )  # fmt: skip
    fill(
        document, "sums",
        february | {"channel": "Radio", "summed_leads": 10, "summed_won_deals": 2},
        february | {"channel": "Google Ads", "reported_leads": 12, "reported_won_deals": 3},
    )  # fmt: skip
    body = show(document).locator("#breakdown .body")

    expect(body).to_contain_text("Known only as sums, without records: Radio (10 of 10 leads, 2 of 2 won deals).")
    expect(body).to_contain_text(
        "Reported beside records and not counted: Google Ads (12 leads reported, 9 on record; "
        "3 won deals reported, 1 on record)."
    )


def test_leads_of_one_day_are_said_to_be_in_no_curve_forecast_or_response(document: Document, show: Show) -> None:
    fill(
        document, "checks",
        {"suite": "leads", "check": "leads_constant_date", "entity": "intermediate.int_constant_dates",
         "severity": "warning", "success": False, "unexpected_count": 1,
         "message": "not so"},
    )  # fmt: skip
    page = show(document)

    for section in ("cohorts", "budget", "forecast"):
        expect(page.locator(f"#{section} .lead")).to_contain_text("Leads of 1 source were all created on one day")


def test_a_move_between_channels_is_shown_where_it_can_be_told_from_chance(document: Document, show: Show) -> None:
    ads = {"channel": "Ads", "outcome": "leads", "weeks": 60, "verdict": "fitted", "spend_now": 1000, "outcome_now": 50}
    fill(document, "response", ads, ads | {"channel": "Social"})
    move = {"outcome": "leads", "moved_spend": 100, "lost": 2, "gained": 5}
    fill(
        document, "moves",
        move | {"from_channel": "Ads", "to_channel": "Social", "change": 3, "change_low": 1, "change_high": 5,
                "verdict": "more"},
        move | {"from_channel": "Social", "to_channel": "Ads", "change": -1, "change_low": -3, "change_high": 1,
                "verdict": "cannot be told"},
    )  # fmt: skip
    page = show(document)

    assert [[text.replace("\n", " | ") for text in row] for row in cells(page, "moves-table")] == [
        ["Ads", "Social", "€100", "2", "5", "3 | 1 to 5"]
    ]
    expect(page.locator("#budget .body")).to_contain_text("1 of 2 moves between channels would change “Leads” by more")
