"""Rows that are no records: deleted, merged, hidden, of another direction, or downloaded twice."""

import io

import openpyxl
import pytest

from tests.orchestration.add_source.conftest import Company, book

_DEALS = [["Deal ID", "Created", "Amount", "Stage", "Close Date"], [1, "2026-03-01", 100, "Won", "2026-03-20"],
          [2, "2026-03-02", 200, "Won", "2026-03-21"]]  # fmt: skip


def test_deleted_and_merged_rows_are_left_out(company: Company) -> None:
    content = (
        "Lead ID,Created At,Email,Source,Record State,Merged Into,Deleted At\n1,2026-03-01,a@x.com,Google,Active,,\n"
        "2,2026-03-02,b@x.com,Google,Active,,2026-03-09\n3,2026-03-03,c@x.com,Bing,Active,1,\n"
        "4,2026-03-13,d@x.com,Bing,Deleted,,\n"
    )
    said = company.add(company.write("leads.csv", content))
    assert company.land("leads", "lead_id")[1] == [("1",)]
    assert {
        "left out as gone: 1 row with a value in Merged Into (`where`)",
        "left out as gone: 1 row with a value in Deleted At (`where`)",
        "left out as gone: rows with 'Deleted' in Record State (`where`)",
    } <= set(said["added"][0]["notes"])


def test_a_master_of_every_record_leaves_all(company: Company) -> None:
    content = "Lead ID,Created At,Email,Source,Merged Into\n1,2026-03-01,a@x.com,Google,1\n2,2026-03-02,b@x.com,Bing,\n"
    company.add(company.write("leads.csv", content))
    assert len(company.land("leads", "lead_id")[1]) == 2


def test_calls_of_ones_own_people_are_no_leads(company: Company) -> None:
    content = (
        "Call ID,Direction,Caller Number,Call Start Time,Source\nc1,Inbound,+49301000001,2026-03-01 09:10:00,Google\n"
        "c2,Outbound,+49301000002,2026-03-01 10:10:00,\n"
    )
    said = company.refused(company.write("call_log.csv", content))
    assert "1 row with 'Outbound' in Direction: calls of your own people" in said["message"]


def test_leads_found_by_salespeople_are_leads(company: Company) -> None:
    rows = "1,2026-03-01,a@x.com,Google,Inbound\n2,2026-03-02,b@x.com,Bing,Outbound\n"
    company.add(company.write("leads.csv", f"Lead ID,Created,Email,Source,Motion\n{rows}"))
    assert len(company.land("leads", "lead_id")[1]) == 2


def test_what_took_another_record_in_is_not_left_out(company: Company) -> None:
    rows = "1,2026-03-01,a@x.com,Google,2\n3,2026-03-02,b@x.com,Bing,\n"
    said = company.refused(company.write("leads.csv", f"Lead ID,Created,Email,Source,Merged with\n{rows}"))
    assert "1 row with a value in Merged with: nothing says whether" in said["message"]


def _hidden(line: int, is_filtered: bool) -> bytes:
    made = openpyxl.load_workbook(io.BytesIO(book(Deals=_DEALS)))
    made["Deals"].row_dimensions[line].hidden = True
    if is_filtered:
        made["Deals"].auto_filter.ref = "A1:E3"
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def test_hidden_rows_are_doubted(company: Company) -> None:
    said = company.refused(company.write("deals.xlsx", _hidden(3, is_filtered=False)))
    assert "1 row of the sheet is hidden, the first in line 3" in said["message"]


def test_rows_behind_a_filter_are_read_and_said(company: Company) -> None:
    said = company.add(company.write("deals.xlsx", _hidden(3, is_filtered=True)))
    assert "1 row hidden by a filter (the first in line 3) is read" in str(said["added"][0]["notes"])
    assert company.figures("deals", "sum(amount)") == ("300",)


def test_rows_without_an_id_in_two_downloads(company: Company) -> None:
    header = "Date,Product,Amount,Status\n"
    march = "2026-03-01,A,100.00,Paid\n2026-03-30,A,200.00,Paid\n2026-03-31,B,300.00,Paid\n"
    april = "2026-03-30,A,200.00,Paid\n2026-03-31,B,300.00,Paid\n2026-04-13,B,400.00,Paid\n"
    files = [company.write("orders 1.csv", header + march), company.write("orders 2.csv", header + april)]
    said = company.refused(*files)
    assert "have 2 whole rows in common: amount of 500 would count twice" in said["message"]


