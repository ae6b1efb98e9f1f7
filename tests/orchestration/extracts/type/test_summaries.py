"""Rows that only add up the others are left out and counted, whatever they call themselves."""

import re
from typing import Any

import pytest

from orchestration.extracts.type.summary_words import whole_label
from tests.orchestration.extracts.conftest import Workspace

SPEND = {"date": "Day", "campaign_name": "Campaign", "clicks": "Clicks", "spend": "Cost"}
ROWS = "2026-03-01,Brand,10,20.50\n2026-03-01,Generic,30,40.25\n2026-03-02,Brand,5,9.25\n"


def _land(workspace: Workspace, entity: str, content: str, **block: Any) -> Any:
    workspace.write("report.csv", content)
    return workspace.land(entity, {"files": "report.csv", **block})


def _spend(workspace: Workspace, content: str) -> tuple[Any, str]:
    result = _land(workspace, "ad_spend", content, fields=SPEND, constants={"platform": "ads"})
    (money,) = workspace.rows("select cast(sum(cast(spend as decimal(18, 2))) as varchar) from raw_sheets.ad_spend")
    return result, money[0]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(f"Day,Campaign,Clicks,Cost\n{ROWS}Total: Campaigns, --,45,70.00\n", id="label below"),
        pytest.param(f"Day,Campaign,Clicks,Cost\n2026-03-01,,45,70.00\n{ROWS}", id="no label, on top"),
        pytest.param(f"Day,Campaign,Clicks,Cost\n{ROWS},,45,70.00\n", id="no label, no day"),
        pytest.param(f"Day,Campaign,Clicks,Cost\n{ROWS}2026-03-02,Итого,45,70.00\n", id="label in place of a name"),
        pytest.param(f"Day,Campaign,Clicks,Cost\n{ROWS}Total march,,45,70.00\n", id="label with more words"),
    ],
)
def test_a_row_that_adds_up_the_others_is_a_total(workspace: Workspace, content: str) -> None:
    result, money = _spend(workspace, content)
    assert (result.rows_in, result.rows_landed, result.rows_totals, money) == (4, 3, 1, "70.00")
    assert not result.notes


@pytest.mark.parametrize(
    "label",
    ["Totaal", "Totale complessivo", "Total général", "Ergebnis", "Totalt", "I alt", "Yhteensä", "Razem", "Celkem",
     "Összesen", "Genel Toplam", "Разом", "Σύνολο", "合計", "总计", "총합계", "Suma końcowa"],
)  # fmt: skip
def test_a_total_is_told_in_many_languages_though_it_lacks_no_name(workspace: Workspace, label: str) -> None:
    """In a report without days the label stands where the campaigns do: nothing is empty that others have."""
    result = _land(
        workspace,
        "ad_spend",
        f"Campaign,Clicks,Cost\nBrand,10,20.50\nGeneric,30,40.25\nVideo,5,9.25\n{label},45,70.00\n",
        fields={"campaign_name": "Campaign", "clicks": "Clicks", "spend": "Cost"},
        constants={"start_date": "2026-03-01", "end_date": "2026-03-31"},
    )
    assert (result.rows_landed, result.rows_totals, result.notes) == (3, 1, [])


def test_totals_of_parts_beside_one_of_all_are_no_doubt(workspace: Workspace) -> None:
    content = (
        f"Day,Campaign,Clicks,Cost\n{ROWS}Total: Account,,45,70\nTotal: Search,,15,29.75\nTotal: Video,,30,40.25\n"
    )
    result, money = _spend(workspace, content)
    assert (result.rows_totals, money, result.notes) == (3, "70.00", [])


def test_a_report_may_have_more_totals_than_campaigns(workspace: Workspace) -> None:
    """Google's have one of all, one of the account and one of each network; each network has one campaign here."""
    result = _land(
        workspace,
        "ad_spend",
        "Status,Campaign,Cost\nEnabled,Brand,10\nEnabled,Video,5\nTotal: Campaigns, --,15\nTotal: Account,,15\n"
        "Total: Search,,10\nTotal: Video,,5\n",
        fields={"campaign_name": "Campaign", "spend": "Cost"},
        constants={"start_date": "2026-03-01", "end_date": "2026-03-31"},
        formats={"null_values": ["", "--"]},
    )
    assert (result.rows_landed, result.rows_totals, result.notes) == (2, 4, [])


def test_a_subtotal_after_each_group(workspace: Workspace) -> None:
    result, money = _spend(
        workspace,
        "Day,Campaign,Clicks,Cost\n2026-03-01,Brand,1,2\n2026-03-01,Generic,2,3\nSubtotal,,3,5\n"
        "2026-03-02,Brand,4,5\n2026-03-02,Generic,6,7\nSubtotal,,10,12\n",
    )
    assert (result.rows_totals, money, result.notes) == (2, "17.00", [])


def test_a_total_after_each_day_though_some_have_one_campaign(workspace: Workspace) -> None:
    result, money = _spend(
        workspace,
        "Day,Campaign,Clicks,Cost\n2026-03-01,Brand,1,2\n2026-03-01,Total,1,2\n"
        "2026-03-02,Brand,4,5\n2026-03-02,Total,4,5\n",
    )
    assert (result.rows_totals, money, result.notes) == (2, "7.00", [])


