"""What `funnelmart kpis` prints fits terminals of 80 and 120 columns in both languages, and no number is cut."""

import datetime as dt
import io
from decimal import Decimal
from typing import Any

import pytest
from rich.console import Console, RenderableType
from rich.text import Text

from orchestration.cli.fitted import Column, fitted_table
from orchestration.cli.kpi_tables import (
    bridge_table,
    finding_lines,
    goal_notes,
    goals_table,
    levers_line,
    load_words,
    members_table,
    wrapped,
)
from orchestration.cli.summary import kpi_table, reach_line
from orchestration.views.kpi_summary import KpiLine, KpiSummary

LEADS = {"kpi": "leads", "name_en": "Leads", "name_ru": "Количество лидов", "unit": "count"}
REVENUE = {"kpi": "revenue", "name_en": "Revenue", "name_ru": "Выручка", "unit": "currency"}
QUALIFIED = {
    "kpi": "cost_per_qualified_lead", "name_en": "Cost per qualified lead", "name_ru": "Стоимость квал. лида",
    "unit": "currency",
}  # fmt: skip
EVERY = pytest.mark.parametrize(("width", "locale"), [(80, "en"), (80, "ru"), (120, "en"), (120, "ru")])


def printed(table: RenderableType, width: int) -> list[str]:
    """Lines as a terminal of this width gets them."""
    out = io.StringIO()
    Console(file=out, width=width, soft_wrap=True, no_color=True).print(table)
    return out.getvalue().splitlines()


def written(number: str, locale: str) -> str:
    """Thousands as the language marks them."""
    return number if locale == "en" else number.replace(",", "\u00a0")


def goal(target_id: str, depth: int, kpi: dict[str, Any], target: float, **more: Any) -> dict[str, Any]:
    return {
        **kpi, "target_id": target_id, "depth": depth, "scope": "total", "owner": "Alexandra Lindqvist-Petersen",
        "due_date": dt.date(2025, 12, 31), "target_value": target, "actual": target / 2, "expected_to_date": target / 2,
        "projection": target - 1, "projection_low": target * 0.9, "projection_high": target * 1.1, "status": "at_risk",
        "smart_failing": "", "required_leads": 7739.48, "required_qualified_leads": 3281.1,
        "required_average_check": 3500.5, "marketing_gap": 1200.0,
        "sales_gap": -200.0, "gap_owner": "marketing", **more,
    }  # fmt: skip


GOALS = [
    goal("G1", 0, REVENUE, 123_456_789.0),
    goal("M2", 1, QUALIFIED, 165.0, scope="channel=Google Ads", status="off_track", smart_failing="AR"),
    goal("M4", 2, {"kpi": "market_share", "name_en": None, "name_ru": None, "unit": None}, 0.048, projection_low=None),
]


@EVERY
def test_goals_keep_target_actual_and_status(width: int, locale: str) -> None:
    words = load_words(locale)
    lines = printed(goals_table(GOALS, locale, words, width), width)

    assert max(map(len, lines)) <= width
    assert "G1" in lines[1]
    assert written("123,456,789", locale) in lines[1]
    assert written("61,728,395", locale) in lines[1]
    assert words["status.at_risk"].split()[0] in lines[1]
    assert {"en": "0.024", "ru": "0,024"}[locale] in "\n".join(lines)


def test_the_wider_terminal_shows_more_of_a_goal() -> None:
    words = load_words("en")
    narrow, wide = ("\n".join(printed(goals_table(GOALS, "en", words, width), width)) for width in (80, 120))

    assert "✗ AR" in wide
    assert ("Lindqvist" in narrow, "Lindqvist" in wide) == (False, True)


def test_a_revenue_goal_says_what_it_asks_of_whom() -> None:
    [note] = goal_notes(GOALS, "EUR", "en", load_words("en"))

    assert "7,740 leads, 3,282 qualified" in note  # a part of a lead is one more
    assert "the average check would have to be 3,501 EUR" in note
    assert "marketing -1,200 EUR (qualified leads), sales +200 EUR" in note