def test_minutes_are_no_seconds(company: Company) -> None:
    rows = "1,2026-03-01,a@x.com,15\n2,2026-03-02,b@x.com,240\n"
    said = company.add(company.write("leads.csv", f"Lead ID,Created,Email,Response time (min)\n{rows}"))
    assert "Response time (min) is in longer units, and response_seconds are seconds" in str(said["added"][0]["notes"])
    assert "response_seconds" not in said["added"][0]["fields"]


@pytest.mark.parametrize("header", ["No", "Nr", "Num", "Numero"])
def test_a_counter_of_rows_is_no_id(company: Company, header: str) -> None:
    """Each file begins with 1 again: the second one's rows would take the place of the first one's."""
    said = f"{header},Created,Amount,Stage\n"
    files = [
        company.write("jan.csv", f"{said}1,2026-01-05,100,Won\n2,2026-01-09,200,Won\n"),
        company.write("feb.csv", f"{said}1,2026-02-03,300,Won\n2,2026-02-07,50,Lost\n"),
    ]
    company.add(*files, "--entity", "deals")
    assert company.figures("deals", "sum(amount)") == ("650",)


def test_a_total_is_no_id(company: Company) -> None:
    rows = "2026-03-01,Ann Abel,A,100.50,Won\n2026-03-30,Bo Bly,A,200.25,Won\n"
    company.add(company.write("orders.csv", f"Order date,Customer name,Product,Order total,Status\n{rows}"))
    assert company.figures("deals", "sum(amount)") == ("300.75",)


def test_answers_of_an_api_in_their_wrapping(company: Company) -> None:
    record = '{"id": "1", "properties": {"amount": "12.5", "dealstage": "closedwon", "closedate": "2026-03-20"}}'
    company.add(company.write("deals.json", f'{{"results": [{record}]}}'))
    assert company.land("deals", "deal_id, amount, closed_at")[1] == [("1", "12.5", "2026-03-20")]


@pytest.mark.parametrize(
    "table",
    [
        "id,created_at,amount,status,deleted_at\n1,2026-03-01,900,Won,NULL\n2,2026-03-02,50,Won,2026-03-09\n",
        "Deal ID,Created,Amount,Status,Notes\n1,2026-03-01,850,Won,Total for 3 seats\n2,2026-03-02,50,Won,\n",
        "Deal ID,Created,Amount,Status,Lost reason\n1,2026-03-01,900,Won,\n2,2026-03-02,50,Lost,Budget\n",
        "Order ID,Order Date,Type,Amount,Status\n1,2026-03-01,New,850,paid\n2,2026-03-02,Returning customer,50,paid\n",
        "Order ID,Order Date,Ship State,Amount\n1,2026-03-01,CA,850\n2,2026-03-02,NY,50\n",
        "Deal ID,Created,Amount,Status,Notes\n1,2026-03-01,850,Won,Total: 3 seats\n2,2026-03-02,50,Won,later\n",
        "Deal ID,Created,Amount,Status,Objection\n1,2026-03-01,850,Won,\n2,2026-03-02,50,Won,Budget\n",
        "Deal ID,Created,Amount,Status,Won time,Person birthday\n1,2026-03-01,900,Won,2026-03-09,\n"
        "2,2026-03-02,,Open,,1990-03-09\n",
    ],
    ids=[
        "a word for nothing",
        "a remark",
        "a reason",
        "a kind of customer",
        "a state of the country",
        "a remark behind a mark",
        "an objection",
        "a birthday",
    ],
)
def test_what_only_looks_like_it_takes_nothing_away(company: Company, table: str) -> None:
    company.add(company.write("orders.csv", table))
    won = "sum(case when coalesce(status, '') not in ('Lost') then amount end)"
    assert company.figures("deals", won) == ("900",)


def test_two_rules_leave_out_by_one_column(company: Company) -> None:
    """A total and what was deleted stand in the same column: neither rule forgets what the other one found."""
    rows = "1,2026-03-01,100,Won,2026-03-20\n2,2026-03-02,50,Deleted,2026-03-21\n3,2026-03-03,70,Lost,2026-03-22\n"
    path = company.write("deals.csv", f"Deal ID,Created,Amount,Stage,Close Date\n{rows},,220,Total,\n")
    company.add(path)
    assert company.figures("deals", "count(*), sum(amount)") == (2, "170")
