"""Quarters beside their months, in columns: the money is there twice and counts once."""

import datetime as dt

import pytest

from orchestration.add_source.longer_periods import longer_periods
from tests.orchestration.add_source.conftest import Company, book

MONTHS = ["Jan 2026", "Feb 2026", "Mar 2026"]


@pytest.mark.parametrize("header", ["Jan 2026,Feb 2026,Mar 2026,Q1 2026", "Q1 2026,Jan 2026,Feb 2026,Mar 2026"])
def test_a_quarter_beside_its_months(company: Company, header: str) -> None:
    amounts = "100,200,300" if header.startswith("Jan") else "600,100,200"
    last = "600" if header.startswith("Jan") else "300"
    done = company.add(company.write("media.csv", f"Channel,{header}\nGoogle Ads,{amounts},{last}\n"))
    [added] = done["added"]
    assert company.figures("ad_spend", "count(*), sum(spend)") == (3, "600")
    assert "Q1 2026 is left out: it adds up Jan 2026 to Mar 2026" in added["notes"]


def test_a_quarter_that_is_not_the_sum_of_its_months_is_a_doubt(company: Company) -> None:
    path = company.write("media.csv", "Channel,Jan 2026,Feb 2026,Q1 2026\nGoogle Ads,100,200,600\n")
    said = company.refused(path)
    assert "Q1 2026 holds 600, the columns of periods within it 300" in said["message"]
    company.add(path, "--accept-doubts")
    assert company.figures("ad_spend", "sum(spend)") == ("300",)


def test_a_quarter_behind_months_that_a_workbook_keeps_as_days(company: Company) -> None:
    """The quarter was the only column called by a period, so that the months were none."""
    rows = [["Cost item", dt.date(2026, 1, 1), dt.date(2026, 2, 1), "Q1 2026"], ["Agency", 100, 200, 300]]
    company.add(company.write("costs.xlsx", book(Costs=rows)))
    assert company.figures("marketing_costs", "count(*), sum(amount)") == (2, "300")


@pytest.mark.parametrize(
    ("names", "sums"),
    [
        (["Q1 2026", "Q2 2026"], {}),
        (["Jan 26", "Feb 26", "Q1 2026"], {"Q1 2026": ["Jan 26", "Feb 26"]}),
        (["W10 2026", "W11 2026", "March 2026"], {"March 2026": ["W10 2026", "W11 2026"]}),
        (["202603", "202613", "202614"], {}),  # weeks, none of which is March
        ([*MONTHS, "Jan-26"], {}),
    ],
)
def test_which_periods_hold_others(names: list[str], sums: dict[str, list[str]]) -> None:
    assert longer_periods(names) == sums
