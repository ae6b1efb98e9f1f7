"""Several tables in one text file, as analytics of websites export them: said, never mixed."""

from pathlib import Path

from orchestration.add_source.further_tables import further_tables
from tests.orchestration.add_source.conftest import Company

LINE = "# ----------------------------------------\n"
SPAN = "# Start date: 20260301\n# End date: 20260303\n"
CAMPAIGNS = "Session campaign,Clicks,Cost,Impressions\nSpring,10,12.50,1000\nSummer,11,13.50,1100\n"


def test_the_first_of_several_tables_is_another(company: Company) -> None:
    users = "".join(f"{day:04},12\n" for day in range(40))
    content = (
        f"{LINE}# Overview\n{LINE}{SPAN}Nth day,Active users\n{users}\n{SPAN}{CAMPAIGNS}\n"
        f"{SPAN}Town,Newcomers\nBerlin,5\nParis,6\n"
    )
    said = company.refused(company.write("data-export.csv", content))
    assert (
        "it holds several tables, another from line 50 (Session campaign, Clicks, Cost, Impressions), another from "
        "line 56 (Town, Newcomers): put the one that is meant into a file of its own"
    ) in said["message"]


def test_the_first_of_several_tables_is_the_one(company: Company) -> None:
    days = "Date,Campaign,Clicks,Cost,Impressions\n20260301,A,10,12.50,1000\n20260302,B,11,13.50,1100\n"
    content = f"{days}\nDate,Active users\n20260301,5\n20260302,6\n"
    said = company.refused(company.write("data-export.csv", content))
    assert "another table begins in line 5 (Date, Active users)" in said["message"]


def test_one_table_below_its_period(company: Company) -> None:
    company.add(company.write("data-export.csv", f"{LINE}# Campaigns\n{SPAN}{LINE}{CAMPAIGNS}"))
    figures = company.figures("ad_spend", "count(*), sum(spend), min(start_date), max(end_date)")
    assert figures == (2, "26", "2026-03-01", "2026-03-03")


def test_parts_of_one_table_are_not_several(company: Company) -> None:
    header = "Date,Campaign,Clicks,Cost\n"
    content = (
        f"Account,Blue\nDay,2026-03-02\n\n{header}2026-03-01,A,10,5\n\n2026-03-02,B,11,6\n\n{header}2026-03-03,A,1,5\n"
    )
    said = company.add(company.write("report.csv", content))["added"][0]
    assert said["rows_read"] == 3


def test_a_row_after_a_blank_line_begins_no_table(company: Company) -> None:
    """Without its phone the row has no number at its beginning, and its stage is called as a column may be."""
    content = (
        "Id,Date,Name,Phone,Source,Stage\n"
        'L-1,"Mar 1, 2026",Ann,+491701234567,Google,New\n\n'
        'L-2,"Mar 2, 2026",Bob,,Google,Lead\nL-3,"Mar 3, 2026",Cid,+491701234568,Google,New\n'
    )
    assert not tables(company, content)


def test_a_row_of_words_that_name_columns_shares_them_with_the_rows_above(company: Company) -> None:
    content = "Metric,Kind,Value\nClicks,Total,10\n\nCost,Total,none\nImpressions,Total,20\n"
    assert not tables(company, content)
    assert tables(company, content.replace("Cost,Total,none", "Cost,Clicks,none")) == ("line 4 (Cost, Clicks, none)",)


def test_why_a_file_of_several_tables_is_left_out_tells_what_it_lacks_too(company: Company) -> None:
    content = "Campaign,Device,Clicks\nSpring,TV,10\nSummer,TV,11\n\nCountry,Clicks\nDE,5\n"
    said = company.refused(company.write("data.csv", content))["message"]
    assert "nearest is ad_spend, but lacks" in said
    assert "it holds several tables, another from line 5 (Country, Clicks): put the one" in said


def tables(company: Company, content: str) -> tuple[str, ...]:
    path = Path(company.write("rows.csv", content))
    return further_tables(path, ",", content.partition("\n")[0].split(","))
