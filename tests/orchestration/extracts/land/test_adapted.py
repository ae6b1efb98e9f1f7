"""Sheets whose cells say more than one value or in another way: periods, columns that are months, signs, serials."""

import datetime as dt
import io
from typing import Any

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from tests.orchestration.extracts.conftest import Workspace

SPEND = "date, start_date, end_date, campaign_name, spend"


def texts(rows: list[tuple[Any, ...]]) -> list[tuple[str | None, ...]]:
    """Values as text, whatever type the raw table keeps them in; amounts without trailing zeros."""
    return [tuple(None if value is None else text(value) for value in row) for row in rows]


def text(value: Any) -> str:
    written = value.isoformat(sep=" ") if isinstance(value, dt.datetime) else str(value)
    written = written.removesuffix("+00")
    return written.rstrip("0").rstrip(".") if "." in written and written.replace(".", "").isdigit() else written


def workbook(rows: list[list[Any]], merged: tuple[str, ...] = ()) -> bytes:
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    for cells in merged:
        made.active.merge_cells(cells)
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def test_a_week_becomes_its_first_and_last_day_and_a_total_is_left_out(workspace: Workspace) -> None:
    workspace.write("spend.csv", "Week,Campaign,Cost\n05/01/2026,Brand,700.00\n12/01/2026,Brand,50.00\nTotal,,750.00\n")
    formats = {"date": "%d/%m/%Y", "period": "week"}
    fields = {"date": "Week", "campaign_name": "Campaign", "spend": "Cost"}

    done = workspace.land("ad_spend", {"files": "spend.csv", "formats": formats, "fields": fields})

    assert texts(
        workspace.rows(f"select {SPEND} from raw_sheets.ad_spend where campaign_name is not null order by _row")
    ) == [
        (None, "2026-01-05", "2026-01-11", "Brand", "700"),
        (None, "2026-01-12", "2026-01-18", "Brand", "50"),
    ]
    assert (done.rows_unreadable, done.rows_totals) == (0, 1)


def test_months_quarters_and_ranges_in_one_column_of_costs(workspace: Workspace) -> None:
    rows = "Jan 2026,10\nQ2 2026,20\n05.01-11.01.2026,30\n"
    workspace.write("costs.csv", f"Month,Amount\n{rows}")
    sheet = {"files": "costs.csv", "formats": {"period": "range"}, "constants": {"cost_type": "tools"}}

    workspace.land("marketing_costs", sheet)

    found = workspace.rows("select month, start_date, end_date, amount from raw_sheets.marketing_costs order by _row")
    assert texts(found) == [
        (None, "2026-01-01", "2026-01-31", "10"),
        (None, "2026-04-01", "2026-06-30", "20"),
        (None, "2026-01-05", "2026-01-11", "30"),
    ]


@pytest.mark.parametrize(
    ("ranges", "first"),
    [
        (("01/02/2026 - 07/02/2026", "15/02/2026 - 21/02/2026"), "2026-02-01"),
        (("01/02/2026 - 01/08/2026", "01/15/2026 - 01/21/2026"), "2026-01-02"),
    ],
)
def test_one_range_tells_for_all_whether_the_day_or_the_month_stands_first(
    workspace: Workspace, ranges: tuple[str, str], first: str
) -> None:
    workspace.write("spend.csv", "date,spend\n" + "".join(f"{days},10\n" for days in ranges))
    sheet = {"files": "spend.csv", "formats": {"period": "range"}, "constants": {"platform": "x"}}

    workspace.land("ad_spend", sheet)

    assert texts(workspace.rows("select min(start_date) from raw_sheets.ad_spend")) == [(first,)]


def test_ranges_that_may_be_day_or_month_first_refuse_the_file(workspace: Workspace) -> None:
    workspace.write("spend.csv", "date,spend\n01/02/2026 - 07/02/2026,10\n")
    sheet = {"files": "spend.csv", "formats": {"period": "range"}, "constants": {"platform": "x"}}

    assert workspace.land("ad_spend", sheet).refused["spend.csv"] == (
        "holds ranges of days that may be day or month first, such as '01/02/2026 - 07/02/2026': "
        "set formats.date to %d/%m/%Y or %m/%d/%Y"
    )