def test_a_campaign_that_is_called_total_stays_where_its_days_do_not_add_up(workspace: Workspace) -> None:
    result, money = _spend(
        workspace,
        "Day,Campaign,Clicks,Cost\n2026-03-01,Brand,1,2\n2026-03-01,Total,1,2\n"
        "2026-03-02,Brand,4,5\n2026-03-02,Total,7,6\n",
    )
    assert (result.rows_totals, money, len(result.notes)) == (0, "15.00", 2)


def test_a_total_that_does_not_add_up_is_left_out_and_said(workspace: Workspace) -> None:
    result, money = _spend(workspace, f"Day,Campaign,Clicks,Cost\n{ROWS}Total,,45,75.5\n")
    assert (result.rows_totals, money) == (1, "70.00")
    (note,) = result.notes
    assert note == "report.csv: line 5 ('total') does not add up the others: Cost 75.5, the rows 70; it is left out"
    assert workspace.rows("select rows_totals, totals_doubted from landing.files") == [(1, 1)]


@pytest.mark.parametrize(
    "row",
    [
        pytest.param("2026-03-02,Total Body Workout,15,29.75", id="a campaign that begins with the word"),
        pytest.param("2026-03-02,,45,71.00", id="no name, another sum"),
        pytest.param("2026-03-02,Subscriptions,45,70.00", id="a name of its own, the sum of the others"),
    ],
)
def test_what_is_no_total_stays(workspace: Workspace, row: str) -> None:
    result, _ = _spend(workspace, f"Day,Campaign,Clicks,Cost\n{ROWS}{row}\n")
    assert (result.rows_landed, result.rows_totals) == (4, 0)


@pytest.mark.parametrize("name", ["Brand 2026 Gesamt", "Q1-2026 - Total", "Norton 2024 Total", "Sale 2026 Summe"])
@pytest.mark.parametrize(("numbers", "totals"), [("9,9", 0), ("7,10", 1)])
def test_a_name_with_a_year_is_a_total_only_where_it_adds_up(
    workspace: Workspace, name: str, numbers: str, totals: int
) -> None:
    rows = "A,2026-03-01,1,2\nB,2026-03-01,3,4\nC,2026-03-02,3,4\n"
    result, _ = _spend(workspace, f"Campaign,Day,Clicks,Cost\n{rows}{name},,{numbers}\n")
    assert (result.rows_landed, result.rows_totals) == (4 - totals, totals)


@pytest.mark.parametrize(
    "label", ["Jan 2026 Total", "März 2026 Ergebnis", "Q1 2026 Total", "KW 12 2026 Summe", "2026 Итог", "2026-01 Total"]
)
def test_what_pivot_tables_write_below_a_period_is_a_label(label: str) -> None:
    assert re.match(whole_label(), label.lower())


def test_merged_names_are_no_totals(workspace: Workspace) -> None:
    """A second row of the same campaign, whose name is left blank, may happen to equal the one above."""
    result, _ = _spend(
        workspace, "Day,Campaign,Clicks,Cost\n2026-03-01,Brand,1,10\n2026-03-02,,1,10\n2026-03-03,B,1,7\n"
    )
    assert (result.rows_landed, result.rows_totals) == (3, 0)


def test_a_deal_that_is_called_like_a_total_and_is_not_closed_yet_is_a_deal(workspace: Workspace) -> None:
    rows = "Abel,1,Won,100,2026-03-01\nTotal: renewal,2,Open,,\nCobb,3,Lost,,2026-03-02\n"
    result = _land(workspace, "deals", f"Name,Deal ID,Stage,Amount,Closed\n{rows}", fields={"closed_at": "Closed"})
    assert (result.rows_landed, result.rows_totals) == (3, 0)


def test_the_lines_below_a_report_are_no_deals(workspace: Workspace) -> None:
    result = _land(
        workspace,
        "deals",
        "Opportunity ID,Stage,Amount,Close Date\n006A1,Closed Won,1000,2026-03-15\n006A2,Open,500,2026-04-02\n"
        '\n"Grand Totals (2 records)"\n"Confidential Information - Do Not Distribute"\n'
        '"Copyright (c) 2000-2026 salesforce.com, inc. All rights reserved."\n"Generated By:  Sam Sales"\n'
        '"Example AG"\n',
        fields={"deal_id": "Opportunity ID", "stage": "Stage", "amount": "Amount", "closed_at": "Close Date"},
    )
    assert (result.rows_landed, result.rows_totals, result.notes) == (2, 5, [])


def test_totals_of_unfolded_months(workspace: Workspace) -> None:
    result = _land(
        workspace,
        "marketing_costs",
        "Item,Jan 2026,Feb 2026\nTools,10,20\nAgency,30,\nTotal,40,20\n",
        fields={"cost_type": "Item", "month": "month", "amount": "amount"},
        unfold={"columns": ["Jan 2026", "Feb 2026"], "into": "month", "value": "amount"},
    )
    assert (result.rows_landed, result.rows_totals) == (3, 1)


def test_what_stays_keeps_its_line_number(workspace: Workspace) -> None:
    _land(
        workspace,
        "deals",
        "Id,Stage,Sum\nTotal,,30\nd1,Won,10\nd2,Won,20\n",
        fields={"deal_id": "Id", "stage": "Stage", "amount": "Sum"},
    )
    assert workspace.rows("select deal_id, _row from raw_sheets.deals order by 1") == [("d1", 3), ("d2", 4)]
