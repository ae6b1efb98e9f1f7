"""What was planned beside what was spent; numbers that run on from day to day; which way rates are."""

import pytest

from tests.orchestration.add_source.conftest import Company

PLAN = "Month,Channel,Scenario,Spend\n2026-01,Google Ads,Plan,250\n2026-01,Google Ads,Actual,150\n"


def test_rows_of_a_plan_beside_what_was_spent(company: Company) -> None:
    done = company.add(
        company.write("spend.csv", PLAN + "2026-02,Google Ads,Plan,250\n2026-02,Google Ads,Actual,160\n")
    )
    assert company.figures("ad_spend", "count(*), sum(spend)") == (2, "310")
    assert company.sheets[0]["where"] == {"not": {"Scenario": ["Plan"]}}
    assert "rows with 'Plan' in Scenario are left out" in " ".join(done["added"][0]["notes"])


def test_nothing_but_a_plan_is_a_doubt(company: Company) -> None:
    content = "Month,Channel,Version,Spend\n2026-01,Google Ads,Budget,250\n2026-02,Google Ads,Budget,150\n"
    said = company.refused(company.write("spend.csv", content))
    assert "Version says 'Budget' in each row: its money is what was to be spent" in said["message"]


def test_a_plan_in_some_rows_is_said_of_these(company: Company) -> None:
    content = "Month,Channel,Version,Spend\n2026-01,Google Ads,Budget,250\n2026-02,Google Ads,,150\n"
    said = company.refused(company.write("spend.csv", content))
    assert "Version says 'Budget' in 1 row: its money is what was to be spent" in said["message"]


@pytest.mark.parametrize("header", ["Spend MTD", "Cumulative cost", "Kosten kumuliert"])
def test_money_that_runs_on_is_not_added_up(company: Company, header: str) -> None:
    content = f"Date,Campaign,{header},Clicks\n2026-03-01,A,10.00,1\n2026-03-02,A,30.00,2\n"
    said = company.refused(company.write("spend.csv", content))
    assert f"{header} adds up the days before, too" in said["message"]


def test_money_of_each_day_beside_what_runs_on(company: Company) -> None:
    content = "Date,Campaign,Spend YTD,Spend,Clicks\n2026-03-01,A,10.00,10.00,1\n2026-03-02,A,30.00,20.00,2\n"
    company.add(company.write("spend.csv", content))
    assert company.figures("ad_spend", "sum(spend)") == ("30",)


def test_rates_of_a_bank_are_the_other_way_round(company: Company) -> None:
    content = "Date,Currency,Rate\n2026-03-01,USD,1.0834\n2026-03-01,JPY,161.52\n"
    said = company.refused(company.write("fx_rates.csv", content))
    assert "Rate seems to say how many JPY there are for 1 EUR" in said["message"]


def test_which_way_rates_are_read_is_said(company: Company) -> None:
    done = company.add(company.write("fx_rates.csv", "Date,Currency,Rate\n2026-03-01,USD,0.9230\n"))
    assert "1 USD = 0.9230 EUR" in " ".join(done["added"][0]["notes"])


def test_pay_by_the_month_is_no_list_of_representatives(company: Company) -> None:
    rows = "Ann Example,Sales,2026-01,4000.00\nAnn Example,Sales,2026-02,4000.00\n"
    said = company.refused(company.write("payroll.csv", f"Employee,Department,Month,Gross salary\n{rows}"))
    assert "they are no list of sales_reps, and no Gross salary is read" in said["message"]
