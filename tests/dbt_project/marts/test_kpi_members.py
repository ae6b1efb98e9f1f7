"""KPIs by channel, sales representative and product: who gets what, and where a KPI has no meaning."""

from decimal import Decimal

import pytest

from tests.dbt_project.marts.conftest import Query

FEBRUARY = "grain = 'month' and period_start = date '2024-02-01'"
MARCH = "grain = 'month' and period_start = date '2024-03-01'"


def test_won_deals_follow_the_credits_and_lost_deals_the_lead(query: Query) -> None:
    rows = query(
        f"""select channel, won_deals, lost_deals, revenue, win_rate
            from mart.kpi_by_channel where {FEBRUARY} order by channel"""
    )
    assert [row[:4] for row in rows] == [
        ("Google", Decimal("0.333333333"), 0, Decimal("333.33")),
        ("Meta", Decimal("0.333333333"), 1, Decimal("333.33")),
        ("Organic", Decimal("1.333333334"), 0, Decimal("333.34")),
        ("unattributed", 0, 0, 0),
    ]
    assert [rate for *_, rate in rows] == [1, pytest.approx(0.25), 1, None]  # won only: 1; nothing closed: unknown


def test_costs_and_profit_by_channel_are_whole_cents(query: Query) -> None:
    rows = query(
        f"""select channel, marketing_cost, sales_cost, gross_profit from mart.kpi_by_channel
            where {FEBRUARY} order by channel"""
    )
    assert [(channel, *(float(value) for value in values)) for channel, *values in rows] == [
        # 100 tools by ad spend 100 : 200; 290 sellers by won deals 1/3 : 1/3 : 4/3; 320 cost of goods in thirds
        ("Google", 133.33, 48.33, 226.66),  # 333.33 - 106.67
        ("Meta", 266.67, 48.33, 226.67),  # 333.33 - 106.66
        ("Organic", 0, 193.34, 226.67),  # 333.34 - 106.67
        ("unattributed", 29, 0, 0),  # content without a channel does not vanish
    ]


def test_refunds_and_customers_follow_the_credits(query: Query) -> None:
    rows = query(f"select channel, revenue, units_sold from mart.kpi_by_channel where {MARCH} order by channel")
    assert [(channel, float(revenue), float(units)) for channel, revenue, units in rows] == [
        ("Google", -33.33, -0.333333),
        ("Meta", -33.33, -0.333333),
        ("Organic", -33.34, -0.333334),
        ("unattributed", 700, 2),
    ]
    customers = query(f"select channel, new_customers, ltv from mart.kpi_by_channel where {FEBRUARY} order by channel")
    assert customers[0] == ("Google", Decimal("0.333333333"), pytest.approx(377.33 * 3, abs=0.02))


def test_costs_without_spend_in_their_time_go_by_leads(query: Query) -> None:
    rows = query(
        f"select channel, campaign, marketing_cost from mart.kpi_by_campaign where {MARCH} and marketing_cost <> 0"
    )
    assert sorted((channel, campaign, float(cost)) for channel, campaign, cost in rows) == [
        ("Google", "Brand", 75),
        ("Meta", "Spring", 75),
    ]


def test_a_sales_rep_has_sales_but_no_ad_spend(query: Query) -> None:
    rows = query(
        f"""select sales_rep, leads, won_deals, lost_deals, revenue, sales_cost, win_rate, ad_spend, cac, profit
            from mart.kpi_by_sales_rep where {FEBRUARY} order by sales_rep"""
    )
    assert [(rep, *(None if v is None else float(v) for v in values)) for rep, *values in rows] == [
        ("Ann", 1, 1, 1, 1000, 145, 0.5, None, None, None),
        ("Bob", 1, 1, 0, 0, 145, 1, None, None, None),
    ]


