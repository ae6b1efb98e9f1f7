"""One channel or one representative for the whole page, and any range of days: the figures are the mart's."""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import duckdb
import pytest
from playwright.sync_api import Browser, Page, expect

from orchestration.settings import load_settings
from orchestration.views.reader import open_published
from tests.kpi_report.test_browser import READY, Watched

MAY = "grain=month&period=2025-05-01"
WHOLE_MAY = "grain=days&from=2025-05-01&to=2025-05-31"


@pytest.fixture(scope="module")
def mart(published_demo: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with open_published(load_settings(published_demo)) as found:
        yield found


@pytest.fixture
def report(browser: Browser, published_demo: Path) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1280, "height": 800}, locale="en-US", color_scheme="light")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    watched = Watched(page)
    page.goto((published_demo / "reports" / "kpi_report.html").as_uri())
    page.wait_for_selector(READY)
    yield page
    page.close()
    assert watched.wrong == []


def choose(page: Page, choice: str) -> None:
    """Open the page anew on what a link says."""
    page.goto(f"{page.url.split('#')[0]}#{quote(choice, safe='=&')}")
    page.reload()
    page.wait_for_selector(READY)


def copied(page: Page, place: str) -> list[list[str]]:
    button = page.locator(f"{place} [data-export=csv]")
    button.click()
    expect(button).to_have_text("Copied")
    return list(csv.reader(io.StringIO(page.evaluate("navigator.clipboard.readText()"))))


def every_kpi(page: Page) -> dict[str, float]:
    page.locator("#headlines summary").click()
    _, *rows = copied(page, "#headlines details")
    return {row[0]: float(row[1]) for row in rows if row[1]}


def test_every_kpi_of_a_member_is_that_of_the_mart(report: Page, mart: duckdb.DuckDBPyConnection) -> None:
    for dimension, member in (("channel", "Google Ads"), ("sales_rep", "Mira Schäfer")):
        rows = mart.execute(
            "select name_en, value from kpi_long inner join dim_kpi using (kpi) "
            "where grain = 'month' and period_start = date '2025-05-01' and dimension = ? and member = ?",
            [dimension, member],
        ).fetchall()
        choose(report, f"{MAY}&{dimension}={member}")

        assert len(rows) > 20
        assert every_kpi(report) == pytest.approx(dict(rows), rel=1e-6), member


def test_a_channel_holds_for_the_whole_page_and_goes_with_one_click(report: Page) -> None:
    report.locator("#only").select_option("channel Google Ads")
    report.wait_for_selector(READY)

    assert "channel=Google+Ads" in report.url
    expect(report.locator("#member-name")).to_have_text("· Google Ads")
    expect(report.locator("[data-card=revenue] .value")).to_have_text("€112,467")
    expect(report.locator("#funnel-table td.number").first).to_have_text("276")
    expect(report.locator("#bridge-chart")).to_contain_text("€112,467")
    expect(report.locator("#breakdown-table tfoot")).to_contain_text("€112,467")
    campaigns = report.locator("#breakdown-table tbody th").all_inner_texts()
    assert {name.split(" / ")[0] for name in campaigns} == {"Google Ads"}
    expect(report.locator("#goals-table tbody tr")).to_have_count(1)
    expect(report.locator("#forecast")).to_contain_text("made for the whole company")
    report.reload()
    report.wait_for_selector(READY)
    expect(report.locator("[data-card=revenue] .value")).to_have_text("€112,467")

    report.locator("#whole").click()
    report.wait_for_selector(READY)
    expect(report.locator("[data-card=revenue] .value")).to_have_text("€276,775")
    assert "channel=" not in report.url


