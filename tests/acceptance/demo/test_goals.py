"""Goals of the demo, worked out again from the published days in plain Python."""

import datetime as dt
from typing import Any

import pytest

from tests.acceptance.demo.conftest import Ask

TODAY = dt.date(2025, 6, 30)
Days = dict[dt.date, tuple[float, float]]


@pytest.fixture(scope="module")
def goals(ask: Ask) -> dict[str, dict[str, Any]]:
    names = [row[0] for row in ask("select column_name from (describe kpi_targets)")]
    return {row[names.index("target_id")]: dict(zip(names, row, strict=True)) for row in ask("from kpi_targets")}


def days_of(ask: Ask, goal: dict[str, Any]) -> Days:
    """Numerator and denominator of the goal's KPI and scope by day, those too on which the ratio has no value."""
    dimension, _, member = goal["scope"].partition("=")
    parts = ask(f"""
        select numerator, coalesce(denominator, '0') from dim_kpi
        where kpi = '{goal["kpi"]}' and kind in ('sum', 'ratio')""")
    if not parts:
        return {}
    [(numerator, denominator)] = parts
    rows = ask(f"""
        select period_start, coalesce({numerator}, 0), coalesce({denominator}, 0) from kpi_sums
        where grain = 'day' and dimension = '{dimension}' and member = '{member.replace("'", "''") or "total"}'""")
    return {day: (float(above), float(below)) for day, above, below in rows}


def between(days: Days, first: dt.date, last: dt.date) -> float:
    """The KPI from `first` to `last`: a sum, or sum over sum."""
    above, below = (
        sum(days.get(first + dt.timedelta(n), (0, 0))[part] for n in range((last - first).days + 1)) for part in (0, 1)
    )
    return above / below if below else above


def a_year_before(day: dt.date) -> dt.date:
    return day.replace(year=day.year - 1)


def test_the_tree_leads_from_every_goal_to_the_company(goals: dict[str, dict[str, Any]]) -> None:
    """But for the one that is no goal; marketing and sales each have goals two steps below the company's."""
    chains = {}
    for name, goal in goals.items():
        chain = [goal]
        while chain[-1]["parent_target_key"]:
            chain.append(goals[chain[-1]["parent_target_key"].partition(":")[2]])
        chains[name] = chain
    assert {name for name, chain in chains.items() if chain[-1]["department"]} == {"X1"}
    deepest = {chain[0]["department"] for chain in chains.values() if len(chain) >= 3}
    assert deepest == {"marketing", "sales"}


def test_actual_and_pace_follow_from_the_days(ask: Ask, goals: dict[str, dict[str, Any]]) -> None:
    seen = set()
    for name, goal in goals.items():
        days = days_of(ask, goal)
        if not days:
            continue
        start, until = goal["start_date"], min(goal["due_date"], TODAY)
        assert goal["actual"] == pytest.approx(between(days, start, until)), name
        if goal["is_seasonal"]:
            earlier = [a_year_before(day) for day in (start, until, goal["due_date"])]
            share = between(days, earlier[0], earlier[1]) / between(days, earlier[0], earlier[2])
            assert goal["expected_to_date"] == pytest.approx(goal["target_value"] * share), name
            assert goal["projection"] == pytest.approx(goal["actual"] / share), name
        seen.add(name)
    assert {"G1", "M1", "M2", "M3", "S1", "S2", "S3", "S4", "S5"} <= seen


def test_growth_is_by_year_and_in_windows_side_by_side(ask: Ask, goals: dict[str, dict[str, Any]]) -> None:
    """History begins in July 2023: before 2025 only the second half of 2024 has days a year before it."""
    for name in ("G1", "S1"):
        goal = goals[name]
        days = days_of(ask, goal)
        length = (dt.date(2024, 1, 1) - min(days)).days
        first = dt.date(2025, 1, 1) - dt.timedelta(length)
        best = between(days, first, dt.date(2024, 12, 31)) / between(days, a_year_before(first), dt.date(2023, 12, 31))
        required = goal["target_value"] / between(days, dt.date(2024, 1, 1), dt.date(2024, 12, 31))
        assert (goal["required_growth"], goal["best_growth"]) == pytest.approx((required, best)), name
        assert ("A" in goal["smart_failing"]) == (required > best), name
    # before 2024 there is half a year: nobody can tell, and no baseline comes from half a span
    assert (goals["G0"]["smart_failing"], goals["G0"]["best_growth"], goals["G0"]["baseline"]) == ("A", None, None)


def test_what_is_no_goal_fails_every_letter_and_the_company_goal_none(goals: dict[str, dict[str, Any]]) -> None:
    assert (goals["X1"]["smart_failing"], goals["X1"]["status"]) == ("SMART", None)
    assert (goals["G1"]["smart_failing"], goals["G1"]["is_smart"]) == ("", True)


def test_gaps_of_both_sides_sum_to_what_is_missing(goals: dict[str, dict[str, Any]]) -> None:
    for name in ("G0", "G1", "S5"):
        goal = goals[name]
        missing = goal["expected_to_date"] - goal["actual"]
        assert goal["marketing_gap"] + goal["sales_gap"] == pytest.approx(missing), name
        larger = "marketing" if goal["marketing_gap"] >= goal["sales_gap"] else "sales"
        assert goal["gap_owner"] == (larger if missing > 0 else None), name


def test_a_revenue_goal_asks_for_leads_at_the_rates_of_the_last_90_days(
    ask: Ask, goals: dict[str, dict[str, Any]]
) -> None:
    [(revenue, qualified, leads)] = ask(f"""
        select sum(revenue), sum(qualified_leads), sum(leads) from kpi_total
        where grain = 'day' and period_start > date '{TODAY}' - 90""")
    goal = goals["G1"]
    assert goal["required_qualified_leads"] == pytest.approx(goal["target_value"] / float(revenue / qualified))
    assert goal["required_leads"] == pytest.approx(goal["target_value"] / float(revenue / leads))


def test_measurements_carry_goals(ask: Ask, goals: dict[str, dict[str, Any]]) -> None:
    """Market share and brand awareness: the latest reading since the start, and on by its mean change a day."""
    for name, kpi, first, latest in (("M4", "market_share", 0.031, 0.045), ("M5", "brand_awareness", 0.124, 0.164)):
        goal = goals[name]
        drift = (latest - first) / (dt.date(2025, 4, 1) - dt.date(2023, 7, 1)).days
        projection = latest + drift * (dt.date(2025, 12, 31) - dt.date(2025, 4, 1)).days
        assert (goal["kpi"], goal["actual"], goal["projection"]) == (
            kpi,
            pytest.approx(latest),
            pytest.approx(projection),
        )
        assert goal["projection_low"] < goal["projection"] < goal["projection_high"]
        assert (goal["status"], goal["smart_failing"], goal["department"]) == ("on_track", "", "marketing")
