"""Like with like on the demo: the published comparison is what plain Python counts from the records."""

import datetime as dt

import pytest

from tests.acceptance.demo.conftest import Ask

Day = dt.date


def sides(ask: Ask, grain: str, start: str, comparison: str) -> tuple[Day, Day, Day, Day]:
    """First and last day of both sides."""
    [row] = ask(f"""
        select period_start, last_day, base_period_start, base_last_day from kpi_comparison_periods
        where grain = '{grain}' and period_start = '{start}' and comparison = '{comparison}'""")
    return row


def published(ask: Ask, kpi: str, grain: str, start: str, comparison: str) -> tuple[float | None, float | None, bool]:
    [row] = ask(f"""
        select value, base_value, is_comparable from kpi_comparison
        where kpi = '{kpi}' and grain = '{grain}' and period_start = '{start}' and comparison = '{comparison}'
            and dimension = 'total'""")
    return row


RUNNING = [("month", "2025-06-01"), ("quarter", "2025-04-01"), ("year", "2025-01-01"), ("week", "2025-06-30")]


@pytest.mark.parametrize(("grain", "start"), RUNNING)
@pytest.mark.parametrize("comparison", ["previous_period", "previous_year"])
def test_a_running_period_has_the_same_days_on_both_sides(ask: Ask, grain: str, start: str, comparison: str) -> None:
    first, last, base_first, base_last = sides(ask, grain, start, comparison)
    leads = [row[0] for row in ask("select created_date from fct_leads where counts")]
    counts = sum(first <= day <= last for day in leads), sum(base_first <= day <= base_last for day in leads)

    assert (last - first) == (base_last - base_first)
    assert published(ask, "leads", grain, start, comparison) == (*counts, True)


@pytest.mark.parametrize(
    ("kpi", "sql"),
    [
        ("revenue", "sum(revenue)"),
        ("marketing_cost", "sum(marketing_cost)"),
        ("average_check", "sum(won_amount) / sum(won_deals_with_amount)"),
    ],
)
def test_sums_and_ratios_are_those_of_the_days(ask: Ask, kpi: str, sql: str) -> None:
    first, last, base_first, base_last = sides(ask, "month", "2025-06-01", "previous_period")
    value, base, _ = published(ask, kpi, "month", "2025-06-01", "previous_period")
    expected = [
        float(ask(f"select {sql} from kpi_daily_by_campaign where date between '{start}' and '{end}'")[0][0])
        for start, end in ((first, last), (base_first, base_last))
    ]
    assert [value, base] == pytest.approx(expected)


def test_a_conversion_is_compared_at_the_same_age(ask: Ask) -> None:
    """May beside April: of April's leads those with a deal won by the day on which April was as old as May is today."""
    [(today,)] = ask("select today from _meta.run")
    known_until = Day(2025, 4, 1) + (today - Day(2025, 5, 1))
    leads = ask("select lead_key from fct_leads where counts and created_date between '2025-04-01' and '2025-04-30'")
    won: dict[str, Day] = {}
    estimated = set()
    for lead, closed, is_estimated in ask(
        "select lead_key, closed_date, closed_at_is_estimated from fct_deals where counts_won and lead_key is not null"
    ):
        won[lead] = min(closed, won.get(lead, closed))
        if is_estimated:
            estimated.add(lead)
    keys = [row[0] for row in leads]
    by_then = sum(key in won and won[key] <= known_until for key in keys)
    value, base, is_comparable = published(ask, "lead_to_deal_conversion", "month", "2025-05-01", "previous_period")

    assert not estimated & set(keys)  # else nobody knows when they were won
    assert is_comparable
    assert base == pytest.approx(by_then / len(keys))
    assert by_then < sum(key in won for key in keys)  # more of them have been won since
    assert value is not None


def test_whole_periods_stand_beside_whole_ones(ask: Ask) -> None:
    wrong = ask("""
        select comparison.period_start, comparison.kpi from kpi_comparison as comparison
        inner join kpi_long as long using (grain, period_start, dimension, member, kpi)
        inner join dim_kpi using (kpi)
        where long.is_complete and not dim_kpi.matures and comparison.value is distinct from long.value""")
    assert wrong == []


def test_faces_open_on_the_newest_whole_month(ask: Ask) -> None:
    assert ask("select period_start from kpi_opening where grain = 'month'") == [(Day(2025, 5, 1),)]


def test_a_running_bridge_explains_the_same_days(ask: Ask) -> None:
    value, base, _ = published(ask, "revenue", "month", "2025-06-01", "previous_period")
    [(contribution,)] = ask("""
        select sum(contribution) from kpi_bridge
        where kpi = 'revenue' and grain = 'month' and period_start = '2025-06-01' and channel is null
            and comparison = 'previous_period'""")
    assert float(contribution) == pytest.approx((value or 0) - (base or 0), abs=0.01)