def test_sections_without_figures_of_a_representative_say_why(report: Page) -> None:
    report.locator("#only").select_option("sales_rep Mira Schäfer")
    report.wait_for_selector(READY)

    for section in ("budget", "paths", "cohorts", "forecast", "quality"):
        assert len(report.locator(f"#{section} .empty").inner_text()) > 40, section
    expect(report.locator("#headlines .note")).to_contain_text("costs are not shared out to people")
    expect(report.locator("[data-card=marketing_cost]")).to_have_count(0)
    expect(report.locator("#breakdown-table tbody th")).to_have_text(["Mira Schäfer"])
    report.locator("[data-by=channel]").click()
    expect(report.locator("#breakdown-members")).to_contain_text("not within Mira Schäfer")
    report.get_by_role("button", name="Русский").click()
    expect(report.locator("#breakdown-members")).to_contain_text("а не отдельно для «Mira Schäfer»")


def test_any_days_are_sums_of_days_and_ratios_of_such_sums(report: Page, mart: duckdb.DuckDBPyConnection) -> None:
    revenue, before, spend, clicks = (
        mart.execute(
            "select sum(revenue) filter (where period_start >= date '2025-04-10'), "
            "sum(revenue) filter (where period_start < date '2025-04-10'), "
            "sum(ad_spend) filter (where period_start >= date '2025-04-10'), "
            "sum(clicks) filter (where period_start >= date '2025-04-10') "
            "from kpi_total where grain = 'day' and period_start between date '2025-04-05' and date '2025-04-14'"
        ).fetchone()
        or ()
    )
    report.get_by_role("button", name="Days").click()
    report.locator("#to").fill("2025-05-20")
    report.locator("#from").fill("2025-04-10")
    report.locator("#to").fill("2025-04-14")
    report.wait_for_selector(READY)

    expect(report.locator("#period-name")).to_have_text(re.compile("April 10 . 14, 2025"))
    assert "from=2025-04-10" in report.url
    found = every_kpi(report)
    assert found["Revenue"] == pytest.approx(float(revenue))
    assert found["CPC"] == pytest.approx(float(spend) / clicks)
    assert "Response time (median)" not in found
    expect(report.locator("#headlines .note")).to_contain_text("Response time (median)")
    change = report.locator("[data-card=revenue] .delta").inner_text()
    assert f"{abs(float(revenue) / float(before) - 1) * 100:.1f}%" in change
    assert sum(float(row[8]) for row in copied(report, "#breakdown-members > .exported")[1:-1]) == pytest.approx(
        float(revenue)
    )
    report.locator("[data-by=campaign]").click()
    expect(report.locator("#breakdown-members")).to_contain_text("only channels and representatives")


def test_the_pages_own_bridge_is_the_marts(report: Page) -> None:
    """May against the May before: by month the mart explains it, of the same days the page does."""
    steps = []
    for period in (MAY, WHOLE_MAY):
        choose(report, f"{period}&vs=previous_year&channel=Google Ads")
        report.locator("#bridge summary").click()
        steps.append(copied(report, "#bridge details"))

    assert len(steps[0]) >= 4
    assert [row[:2] for row in steps[1][2:-1]] == [row[:2] for row in steps[0][2:-1]]
    for ours, marts in zip(steps[1][1:], steps[0][1:], strict=True):
        assert float(ours[2]) == pytest.approx(float(marts[2]), abs=0.011)


def test_a_row_opens_its_own_bridge_whose_parts_sum_to_the_change(report: Page) -> None:
    def money(text: str) -> int:
        return int(re.sub(r"[^\d−]", "", text).replace("−", "-"))

    rows = {"channel": "Meta Ads", "campaign": "Google Ads / brand_search", "sales_rep": "Mira Schäfer"}
    for dimension, member in rows.items():
        report.locator(f"[data-by={dimension}]").click()
        report.locator(f"#breakdown [data-member='{member}']").click()
        opened = report.locator("#breakdown .opened")
        before, after = re.findall(r"€[\d,]+", opened.locator("p").first.inner_text())
        parts = opened.locator(".levers .number").all_inner_texts()

        assert len(parts) >= 3, member
        assert sum(map(money, parts)) == pytest.approx(money(after) - money(before), abs=len(parts)), member
