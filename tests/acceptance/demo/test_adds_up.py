"""Every table is filled, and what is cut one way sums to what is cut the other way, exactly."""

import csv
import datetime as dt
from collections import Counter
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from tests.acceptance.demo.conftest import Ask

ADDITIVE_OF_ALL = (
    "sales_cost", "leads", "contacted_leads", "qualified_leads", "opportunities", "deals_created", "pipeline_created",
    "won_deals", "lost_deals", "revenue", "units_sold", "new_customers", "gross_profit",
)  # fmt: skip
ADDITIVE_OF_CHANNELS = (*ADDITIVE_OF_ALL, "impressions", "clicks", "ad_spend", "marketing_cost", "profit")


def test_every_table_of_the_mart_is_filled(ask: Ask) -> None:
    tables = [
        row[0] for row in ask("select table_name from information_schema.tables where table_schema = 'mart' order by 1")
    ]
    assert len(tables) >= 29
    empty = [table for table in tables if ask(f"select count(*) from (select 1 from {table} limit 1)") == [(0,)]]
    assert empty == ["fct_daily_results"]  # the demo has records of everything, so none are given as sums


def test_every_column_of_the_kpi_tables_is_filled(ask: Ask) -> None:
    kpis = [row[0] for row in ask("select kpi from dim_kpi order by position")]
    [counts] = ask(f"select {', '.join(f'count({kpi})' for kpi in kpis)} from kpi_total where grain = 'month'")
    assert [kpi for kpi, count in zip(kpis, counts, strict=True) if count == 0] == []


@pytest.mark.parametrize(
    ("table", "kpis"),
    [
        ("kpi_by_channel", ADDITIVE_OF_CHANNELS),
        ("kpi_by_campaign", ADDITIVE_OF_CHANNELS),
        ("kpi_by_sales_rep", ADDITIVE_OF_ALL),
        ("kpi_by_product", ADDITIVE_OF_ALL),
    ],
)
def test_members_sum_to_the_total_in_every_period_of_every_grain(ask: Ask, table: str, kpis: tuple[str, ...]) -> None:
    catalogued = {row[0] for row in ask("select kpi from dim_kpi where kind = 'sum'")}
    assert catalogued == set(ADDITIVE_OF_CHANNELS)
    differing = " or ".join(f"coalesce(members.{kpi}, 0) <> coalesce(total.{kpi}, 0)" for kpi in kpis)
    found = ask(f"""
        with members as (
            select grain, period_start, {", ".join(f"sum({kpi}) as {kpi}" for kpi in kpis)}
            from {table} group by grain, period_start
        )
        select grain, count(*), count(*) filter (where {differing})
        from kpi_total as total left join members using (grain, period_start) group by grain""")
    assert {grain for grain, _, _ in found} == {"day", "week", "month", "quarter", "year"}
    assert [row for row in found if row[2]] == []


def test_days_sum_to_every_longer_period(ask: Ask) -> None:
    for grain in ("week", "month", "quarter", "year"):
        for kpi in ADDITIVE_OF_CHANNELS:
            assert ask(f"select sum({kpi}) from kpi_total where grain = '{grain}'") == ask(
                f"select sum({kpi}) from kpi_total where grain = 'day'"
            ), (grain, kpi)


def test_credits_of_a_deal_sum_to_one_and_its_revenue_to_the_cent(ask: Ask) -> None:
    [(won, amount)] = ask("select count(*), sum(coalesce(amount, 0)) from fct_deals where counts_won")
    models = ask("""
        with deals as (
            select model, deal_key, sum(credit) as credit, sum(revenue) as revenue
            from fct_attribution where credit_level = 'deal' group by model, deal_key
        )
        select deals.model, count(*), min(deals.credit), max(deals.credit), sum(deals.revenue),
            count(*) filter (where deals.revenue <> coalesce(fct_deals.amount, 0))
        from deals inner join fct_deals using (deal_key) group by deals.model""")
    assert {row[0] for row in models} == {
        "first_touch", "last_touch", "last_non_direct", "last_paid_touch", "linear", "position_based", "w_shaped",
        "time_decay",
    }  # fmt: skip
    assert {row[1:] for row in models} == {(won, 1, 1, amount, 0)}
    totals = ask("""
        select model, sum(credit), sum(revenue) from fct_attribution where credit_level = 'history' group by model""")
    assert sorted(totals) == [("markov", won, amount), ("shapley", won, amount)]


def test_costs_are_the_costs_entered(ask: Ask, published_demo: Path) -> None:
    """As the workbook's two sheets say, in EUR at the rate of the first day, each cost to the cent."""
    extracts = published_demo / "extracts" / "sheets"
    with (extracts / "fx_rates.csv").open(encoding="utf-8") as file:
        rates = {(row["Currency"], row["Date"]): Decimal(row["EUR per unit"]) for row in csv.DictReader(file)}
    workbook = CalamineWorkbook.from_path(str(extracts / "marketing_costs.xlsx"))
    entered: Counter[tuple[str, str]] = Counter()
    for sheet in ("Costs", "Events"):
        header, *rows = workbook.get_sheet_by_name(sheet).to_python()
        for row in (dict(zip(header, row, strict=True)) for row in rows if any(row)):
            first_day = dt.date.fromisoformat(f"{row['Month']}-01" if sheet == "Costs" else str(row["From"])[:10])
            amount = Decimal(str(row["Amount"])) * rate(rates, str(row["Currency"]), first_day)
            entered[str(row["Department"]), str(row["Type"])] += amount.quantize(Decimal("0.01"), ROUND_HALF_UP)
    found = ask("select department, cost_type, sum(amount) from fct_marketing_cost group by department, cost_type")
    assert {(department, cost_type): amount for department, cost_type, amount in found} == dict(entered)


def rate(rates: dict[tuple[str, str], Decimal], currency: str, day: dt.date) -> Decimal:
    """The latest rate of the week up to a day."""
    days = [str(day - dt.timedelta(back)) for back in range(8)]
    return Decimal(1) if currency == "EUR" else next(rates[currency, day] for day in days if (currency, day) in rates)


def test_marketing_cost_is_ad_spend_and_the_costs_of_marketing(ask: Ask) -> None:
    assert ask("""
        with costs as (
            select date, sum(amount) filter (where department = 'marketing') as marketing,
                sum(amount) filter (where department = 'sales') as sales
            from fct_marketing_cost group by date
        ), spend as (
            select date, sum(spend) as spend from fct_ad_spend where counts group by date
        )
        select count(*) from kpi_total as kpi
        left join costs on kpi.period_start = costs.date
        left join spend on kpi.period_start = spend.date
        where kpi.grain = 'day' and (
            kpi.marketing_cost <> coalesce(costs.marketing, 0) + coalesce(spend.spend, 0)
            or kpi.sales_cost <> coalesce(costs.sales, 0)
        )""") == [(0,)]
