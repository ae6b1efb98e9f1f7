"""A period beside its base: which days, which period, and what is not compared."""

import datetime as dt
from decimal import Decimal

import pytest

from orchestration.views.kpi_summary import KpiLine, show, show_change, span_name, written


@pytest.mark.parametrize(
    ("start", "last_day", "grain", "is_complete", "name"),
    [
        ("2025-06-01", "2025-06-17", "month", False, "2025-06 (1–17)"),
        ("2025-06-01", "2025-06-30", "month", True, "2025-06"),
        ("2025-04-01", "2025-06-17", "quarter", False, "2025-Q2 (to 06-17)"),
        ("2025-01-01", "2025-06-17", "year", False, "2025 (to 06-17)"),
    ],
)
def test_a_running_period_is_named_by_its_days(
    start: str, last_day: str, grain: str, is_complete: bool, name: str
) -> None:
    days = dt.date.fromisoformat(start), dt.date.fromisoformat(last_day)
    assert span_name(*days, grain, is_complete) == name


@pytest.mark.parametrize(("grain", "name"), [("month", "2025-06 (1–17)"), ("week", "2025-06-01 (по 17.06)")])
def test_a_running_period_in_russian(grain: str, name: str) -> None:
    assert span_name(dt.date(2025, 6, 1), dt.date(2025, 6, 17), grain, False, "ru") == name


@pytest.mark.parametrize(
    ("unit", "said"), [("ratio", "0.00"), ("share", "0.0%"), ("count", "0.0"), ("currency", "0.00 EUR")]
)
def test_what_rounds_to_nothing_is_no_more(unit: str, said: str) -> None:
    assert show(Decimal("0.0001"), unit, "EUR", sign=True) == said


def test_what_is_not_comparable_has_no_change() -> None:
    line = KpiLine("ltv", "LTV", "currency", "higher", current=Decimal("10"), previous=Decimal("8"))
    assert line.change == 0.25
    young = KpiLine("ltv", "LTV", "currency", "higher", Decimal("10"), Decimal("8"), is_comparable=False)
    assert young.change is None


def test_a_change_too_small_to_be_written_has_no_minus() -> None:
    assert [written(Decimal(value), 1, "ru") for value in ("-0.04", "-0.06", "-1234.5")] == [
        "0,0", "-0,1", "-1\u00a0234,5",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("unit", "before", "now", "change"),
    [
        ("share", "0.05", "0.06", "+1,0 п. п."),  # +20 % beside 6 % would say 26
        ("share", "0", "0.06", "+6,0 п. п."),
        ("ratio", "-0.1", "-0.05", "+0,05"),
        ("currency", "50", "60", "+20,0\u00a0%"),
        ("currency", "0", "60", None),
    ],
)
def test_a_change_is_said_as_its_unit_asks(unit: str, before: str, now: str, change: str | None) -> None:
    line = KpiLine("x", "X", unit, "higher", current=Decimal(now), previous=Decimal(before))
    assert show_change(line, "ru") == change


def test_one_day_is_no_days() -> None:
    assert [show(Decimal(days), "days", "") for days in ("1", "0.98", "1.2", "2")] == [
        "1 day", "1.0 days", "1.2 days", "2 days",
    ]  # fmt: skip
