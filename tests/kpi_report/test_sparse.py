"""A company that has little yet gets a page that says what is missing, not an empty or broken one."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from kpi_report.page import render
from tests.kpi_report.test_browser import READY, Watched

SECTIONS = (
    "summary", "headlines", "funnel", "bridge", "breakdown", "budget", "paths", "cohorts", "pipeline", "forecast",
    "goals", "findings", "quality", "health",
)  # fmt: skip


def text(page: Page, section: str) -> str:
    """What can be read in a section; nothing where it is hidden."""
    found = page.locator(f"#{section}")
    return found.inner_text() if found.is_visible() else ""


@contextmanager
def opened(browser: Browser, document: dict[str, Any], folder: Path, view: str = "", **of_page: Any) -> Iterator[Page]:
    """The report of `document`, at what the address asks for; nothing may have gone wrong in it by the end."""
    file = folder / "report.html"
    file.write_text(render(document), encoding="utf-8")
    page = browser.new_page(**of_page)
    watched = Watched(page)
    page.goto(file.as_uri() + view)
    page.wait_for_selector(READY)
    yield page
    page.close()
    assert watched.wrong == []


def shown(browser: Browser, document: dict[str, Any], folder: Path, view: str = "") -> dict[str, str]:
    """The text of each section of the report of `document`, of what the address asks for."""
    with opened(browser, document, folder, view) as page:
        texts = {name: text(page, name) for name in SECTIONS}
    assert not [name for name, seen in texts.items() if "undefined" in seen or "NaN" in seen or "null" in seen]
    return texts


def keep(document: dict[str, Any], table: str, **values: str) -> None:
    columns = document[table]["columns"]
    document[table]["rows"] = [
        row
        for row in document[table]["rows"]
        if all(row[columns.index(name)] == value for name, value in values.items())
    ]


def test_two_months_without_goals_touches_or_costs(browser: Browser, document: dict[str, Any], tmp_path: Path) -> None:
    texts = shown(browser, document, tmp_path)

    assert "List them in a sheet of targets" in texts["goals"]
    assert "New" in texts["funnel"], "the newest whole month has one lead, which has not gone on"


@pytest.mark.parametrize(
    "empty",
    [
        "bridge", "curves", "funnel", "quality", "findings", "breakdown", "sources", "checks", "response", "paths_all",
        "durations", "pipeline", "forecast", "forecast_record",
    ],
)  # fmt: skip
def test_what_is_not_there_says_why(browser: Browser, document: dict[str, Any], tmp_path: Path, empty: str) -> None:
    document[empty]["rows"] = []
    section = {
        "curves": "cohorts", "sources": "health", "checks": "health", "response": "budget", "paths_all": "paths",
        "durations": "pipeline", "forecast_record": "forecast",
    }.get(empty, empty)  # fmt: skip

    assert len(shown(browser, document, tmp_path)[section]) > 60


def test_one_month_has_nothing_to_compare_with(browser: Browser, document: dict[str, Any], tmp_path: Path) -> None:
    for table in ("totals", "breakdown", "funnel", "curves", "quality"):
        keep(document, table, grain="month", period_start="2024-03-01")
    for table in ("bridge", "bridge_channels", "findings"):
        document[table]["rows"] = []
    texts = shown(browser, document, tmp_path)

    assert "no base" in texts["headlines"]
    assert "There is no bridge for March 2024" in texts["bridge"]


def row(document: dict[str, Any], table: str, **values: Any) -> None:
    document[table]["rows"].append([values.get(column) for column in document[table]["columns"]])


@pytest.fixture
def plain(document: dict[str, Any]) -> dict[str, Any]:
    """Without the bridge: where nothing fell, Vega warns of a layer without rows."""
    for table in ("bridge", "bridge_channels"):
        document[table]["rows"] = []
    return document


@pytest.mark.parametrize(("language", "said"), [("en", "2024 there was none."), ("ru", "2024» выручки не было.")])
def test_a_base_without_revenue_is_a_base(
    browser: Browser, plain: dict[str, Any], tmp_path: Path, language: str, said: str
) -> None:
    texts = shown(browser, plain, tmp_path, f"#grain=month&period=2024-03-01&lang={language}")

    assert said in texts["summary"]


@pytest.mark.parametrize("month", ["2024-02-01", "2024-03-01"])
def test_odd_days_over_the_turn_of_a_month_are_of_both(
    browser: Browser, plain: dict[str, Any], tmp_path: Path, month: str
) -> None:
    row(
        plain, "findings", rule="spend_without_leads", severity="critical", owner="marketing", dimension="channel",
        member="Meta", grain="day", period_start="2024-02-28", period_end="2024-03-02",
        message_en="Meta: spent in vain.", message_ru="Meta: зря.", action_en="Look.", action_ru="Смотрите.",
    )  # fmt: skip
    texts = shown(browser, plain, tmp_path, f"#grain=month&period={month}")

    assert "Meta: spent in vain." in texts["findings"]
    assert "1 critical finding" in texts["summary"]


def test_what_is_to_fall_has_a_limit_that_is_used(browser: Browser, plain: dict[str, Any], tmp_path: Path) -> None:
    row(
        plain, "goals", target_key="sheets:G", target_id="G", kpi="marketing_cost", direction="decrease",
        scope="total", start_date="2024-03-01", due_date="2024-03-31", target_value=50, actual=100, status="missed",
        smart_failing="",
    )  # fmt: skip
    row(plain, "goal_shares", target_key="sheets:G", grain="month", period_start="2024-03-01", share_value=50)
    texts = shown(browser, plain, tmp_path, "#grain=month&period=2024-03-01")

    assert "share of the limit: €50.00, used 200%" in texts["headlines"]


@pytest.mark.parametrize(("due", "status"), [("2024-03-30", "missed"), ("2024-12-31", "on_track")])
def test_a_goal_that_is_over_asks_for_nothing(
    browser: Browser, plain: dict[str, Any], tmp_path: Path, due: str, status: str
) -> None:
    row(
        plain, "goals", target_key="sheets:G", target_id="G", kpi="revenue", direction="increase", scope="total",
        start_date="2024-03-01", due_date=due, target_value=500, actual=100, status=status, smart_failing="",
        gap_owner="sales", marketing_gap=0, sales_gap=400, required_leads=5, required_qualified_leads=2,
    )  # fmt: skip
    texts = shown(browser, plain, tmp_path, "#grain=month&period=2024-03-01")

    over = status == "missed"
    assert ("Against the goal" in texts["goals"], "asks for 5 leads" in texts["goals"]) == (over, not over)
    good = "0 of 1 goal that runs in March 2024 are" if over else "1 of 1 goal that runs in March 2024 is"
    assert f"{good} achieved or on track now." in texts["summary"]


def test_a_first_month_that_runs_is_compared_with_nothing(
    browser: Browser, plain: dict[str, Any], tmp_path: Path
) -> None:
    for table in ("totals", "breakdown", "funnel", "curves", "quality"):
        keep(plain, table, grain="month", period_start="2024-03-01")
        columns = plain[table]["columns"]
        for values in plain[table]["rows"]:
            if "is_complete" in columns:
                values[columns.index("is_complete")] = False
    texts = shown(browser, plain, tmp_path, "#grain=month&period=2024-03-01")

    assert "March 2024 isn't over. Findings" in texts["summary"]
    assert "from" not in texts["headlines"], "one month is no trend"
    assert "isn't over: nothing is found so far" in texts["findings"], "no rule has judged the month yet"


def test_what_rounds_to_nothing_went_nowhere(browser: Browser, plain: dict[str, Any], tmp_path: Path) -> None:
    comparison = plain["comparison"]
    place = {name: comparison["columns"].index(name) for name in ("kpi", "base_value")}
    columns = plain["totals"]["columns"]
    for values in plain["totals"]["rows"]:
        values[columns.index("marketing_cost")] = 1000.0
    for values in comparison["rows"]:
        if values[place["kpi"]] == "marketing_cost":
            values[place["base_value"]] = 1000.001
    texts = shown(browser, plain, tmp_path, "#grain=month&period=2024-03-01")

    assert "▼ 0.0%" not in texts["headlines"]
    assert "0.0% against" in texts["headlines"]


def test_where_no_leads_are_recorded_none_is_said_to_lack(
    browser: Browser, plain: dict[str, Any], tmp_path: Path
) -> None:
    for table in ("totals", "breakdown"):
        columns = plain[table]["columns"]
        for values in plain[table]["rows"]:
            values[columns.index("leads")] = None
    for table in ("funnel", "quality"):
        plain[table]["rows"] = []
    texts = shown(browser, plain, tmp_path)

    assert "No leads have come" in texts["funnel"]
    assert "No leads have come" in texts["quality"]
    assert "may still be won" not in texts["breakdown"]


def test_no_figures_at_all(browser: Browser, document: dict[str, Any], tmp_path: Path) -> None:
    for table in document:
        if table not in ("meta", "kpis", "checks"):
            document[table]["rows"] = []
    texts = shown(browser, document, tmp_path)

    assert "The mart has no figures yet" in texts["headlines"]
    assert "No files have been read yet" not in texts["headlines"]
    assert texts["goals"] == ""


def test_what_was_below_nothing_all_along_is_drawn(browser: Browser, plain: dict[str, Any], tmp_path: Path) -> None:
    columns = plain["totals"]["columns"]
    for values in plain["totals"]["rows"]:
        values[columns.index("roi")] = -1.0
    with opened(browser, plain, tmp_path, "#grain=month&period=2024-03-01") as page:
        page.locator("[data-history=roi]").click()
        drawn = page.locator("#history .value-line").get_attribute("d")

    assert drawn
    assert "NaN" not in drawn


@pytest.mark.parametrize("key", ["sheets:A 1", "sheets:A\n1", "sheets:A\r\u2028 1 "])
def test_the_records_of_a_member_are_shown_whatever_their_keys_are(
    browser: Browser, plain: dict[str, Any], tmp_path: Path, key: str
) -> None:
    columns = plain["records"]["columns"]
    for values in plain["records"]["rows"]:
        values[columns.index("newest")] = [["lead", key, "2024-03-01"], ["deal", "sheets:D1", None]]
    with opened(browser, plain, tmp_path, "#grain=month&period=2024-03-01") as page:
        page.locator("#breakdown .opens").first.click()
        page.locator("#breakdown .opened summary").first.click()
        keys = page.locator("#breakdown .opened td.code").all_text_contents()

    assert keys == [key, "sheets:D1"]


def test_a_channel_has_its_own_campaigns_alone(browser: Browser, plain: dict[str, Any], tmp_path: Path) -> None:
    columns = plain["breakdown"]["columns"]
    place = {name: columns.index(name) for name in ("dimension", "member", "period_start", "grain")}
    like = next(
        values
        for values in plain["breakdown"]["rows"]
        if (values[place["dimension"]], values[place["grain"]]) == ("channel", "month")
        and values[place["period_start"]] == "2024-03-01"
    )
    for dimension, member in (
        ("channel", "Social"), ("channel", "Social / Paid"),
        ("campaign", "Social / Own"), ("campaign", "Social / Paid / Bought"),
    ):  # fmt: skip
        values = list(like)
        values[place["dimension"]], values[place["member"]] = dimension, member
        plain["breakdown"]["rows"].append(values)
    texts = shown(browser, plain, tmp_path, "#grain=month&period=2024-03-01&channel=Social")

    assert "Social / Own" in texts["breakdown"]
    assert "Bought" not in texts["breakdown"]


def test_goals_that_serve_each_other_in_a_circle_are_shown(
    browser: Browser, plain: dict[str, Any], tmp_path: Path
) -> None:
    for own, parent in (("A", "B"), ("B", "A"), ("C", "C"), ("D", "A")):
        row(
            plain, "goals", target_key=own, parent_target_key=parent, target_id=own, kpi="revenue", scope="total",
            direction="increase", start_date="2024-03-01", due_date="2024-03-31", target_value=50, actual=100,
            status="on_track", smart_failing="", owner=f"Owner {own}",
        )  # fmt: skip
    texts = shown(browser, plain, tmp_path, "#grain=month&period=2024-03-01")

    assert [name for name in "ABCD" if f"Owner {name}" not in texts["goals"]] == []


@pytest.mark.parametrize("name", ["constructor", "__proto__", "toString"])
def test_a_name_that_every_object_of_the_browser_knows_is_a_name(
    browser: Browser, plain: dict[str, Any], tmp_path: Path, name: str
) -> None:
    row(
        plain, "quality", grain="month", period_start="2024-03-01", channel=name, reason=name, is_disqualified=True,
        leads=3,
    )  # fmt: skip
    row(
        plain, "goals", target_key="sheets:G", target_id="G", kpi=name, scope=f"channel={name}", owner=name,
        direction="increase", start_date="2024-03-01", due_date="2024-03-31", target_value=1, actual=1,
        smart_failing="",
    )  # fmt: skip
    texts = shown(browser, plain, tmp_path, "#grain=month&period=2024-03-01")

    assert name in texts["quality"]
    assert name in texts["goals"]


LONG = "Schaltflächen_und_Anzeigen_" * 8


@pytest.mark.parametrize("width", [390, 1280])
def test_long_names_leave_room_for_the_figures(
    browser: Browser, plain: dict[str, Any], tmp_path: Path, width: int
) -> None:
    for table, column in (("breakdown", "member"), ("funnel", "channel"), ("durations", "member")):
        place = plain[table]["columns"].index(column)
        for values in plain[table]["rows"]:
            values[place] = LONG if values[place] else None
    meta = plain["meta"]
    meta["rows"][0][meta["columns"].index("company")] = LONG
    viewport = {"width": width, "height": 800}
    with opened(browser, plain, tmp_path, "#grain=month&period=2024-03-01", viewport=viewport) as page:
        wide = page.evaluate("document.documentElement.scrollWidth")
        name = page.locator("#breakdown-table tbody th").first.bounding_box()

    assert wide <= width
    assert name
    assert name["width"] < width / 2