@EVERY
def test_the_bridge_goes_from_one_period_to_the_next(width: int, locale: str) -> None:
    step = {
        "base_period_start": dt.date(2025, 1, 1), "period_start": dt.date(2025, 4, 1), "is_complete": True,
        "last_day": None, "base_last_day": None,
        "kpi_before": 9_000_000.0, "kpi_after": 12_345_678.9,
    }  # fmt: skip
    rows = [
        {**step, "factor": "leads_per_cost", "owner": "marketing", "contribution": 4_000_000.0},
        {**step, "factor": "won_deals_per_qualified_lead", "owner": "sales", "contribution": -654_321.1},
    ]
    words = load_words(locale)
    lines = printed(bridge_table(rows, "quarter", REVENUE, locale, words, width), width)

    assert max(map(len, lines)) <= width
    levels = ("9,000,000", "13,000,000", "12,345,679", "12,345,679")
    assert [line.rstrip().endswith(written(level, locale)) for line, level in zip(lines[1:], levels, strict=True)] == (
        [True] * 4
    )
    assert (lines[1].split()[0], lines[-1].split()[0]) == ("2025-Q1", "2025-Q2")
    assert words["factor.won_deals_per_qualified_lead"] in lines[3]
    assert written("-654,321", locale) in lines[3]
    assert written("-654,321 EUR", locale) in levers_line(rows, "currency", "EUR", locale, words).replace(
        "\u00a0EUR", " EUR"
    )


@EVERY
def test_members_keep_leads_deals_and_revenue(width: int, locale: str) -> None:
    names = ("leads", "qualified_leads", "won_deals", "revenue", "marketing_cost", "cpl", "cac", "roi", "win_rate")
    kpis = [{**LEADS, "kpi": name, "unit": "currency"} for name in names]
    row: dict[str, Any] = dict.fromkeys(names, 12_345_678.91)
    rows = [{"channel": "Partners of the south-west and others", **row}, {"channel": "E-mail", **row, "cac": None}]
    lines = printed(members_table(rows, kpis, locale, width), width)

    assert max(map(len, lines)) <= width
    assert lines[-1].count(written("12,345,679", locale)) == {80: 5, 120: 8}[width]
    assert "…" not in "\n".join(lines)


@EVERY
def test_findings_wrap_between_words(width: int, locale: str) -> None:
    row = {
        "severity": "critical",
        "owner": "sales",
        "period_start": dt.date(2025, 5, 1),
        "period_end": dt.date(2025, 5, 31),
        "message": "Revenue fell from 66,581 EUR to 20,210 EUR. " * 5,
        "action": "See kpi_bridge. " * 12,
    }
    heading, below = finding_lines(row, load_words(locale), width)

    assert "2025-05-01 – 2025-05-31" in heading
    assert max(map(len, below.splitlines())) <= width
    assert all("66,581" not in line or "66,581 EUR" in line or line.endswith("66,581") for line in below.splitlines())
    assert all(line.startswith("  ") for line in below.splitlines())


def test_the_highest_rank_goes_first_and_rank_nought_stays() -> None:
    columns = [
        Column(name, [Text("1234567890")], rank, is_number=True) for name, rank in (("a", 0), ("b", 2), ("c", 1))
    ]

    assert printed(fitted_table(columns, 34), 34)[0].split() == ["a", "b", "c"]
    assert printed(fitted_table(columns, 33), 33)[0].split() == ["a", "c"]
    assert printed(fitted_table(columns, 9), 12) == ["         a", "1234567890"]


def test_text_that_wraps_hangs_below_its_first_letter() -> None:
    assert wrapped("one two three", 9, "→ ") == "→ one two\n  three"


@pytest.mark.parametrize(
    ("unit", "before", "now", "colour"),
    [
        ("currency", "100000", "100001", ""),  # +0.0 %
        ("share", "0.05", "0.0501", ""),
        ("ratio", "2", "2.001", ""),
        ("currency", "0", "5", ""),  # no change is told
        ("currency", "100", "101", "green"),
        ("share", "0.06", "0.05", "red"),
    ],
)
def test_what_rounds_to_nothing_is_neither_good_nor_bad(unit: str, before: str, now: str, colour: str) -> None:
    line = KpiLine("x", "X", unit, "higher", Decimal(now), Decimal(before))
    table = kpi_table(KpiSummary("month", None, None, True, "EUR", [line]))

    [change] = table.columns[3].cells
    assert isinstance(change, Text)
    assert change.style == colour


@pytest.mark.parametrize("locale", ["en", "ru"])
def test_how_far_the_data_reaches_is_said_as_in_the_report(locale: str) -> None:
    days = {what: dt.date(2025, 6, day) for what, day in (("leads", 30), ("spend", 29), ("won_deals", 28))}
    reach: dict[str, dt.date | None] = {f"{what}_until": day for what, day in days.items()}
    summary = KpiSummary("month", None, None, True, "EUR", [], reach=reach)
    words = load_words(locale)

    said = [words[f"page.reach_{what}"].format(date=day) for what, day in days.items()]
    assert reach_line(summary, locale) == ", ".join(said)
