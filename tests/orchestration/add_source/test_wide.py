"""Trackers kept by hand: a column for each channel, months without a year, lines quoted as a whole."""

import pytest

from tests.orchestration.add_source.conftest import Company


@pytest.mark.parametrize("mark", ["", " spend", " cost (EUR)"])
def test_a_column_for_each_channel(company: Company, mark: str) -> None:
    header = ",".join(f"{name}{mark}" for name in ("Google Ads", "Meta", "Newsletter"))
    rows = "2026-03-01,100,50,10,160\n2026-03-02,200,100,20,320\n"
    company.add(company.write("spend.csv", f"Date,{header},Total\n{rows}"))
    assert company.figures("ad_spend", "count(*), sum(spend), max(date)") == (6, "480", "2026-03-02")
    [block] = company.sheets
    assert (block["unfold"]["into"], block["fields"]["date"]) == ("channel", "Date")


def test_a_column_for_each_channel_and_a_row_for_each_month(company: Company) -> None:
    company.add(company.write("spend.csv", "Month,Google Ads,Meta\n2026-01,310,31\n2026-02,280,28\n"))
    figures = company.figures("ad_spend", "sum(spend), min(start_date), max(end_date)")
    assert figures == ("649", "2026-01-01", "2026-02-28")


def test_counts_of_channels_are_no_money(company: Company) -> None:
    said = company.refused(company.write("x.csv", "Date,Google clicks,Meta clicks\n2026-03-01,10,20\n"))
    assert "can't tell what it is" in said["message"]


@pytest.mark.parametrize(
    ("content", "hint"),
    [
        ("Category,Jan,Feb\nAgency,100,200\n", "Jan, Feb … are months without a year: call them such as `Jan 2026`"),
        ('"Date,Campaign,Cost"\n"2026-03-01,Brand,10.00"\n', "each of its lines stands in quotes as a whole"),
        ("Year,Month,Channel,Spend\n2026,1,Google Ads,100\n", "Month and Year stand apart"),
    ],
)
def test_what_would_help(company: Company, content: str, hint: str) -> None:
    assert hint in company.refused(company.write("spend.csv", content))["message"]


def test_the_value_that_is_no_date_is_shown(company: Company) -> None:
    """Of a report whose lines below are most of its lines, a day that can be read was said not to be one."""
    below = "".join(f"{word}:,some text,,\n" for word in ("Filter", "Account", "Zone", "Made"))
    content = f"Date,Campaign,Impressions,Cost\n2026/03/01,A,10,1.50\n{below}"
    assert "'2026/03/01' can't be read" not in company.refused(company.write("spend.csv", content))["message"]
