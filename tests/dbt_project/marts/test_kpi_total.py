"""Every KPI of the catalogue for the small company's three months, worked out by hand."""

import pytest

from tests.dbt_project.marts.conftest import Query

# January, February, March (up to the 15th)
EXPECTED = {
    "impressions": (1000, 2500, 0),
    "clicks": (100, 60, 0),
    "ad_spend": (300, 300, 0),
    "marketing_cost": (300 + 310, 300 + 100 + 29, 150),  # of March's agency only the days that have passed
    "sales_cost": (0, 290, 0),
    "ctr": (0.1, 60 / 2500, None),  # clicks / impressions, not impressions - clicks / impressions
    "cpc": (3, 5, None),
    "leads": (2, 2, 2),  # the duplicate L6 is not among them
    "contacted_leads": (2, 2, 1),  # L3 was never answered, but qualified; L7 counts by its odd response
    "contact_rate": (1, 1, 0.5),
    "qualified_leads": (1, 2, 0),
    "qualification_rate": (0.5, 1, 0),
    "cpl": (305, 214.5, 75),
    "ad_cpl": (150, 300, 0),  # of February's two leads one is organic
    "cost_per_qualified_lead": (610, 214.5, None),
    "opportunities": (1, 1, 0),
    "opportunity_rate": (1, 0.5, None),
    "cost_per_opportunity": (610, 429, None),
    "deals_created": (1, 4, 1),  # D1; D2, D3, D5, D6; D4
    "pipeline_created": (950, 500 + 300 + 700, 200),  # D2 has no amount; D1 at the rate of its day
    "pipeline_to_cost": (950 / 610, 1500 / 429, 200 / 150),
    "open_deals": (1, 2, 1),  # at the end: D1; D3 and D6; D6
    "open_pipeline": (1000, 500 + 720, 720),  # present amounts at today's rate
    "weighted_pipeline": (400, 732, 360),
    "won_deals": (0, 2, 2),  # the test deal D7 is not among them
    "lost_deals": (0, 1, 0),
    "revenue": (0, 1000, 500 + 200 - 100),  # the refund counts when it is paid
    "units_sold": (0, 4, 2 - 1),
    "average_check": (None, 1000, 350),  # D2 has no amount; before refunds
    "units_per_deal": (None, 4, 2),
    "lead_to_deal_conversion": (0.5, 0.5, 0),  # L1 came in January and was won in February
    "lead_to_deal_ratio": (0, 1, 1),
    "win_rate": (None, 2 / 3, 1),
    "new_customers": (0, 2, 0),
    "cac": (None, (429 + 290) / 2, None),
    "gross_profit": (0, 1000 - 320, 700 - 100 - (160 - 12)),  # a refund takes back a margin-based cost only
    "profit": (-610, 680 - 429 - 290, 452 - 150),
    "roas": (0, 1000 / 300, None),
    "roi": (-1, (680 - 429) / 429, (452 - 150) / 150),
    "ltv": (None, 1132 / 2, None),  # X has brought 680 + 400 + 140 - 88 up to today
    "ltv_to_cac": (None, (1132 / 2) / 359.5, None),
    "ltv_roi": (-1, (1132 - 429) / 429, -1),
    "median_response_minutes": (75, 10, None),
    "sla_share": (0.5, 0.5, None),  # L3 is missed, L5 not yet due, L7 unknown
    "median_sales_cycle_days": (None, 10, 3),  # D2's closing date is an estimate
    "pipeline_velocity": (None, 2 * 1000 * (2 / 3) / 10, 1 * 350 * 1 / 3),  # D3 and D6, then D6 are open
    "repeat_revenue_share": (None, 0, 700 / 600),
    "cross_sell_share": (None, 0, 200 / 600),
}


@pytest.mark.parametrize("kpi", EXPECTED)
def test_month(kpi: str, query: Query) -> None:
    rows = query(f"select {kpi} from mart.kpi_total where grain = 'month' order by period_start")
    assert [None if value is None else float(value) for (value,) in rows] == [
        None if value is None else pytest.approx(value) for value in EXPECTED[kpi]
    ]


def test_every_kpi_of_the_catalogue_is_worked_out_here(query: Query) -> None:
    assert [kpi for (kpi,) in query("select kpi from mart.dim_kpi order by position")] == list(EXPECTED)


def test_a_quarter_divides_sums_and_takes_the_median_of_all(query: Query) -> None:
    [(cpl, win_rate, response, cycle, new_customers)] = query(
        """select cpl, win_rate, median_response_minutes, median_sales_cycle_days, new_customers
           from mart.kpi_total where grain = 'quarter'"""
    )
    assert cpl == pytest.approx((610 + 429 + 150) / 6)  # not the mean of 305, 214.5 and 75
    assert win_rate == pytest.approx(4 / 5)
    assert response == 30  # of 10, 30 and 120
    assert cycle == 4  # of 2, 4 and 10
    assert new_customers == 2


def test_periods_run_from_the_first_event_to_today(query: Query) -> None:
    [(first, last, rows)] = query(
        "select min(period_start), max(period_start), count(*) from mart.kpi_total where grain = 'day'"
    )
    assert (str(first), str(last), rows) == ("2024-01-01", "2024-03-15", 31 + 29 + 15)
    [(period_end, is_complete)] = query(
        "select period_end, is_complete from mart.kpi_total where grain = 'month' and period_start = date '2024-03-01'"
    )
    assert (str(period_end), is_complete) == ("2024-03-31", False)


def test_kpi_long_leaves_out_what_is_null_and_shows_what_is_divided(query: Query) -> None:
    rows = query(
        """select period_start, value, numerator, denominator from mart.kpi_long
           where dimension = 'total' and grain = 'month' and kpi = 'cac'"""
    )
    assert [(str(day), float(value), int(above), int(below)) for day, value, above, below in rows] == [
        ("2024-02-01", 359.5, 719, 2)
    ]
