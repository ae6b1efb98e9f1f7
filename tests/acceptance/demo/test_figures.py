"""ROI, CAC, LTV and the other KPIs of each month, worked out again from the facts by other SQL than the models'."""

import pytest

from tests.acceptance.demo.conftest import Ask

CUSTOMERS = """
    with won as (
        select deal_key, coalesce(customer_key, deal_key) as customer, closed_date,
            coalesce(amount, 0) - coalesce(refunds, 0) - coalesce(cost_of_goods, 0) as profit,
            row_number() over (partition by coalesce(customer_key, deal_key) order by closed_date, closed_at, deal_key)
                as nth
        from fct_deals where counts_won
    ),
    customers as (
        select customer, min(closed_date) as first_won, sum(profit) as profit from won group by customer
    )
"""


def of_months(ask: Ask, kpis: str) -> list[tuple]:
    return ask(f"select period_start, {kpis} from kpi_total where grain = 'month' order by period_start")


def test_roi_stands_on_full_cost(ask: Ask) -> None:
    """Gross profit of the month over ad spend, content, salaries and tools of the month; not over ad spend alone."""
    by_hand = {
        month: (profit, cost)
        for month, profit, cost in ask("""
        with days as (
            select date, spend as cost from fct_ad_spend where counts
            union all
            select date, amount from fct_marketing_cost where department = 'marketing'
        ),
        costs as (
            select date_trunc('month', date)::date as month, sum(cost) as cost
            from days, _meta.run where date <= today group by month
        ),
        months as (select period_start as month, gross_profit from kpi_total where grain = 'month')
        select month, gross_profit, cost from months inner join costs using (month)""")
    }
    for month, roi, gross_profit, ad_spend in of_months(ask, "roi, gross_profit, ad_spend"):
        profit, cost = by_hand[month]
        assert profit == gross_profit
        assert cost > 1.3 * float(ad_spend)
        assert roi == pytest.approx(float((profit - cost) / cost))


def test_revenue_and_gross_profit_come_from_lines_and_refunds(ask: Ask) -> None:
    """What is refunded takes its cost with it: the margin of a month lies between those of sales and refunds."""
    lines = {
        month: amounts
        for month, *amounts in ask("""
        select date_trunc('month', won_date)::date as month, sum(amount), sum(amount - cost_of_goods),
            count(distinct deal_key) filter (where amount is not null)
        from fct_deal_lines where counts_won group by month""")
    }
    for month, revenue, gross_profit, average_check in of_months(ask, "revenue, gross_profit, average_check"):
        amount, profit, deals = lines[month]
        refunded = amount - revenue
        assert refunded >= 0
        assert profit - refunded <= gross_profit <= profit
        assert (gross_profit == profit) == (refunded == 0)
        assert average_check == pytest.approx(float(amount) / deals)


def test_new_customers_cac_and_ltv(ask: Ask) -> None:
    by_hand = ask(
        CUSTOMERS
        + """
        select date_trunc('month', first_won)::date as month, count(*), sum(profit)
        from customers group by month order by month"""
    )
    found = of_months(ask, "new_customers, cac, ltv, ltv_to_cac, ltv_roi, marketing_cost, sales_cost")
    assert [(row[0], row[1]) for row in found] == [(month, customers) for month, customers, _ in by_hand]
    profits = {month: profit for month, _, profit in by_hand}
    for month, customers, cac, ltv, ltv_to_cac, ltv_roi, marketing_cost, sales_cost in found:
        assert cac == pytest.approx(float((marketing_cost + sales_cost) / customers))
        assert ltv * float(customers) == pytest.approx(float(profits[month]), abs=0.01), month
        assert ltv_to_cac == pytest.approx(ltv / cac)
        assert ltv_roi == pytest.approx((ltv * float(customers) - float(marketing_cost)) / float(marketing_cost))


def test_ltv_cohorts_end_at_the_ltv_of_their_month(ask: Ask) -> None:
    """The oldest age of a cohort is today: the same gross profit for each customer, the same CAC."""
    found = ask("""
        select cohort.cohort_month, cohort.cumulative_gross_profit_per_customer, kpi.ltv, cohort.cac, kpi.cac,
            cohort.customers, kpi.new_customers
        from ltv_cohorts as cohort
        inner join kpi_total as kpi on kpi.grain = 'month' and kpi.period_start = cohort.cohort_month
        where cohort.dimension = 'total'
        qualify row_number() over (partition by cohort.cohort_month order by cohort.age_months desc) = 1""")
    assert len(found) == 24
    for month, profit, ltv, cac, kpi_cac, customers, new_customers in found:
        assert profit == pytest.approx(ltv), month
        assert cac == pytest.approx(kpi_cac), month
        assert customers == new_customers