def test_a_deal_counts_for_a_product_by_the_share_of_its_lines(query: Query) -> None:
    rows = query(
        f"""select product, leads, won_deals, revenue, gross_profit, sales_cost, average_check
            from mart.kpi_by_product where {FEBRUARY} order by product"""
    )
    assert [(product, *(None if v is None else float(v) for v in values)) for product, *values in rows] == [
        ("(none)", 1, 1, 0, 0, 145, None),
        ("A", 0, 0.6, 600, 400, 87, 1000),
        ("B", 1, 0.4, 400, 280, 58, 1000),
    ]


def test_cross_sales_by_product(query: Query) -> None:
    rows = query(
        f"select product, repeat_revenue_share, cross_sell_share from mart.kpi_by_product where {MARCH} order by 1"
    )
    assert rows == [
        ("A", pytest.approx(500 / 440), 0),  # 500 of D3 less 60 of D1's refund
        ("B", 0, 0),  # only a refund
        ("C", 1, 1),
    ]


def test_periods_of_a_member_have_no_gaps(query: Query) -> None:
    rows = query("select period_start from mart.kpi_by_channel where grain = 'month' and channel = 'Meta' order by 1")
    assert [str(day) for (day,) in rows] == ["2024-02-01", "2024-03-01"]


def test_days_of_a_member_are_those_with_an_event_and_show_no_stock(query: Query) -> None:
    """Organic carries sales cost all through February; then nothing until its share of a refund on 5 March."""
    days = query(
        """select period_start, sales_cost, revenue, open_deals
           from mart.kpi_sums where grain = 'day' and member = 'Organic' order by period_start"""
    )
    assert [str(day) for day, *_ in days] == [*(f"2024-02-{day:02}" for day in range(1, 30)), "2024-03-05"]
    assert [float(value) for value in days[-1][1:3]] == [0, -33.34]
    assert {open_deals for *_, open_deals in days} == {None}
    [(every_day, stocks)] = query(
        "select count(*), count(open_deals) from mart.kpi_sums where grain = 'day' and dimension = 'total'"
    )
    assert every_day == stocks == 75  # 1 January to 15 March


def test_a_lead_costs_its_share_of_the_campaign_and_month(query: Query) -> None:
    rows = query("select lead_key, acquisition_cost from mart.fct_leads order by lead_key")
    assert {key: None if cost is None else float(cost) for key, cost in rows} == {
        "L1": 305,  # 610 of Google, Brand in January for two leads
        "L2": 305,
        "L3": 266.67,  # Meta, Spring in February
        "L4": 0,
        "L5": 75,  # of March only the days up to today
        "L6": None,  # a duplicate carries nothing
        "L7": 75,
    }


def test_costs_add_up_to_what_was_entered(query: Query) -> None:
    rows = query("select cost_key, department, sum(amount) from mart.fct_marketing_cost group by all order by 1")
    assert [(key, department, float(amount)) for key, department, amount in rows] == [
        ("agency", "marketing", 310),
        ("content", "marketing", 29),
        ("salaries", "marketing", 310),
        ("sellers", "sales", 290),
        ("tools", "marketing", 100),
    ]
    by_basis = query("select distinct cost_key, channel, basis from mart.fct_marketing_cost order by all")
    assert ("content", "unattributed", "none") in by_basis
    assert ("tools", "Meta", "ad_spend") in by_basis
    assert ("agency", "Meta", "leads") in by_basis
    assert ("sellers", "Organic", "won_deals") in by_basis


def test_facts_say_what_came_of_a_deal(query: Query) -> None:
    rows = query(
        """select deal_key, refunds, cost_of_goods, is_first_won, is_repeat
           from mart.fct_deals where status = 'won' order by 1"""
    )
    assert [(key, float(refunds), cost, first, repeat) for key, refunds, cost, first, repeat in rows] == [
        ("D1", 100, Decimal("308"), True, False),  # 320 less the 12 that the refund takes back
        ("D2", 0, None, True, False),
        ("D3", 0, Decimal("100"), False, True),
        ("D4", 0, Decimal("60"), False, True),
        ("D7", 0, None, False, False),
    ]