def test_months_as_columns_become_rows(workspace: Workspace) -> None:
    workspace.write("costs.csv", "Kind,Jan 2026,Feb 2026,Total\nTools,10,20,30\nSEO,-,5,5\n")
    unfold = {"columns": ["Jan 2026", "Feb 2026"], "into": "month", "value": "amount"}
    sheet = {"files": "costs.csv", "fields": {"cost_type": "Kind"}, "unfold": unfold,
             "formats": {"null_values": ["", "-"]}}  # fmt: skip

    done = workspace.land("marketing_costs", sheet)

    found = workspace.rows("select month, cost_type, amount, _row from raw_sheets.marketing_costs order by _row, month")
    assert texts(found) == [
        ("2026-01-01", "Tools", "10", "2"), ("2026-02-01", "Tools", "20", "2"), ("2026-02-01", "SEO", "5", "3"),
    ]  # fmt: skip
    assert done.refused == {}


def test_a_column_to_unfold_that_is_not_there_refuses_the_file(workspace: Workspace) -> None:
    workspace.write("costs.csv", "Kind,Jan 2026\nTools,10\n")
    unfold = {"columns": ["Jan 2027"], "into": "month", "value": "amount"}

    done = workspace.land("marketing_costs", {"files": "costs.csv", "fields": {"cost_type": "Kind"}, "unfold": unfold})

    assert "lacks columns to unfold: Jan 2027" in done.refused["costs.csv"]


def test_a_column_in_a_zone_of_its_own(workspace: Workspace) -> None:
    workspace.write("deals.csv", "Id,Created (UTC),Closed\n1,2026-01-01 12:00,2026-01-02 12:00\n")
    fields = {"deal_id": "Id", "created_at": "Created (UTC)", "closed_at": "Closed"}
    sheet = {"files": "deals.csv", "fields": fields, "timezone": "Europe/Berlin"}

    workspace.land("deals", {**sheet, "timezones": {"Created (UTC)": "UTC"}})

    assert texts(workspace.rows("select created_at, closed_at from raw_sheets.deals")) == [
        ("2026-01-01 12:00:00", "2026-01-02 11:00:00")
    ]


def test_serial_days_are_read_where_a_column_is_all_serials(workspace: Workspace) -> None:
    rows = [["Lead ID", "Created", "Closed"], [1, 46082.4375, 46082], [2, 46083, "2026-03-02"]]
    workspace.write("leads.xlsx", workbook(rows))
    fields = {"lead_id": "Lead ID", "created_at": "Created", "qualified_at": "Closed"}

    done = workspace.land("leads", {"files": "leads.xlsx", "fields": fields})

    assert texts(workspace.rows("select created_at from raw_sheets.leads order by _row")) == [
        ("2026-03-01 10:30:00",), ("2026-03-02",),
    ]  # fmt: skip
    assert done.rows_unreadable == 1  # 46082 beside a day that is written out may be anything


def test_serial_days_of_a_workbook_that_counts_from_1904(workspace: Workspace) -> None:
    made = openpyxl.Workbook()
    made.epoch = CALENDAR_MAC_1904
    for row in (["Lead ID", "Created"], [1, 44620], [2, 44621.5]):
        made.active.append(row)
    made.save(workspace.path / "leads.xlsx")
    fields = {"lead_id": "Lead ID", "created_at": "Created"}

    workspace.land("leads", {"files": "leads.xlsx", "fields": fields})

    assert texts(workspace.rows("select created_at from raw_sheets.leads order by _row")) == [
        ("2026-03-01",), ("2026-03-02 12:00:00",),
    ]  # fmt: skip


def test_merged_cells_and_two_rows_of_headers(workspace: Workspace) -> None:
    rows = [["Media plan", None, None, None], ["Date", "Channel", "Google", None], [None, None, "Clicks", "Spend"],
            ["2026-01-05", "Search", 5, 10], ["2026-01-06", None, 6, 20], ["2026-01-06", None, 7, 30]]  # fmt: skip
    workspace.write("media.xlsx", workbook(rows, ("A1:D1", "A2:A3", "C2:D2", "B4:B5")))
    sheet = {"files": "media.xlsx", "formats": {"skip_rows": 1, "header_rows": 2}}

    workspace.land("ad_spend", sheet)

    assert texts(workspace.rows("select channel, clicks, spend from raw_sheets.ad_spend order by _row")) == [
        ("Search", "5", "10"), ("Search", "6", "20"), (None, "7", "30"),
    ]  # fmt: skip


