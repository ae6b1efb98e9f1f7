"""Sheets of sums: an agency's report, a company that counts its leads by week and has no records of them."""

import pytest

from tests.orchestration.add_source.conftest import Company

AGENCY = """\
Date,Channel,Campaign,Spend,Clicks,Leads,Qualified leads,Sales,Revenue
2024-03-01,Google Ads,Brand,120.50,80,6,3,1,900.00
2024-03-01,Meta,Spring,90.00,60,4,1,0,0
2024-03-02,Google Ads,Brand,110.00,75,5,2,2,1500.00
"""
WEEKS = """\
Неделя;Канал;Лиды;Квал лиды;Продажи;Выручка
04.03.2024;Радио;12;5;2;45000
11.03.2024;Радио;9;4;1;20000
18.03.2024;Радио;15;7;3;61000
25.03.2024;Радио;11;3;0;0
"""
PLATFORM = """\
Date,Campaign,Ad Group,Impressions,Clicks,Cost,Leads,Purchases
2024-03-01,Brand,A,1000,80,120.50,6,1
2024-03-02,Brand,A,1100,75,110.00,5,2
"""


def test_sums_beside_spend_are_a_block_of_their_own(company: Company) -> None:
    company.add(company.write("agency.csv", AGENCY))
    spend, sums = company.sheets
    _, rows = company.land("daily_results", "date, channel, campaign_name, leads, qualified_leads, won_deals, revenue")

    assert (spend["entity"], spend["fields"]["spend"], spend["fields"]["clicks"]) == ("ad_spend", "Spend", "Clicks")
    assert sums["entity"] == "daily_results"
    assert set(sums["fields"].values()) == {
        "Date", "Channel", "Campaign", "Leads", "Qualified leads", "Sales", "Revenue",
    }  # fmt: skip
    assert rows == [
        ("2024-03-01", "Google Ads", "Brand", 6, 3, 1, "900"),
        ("2024-03-01", "Meta", "Spring", 4, 1, 0, "0"),
        ("2024-03-02", "Google Ads", "Brand", 5, 2, 2, "1500"),
    ]


def test_sums_without_spend_by_week(company: Company) -> None:
    """Every date is a Monday: whether each row stands for its week is a doubt that a person settles."""
    done = company.add(company.write("недели.csv", WEEKS))
    [sums] = company.sheets

    assert (sums["entity"], sums["formats"]["delimiter"]) == ("daily_results", ";")
    assert sums["fields"] == {
        "channel": "Канал", "date": "Неделя", "leads": "Лиды", "qualified_leads": "Квал лиды", "won_deals": "Продажи",
        "revenue": "Выручка",
    }  # fmt: skip
    assert "period: week" in str(done["added"][0]) or sums["formats"].get("period") == "week"


def test_what_a_platform_claims_is_no_sum(company: Company) -> None:
    """A report by ad group is the platform's own: its leads and purchases are what it claims to have brought."""
    company.add(company.write("report.csv", PLATFORM))

    assert [block["entity"] for block in company.sheets] == ["ad_spend"]


@pytest.mark.parametrize("word", ["Total", "Ergebnis", "Итог"])
def test_totals_below_each_month(company: Company, word: str) -> None:
    """As pivot tables write them, a month of one row among them."""
    content = (
        "Month,Campaign,Impressions,Clicks,Cost\nJan 2026,A,100,10,10\nJan 2026,B,100,10,11\n"
        f"Jan 2026 {word},,200,20,21\nFeb 2026,A,100,10,10\nFeb 2026 {word},,100,10,10\nGrand total,,300,30,31\n"
    )
    said = company.add(company.write("spend.csv", content))["added"][0]
    assert (said["rows_read"], said["rows_refused"], said["rows_totals"]) == (3, 0, 3)
    assert company.figures("ad_spend", "sum(spend), max(end_date)") == ("31", "2026-02-28")


def test_totals_below_each_month_of_costs(company: Company) -> None:
    content = (
        "Month,Type,Amount\nJan 2026,Agency,100\nJan 2026,Tools,10\nJan 2026 Total,,110\n"
        "Feb 2026,Agency,100\nFeb 2026 Total,,100\n"
    )
    company.add(company.write("costs.csv", content))
    assert company.figures("marketing_costs", "count(*), sum(amount)") == (3, "210")