def test_ltv_cohorts_of_channels_follow_the_credits_that_kpis_follow(ask: Ask) -> None:
    """The newest age of a channel's cohort is its LTV: the same shares of customers, the same profit to the cent."""
    found = ask("""
        select cohort.channel, cohort.cohort_month, cohort.customers, kpi.new_customers,
            cohort.cumulative_gross_profit, kpi.ltv * kpi.new_customers
        from ltv_cohorts as cohort
        inner join kpi_by_channel as kpi
            on kpi.grain = 'month' and kpi.period_start = cohort.cohort_month and kpi.channel = cohort.channel
        where cohort.dimension = 'channel'
        qualify row_number() over (
            partition by cohort.channel, cohort.cohort_month order by cohort.age_months desc
        ) = 1""")
    assert found
    for channel, month, customers, new_customers, profit, kpi_profit in found:
        assert customers == new_customers, (channel, month)
        assert float(profit) == pytest.approx(kpi_profit, abs=0.5), (channel, month)  # split to the cent, deal by deal


def test_payback_is_the_first_month_in_which_profit_covers_the_cost(ask: Ask) -> None:
    found = ask("""
        select dimension, channel, cohort_month, max(payback_month),
            min(age_months) filter (where cumulative_gross_profit >= acquisition_cost)
        from ltv_cohorts group by all""")
    assert any(payback for *_, payback in found)
    assert [row for row in found if row[3] != row[4]] == []


def test_response_sla_and_cycle_of_each_month(ask: Ask) -> None:
    by_hand = {
        month: row
        for month, *row in ask("""
        select date_trunc('month', created_date)::date as month, median(response_seconds) / 60.0,
            count(*) filter (where response_seconds <= 3600) / count(*) filter (
                where response_seconds is not null or (
                    first_response_at is null and created_at + interval '1 hour' < '2025-06-30 22:00:00'
                )
            )
        from fct_leads where counts group by month""")
    }
    cycles = dict(
        ask("""
        select date_trunc('month', closed_date)::date as month, median(cycle_seconds) / 86400.0
        from fct_deals where counts_won group by month""")
    )
    for month, minutes, sla, days in of_months(ask, "median_response_minutes, sla_share, median_sales_cycle_days"):
        assert minutes == pytest.approx(by_hand[month][0]), month
        assert sla == pytest.approx(by_hand[month][1]), month
        assert days == pytest.approx(cycles[month]), month


def test_repeat_and_cross_sell_revenue(ask: Ask) -> None:
    """What customers bought who had bought before, and of it, products that were new to them."""
    by_hand = {
        month: row
        for month, *row in ask(
            CUSTOMERS
            + """, lines as (
            select lines.*, won.customer, won.nth, won.closed_date,
                min(won.nth) over (partition by won.customer, lines.product) as first_nth_of_product
            from fct_deal_lines as lines inner join won on lines.deal_key = won.deal_key
        )
        select date_trunc('month', closed_date)::date as month,
            coalesce(sum(amount) filter (where nth > 1), 0),
            coalesce(sum(amount) filter (where nth > 1 and nth = first_nth_of_product), 0)
        from lines group by month"""
        )
    }
    refunds = dict(
        ask("""
        select period_start, won.numerator - revenue.numerator from kpi_long as won
        inner join kpi_long as revenue using (grain, dimension, period_start)
        where won.kpi = 'average_check' and revenue.kpi = 'revenue' and grain = 'month' and dimension = 'total'""")
    )
    for place, kpi in enumerate(("repeat_revenue_share", "cross_sell_share")):
        for month, revenue in ask(f"""
            select period_start, numerator from kpi_long
            where kpi = '{kpi}' and grain = 'month' and dimension = 'total'"""):
            sold = by_hand[month][place]
            assert sold - refunds[month] <= revenue <= sold, (kpi, month)
            assert revenue == sold or refunds[month] > 0, (kpi, month)


def test_pipeline_velocity_is_money_a_day_from_what_is_open(ask: Ask) -> None:
    """Open deals at the end x average check x win rate / cycle; open deals counted from the deals themselves."""
    for month, last_day, velocity, check, rate, cycle in ask("""
        select period_start, least(period_end, today), pipeline_velocity, average_check, win_rate,
            median_sales_cycle_days
        from kpi_total cross join _meta.run where grain = 'month' order by period_start"""):
        [(open_deals,)] = ask(f"""
            select count(*) from fct_deals
            where (counts_won or counts_lost or counts_open) and created_date <= '{last_day}'
                and (counts_open or closed_date > '{last_day}')""")
        assert velocity == pytest.approx(open_deals * check * rate / cycle, rel=0.02), month


def test_the_pipeline_of_the_last_day_is_the_stock_of_the_kpis(ask: Ask) -> None:
    """Stage by stage on one side, counted by opening and closing on the other: the same deals, the same money."""
    [(deals, amount, weighted)] = ask("""
        select sum(deals), sum(amount), sum(weighted) from pipeline_history
        where day = (select max(day) from pipeline_history)""")
    [stocks] = ask("""
        select open_deals, open_pipeline, weighted_pipeline from kpi_total
        where grain = 'day' qualify row_number() over (order by period_start desc) = 1""")
    assert (deals, amount, weighted) == stocks
    assert deals > 0