def test_an_amount_that_is_merged_over_rows_counts_once(workspace: Workspace) -> None:
    rows = [["Deal ID", "Stage", "Amount"], [1, "Won", 900], [2, None, None], [3, None, 50]]
    workspace.write("deals.xlsx", workbook(rows, ("B2:B4", "C2:C3")))

    workspace.land("deals", {"files": "deals.xlsx"})

    assert texts(workspace.rows("select deal_id, stage, amount from raw_sheets.deals order by _row")) == [
        ("1", "Won", "900"), ("2", "Won", None), ("3", "Won", "50"),
    ]  # fmt: skip


def test_two_rows_of_headers_in_text_whose_names_come_twice(workspace: Workspace) -> None:
    workspace.write("media.csv", "Date,Google,,Meta,\n,Clicks,Spend,Clicks,Spend\n2026-01-05,5,10,6,20\n")
    sheet = {"files": "media.csv", "formats": {"header_rows": 2}, "fields": {"spend": "Meta Spend"}}

    workspace.land("ad_spend", sheet)

    assert texts(workspace.rows("select date, spend from raw_sheets.ad_spend")) == [("2026-01-05", "20")]


def test_labels_of_currencies_are_codes(workspace: Workspace) -> None:
    labels = ("€", "Euro", "eur", "US$", "Euro (EUR)", "руб.", "Swiss Franc", "", "$")
    rows = "".join(f"{n},10,{label}\n" for n, label in enumerate(labels))
    workspace.write("deals.csv", f"deal_id,amount,currency\n{rows}")

    workspace.land("deals", {"files": "deals.csv", "currency": "GBP"})

    assert [row[0] for row in workspace.rows("select currency from raw_sheets.deals order by _row")] == [
        "EUR", "EUR", "EUR", "USD", "EUR", "RUB", "CHF", "GBP", "$",
    ]  # fmt: skip


def test_amounts_of_several_currencies_are_each_in_their_own(workspace: Workspace) -> None:
    amounts = ('"US$1,200.00"', '"€1,000.00"', '"R$ 5,000.00"', "£300.00", "400.00", "$5.00")
    rows = "".join(f"{n},{amount}\n" for n, amount in enumerate(amounts))
    workspace.write("deals.csv", f"deal_id,amount\n{rows}")

    workspace.land("deals", {"files": "deals.csv", "formats": {"thousands": ","}})

    assert texts(workspace.rows("select amount, currency from raw_sheets.deals order by _row")) == [
        ("1200", "USD"), ("1000", "EUR"), ("5000", "BRL"), ("300", "GBP"), ("400", None), ("5", "$"),
    ]  # fmt: skip


def test_a_sign_that_all_amounts_bear_says_nothing_against_the_settings(workspace: Workspace) -> None:
    workspace.write("deals.csv", "deal_id,amount\n1,€10\n2,€20\n")

    workspace.land("deals", {"files": "deals.csv", "currency": "GBP"})

    assert workspace.rows("select distinct currency from raw_sheets.deals") == [("GBP",)]


def test_prefixes_that_forms_put_before_ids_are_none_of_them(workspace: Workspace) -> None:
    workspace.write(
        "leads.csv", "lead_id,created_at,campaign_id\nl:106,2026-01-01,c:1202\nl:107,2026-01-01,organic:1\n"
    )

    workspace.land("leads", {"files": "leads.csv"})

    assert workspace.rows("select lead_id, campaign_id from raw_sheets.leads order by _row") == [
        ("106", "1202"), ("107", "organic:1"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (("123.0", "", "nan", "124.0"), ["123", None, None, "124"]),
        (("123.0", "", "124.0", "A-7"), ["123.0", None, "124.0", "A-7"]),
    ],
    ids=["all of them", "among others"],
)
def test_ids_that_a_program_keeps_as_fractions_are_whole(
    workspace: Workspace, written: tuple[str, ...], expected: list[str | None]
) -> None:
    """Where a column has empty cells, pandas writes 123 as 123.0, which is the id of no lead."""
    rows = "".join(f"{number},{lead},100\n" for number, lead in enumerate(written))
    workspace.write("deals.csv", f"deal_id,lead_id,amount\n{rows}")
    workspace.land("deals", {"files": "deals.csv", "formats": {"null_values": ["", "nan"]}})
    assert [row[0] for row in workspace.rows("select lead_id from raw_sheets.deals order by _row")] == expected
