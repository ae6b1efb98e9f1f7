"""Contributions sum to the change of the KPI, for the company and each channel, whatever is compared with what."""

import pytest

from tests.acceptance.bridges import LEVELS
from tests.acceptance.demo.conftest import Ask
from tests.acceptance.levers import compare_with_published

EVERY_VIEW = {
    (grain, comparison, dimension)
    for grain in ("month", "quarter", "year")
    for comparison in ("previous_period", "previous_year")
    for dimension in ("total", "channel")
}


@pytest.mark.parametrize(("kpi", "off_by"), [("revenue", 0), ("roi", 1e-6), ("average_check", 0.01)])
def test_contributions_sum_to_the_change(ask: Ask, kpi: str, off_by: float) -> None:
    """Revenue to the cent; the ratios as exactly as they are rounded."""
    found = ask(LEVELS.format(kpi=kpi))
    assert {row[:3] for row in found} == EVERY_VIEW
    assert [row for row in found if row[4] > off_by] == []


def test_every_period_with_an_earlier_one_has_a_bridge(ask: Ask) -> None:
    """24 months of the demo: 23 have a month before, 12 a year before; 8 quarters (7, 4), 3 calendar years (2, 2)."""
    found = ask("""
        select grain, comparison, count(distinct period_start) from kpi_bridge
        where kpi = 'revenue' and dimension = 'total' group by all order by all""")
    assert found == [
        ("month", "previous_period", 23),
        ("month", "previous_year", 12),
        ("quarter", "previous_period", 7),
        ("quarter", "previous_year", 4),
        ("year", "previous_period", 2),
        ("year", "previous_year", 2),
    ]


def test_every_change_of_revenue_has_a_bridge(ask: Ask) -> None:
    """No channel whose revenue changed from one month to the next is missing."""
    assert (
        ask("""
        with months as (
            select channel, period_start, revenue,
                lag(revenue) over (partition by channel order by period_start) as revenue_before
            from kpi_by_channel where grain = 'month'
        )
        select months.channel, months.period_start from months
        left join kpi_bridge as bridge
            on bridge.kpi = 'revenue' and bridge.grain = 'month' and bridge.comparison = 'previous_period'
            and bridge.dimension = 'channel' and months.channel = bridge.channel
            and months.period_start = bridge.period_start
        where months.revenue <> months.revenue_before and bridge.channel is null""")
        == []
    )


def test_channels_and_factors_are_two_views_of_one_change(ask: Ask) -> None:
    views = """
        select grain, comparison, period_start, factor, sum(contribution) from kpi_bridge
        where kpi = 'revenue' and dimension = '{}' group by all order by all"""
    assert ask(views.format("total")) == ask(views.format("channel"))


def test_a_chain_multiplies_to_the_amounts_it_explains(ask: Ask) -> None:
    """Factors before and after are those of the channel, and their product is what was won, before refunds."""
    off = ask("""
        with chains as (
            select grain, period_start, comparison, channel, product(value_after) as won_amount
            from kpi_bridge
            where kpi = 'revenue' and dimension = 'channel' and factor in (
                'marketing_cost', 'leads', 'leads_per_cost', 'qualification_rate', 'won_deals_per_qualified_lead',
                'won_deals_per_lead', 'average_check'
            )
            group by all
        )
        select count(*), count(*) filter (where abs(chains.won_amount - long.numerator) > 0.01)
        from chains inner join kpi_long as long
            on long.kpi = 'average_check' and long.dimension = 'channel' and chains.channel = long.member
            and chains.grain = long.grain and chains.period_start = long.period_start""")
    assert off[0][0] > 100
    assert off[0][1] == 0


def test_every_factor_has_an_owner(ask: Ask) -> None:
    assert set(ask("select distinct owner from kpi_bridge")) >= {("marketing",), ("sales",)}
    nobodys = ask("select distinct factor from kpi_bridge where owner not in ('marketing', 'sales')")
    assert set(nobodys) <= {("no_base",)}


def test_whose_lever_it_was_is_what_plain_python_says(ask: Ask) -> None:
    """Every month, quarter and year, against the one before and a year before: all factors of all channels."""
    assert compare_with_published(ask) == 23 + 12 + 7 + 4 + 2 + 2


def test_a_channel_with_leads_on_both_sides_neither_came_nor_went(ask: Ask) -> None:
    """By the lead counts of the KPI table itself."""
    assert (
        ask("""
        select bridge.channel, bridge.period_start, bridge.comparison from kpi_bridge as bridge
        inner join kpi_by_channel as after
            on bridge.grain = after.grain and bridge.period_start = after.period_start
            and bridge.channel = after.channel
        inner join kpi_by_channel as before
            on bridge.grain = before.grain and bridge.base_period_start = before.period_start
            and bridge.channel = before.channel
        where bridge.factor in ('entered', 'left') and after.leads > 0 and before.leads > 0""")
        == []
    )
