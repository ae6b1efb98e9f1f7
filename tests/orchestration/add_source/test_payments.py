"""What payment systems and books write beside sales: credit notes, claims of platforms, chargebacks, totals."""

import json

import pytest

from tests.orchestration.add_source.conftest import Company


@pytest.mark.parametrize("kind", ["Credit note", "Refund", "Gutschrift", "Payout"])
def test_what_is_no_sale_though_its_amount_bears_no_minus(company: Company, kind: str) -> None:
    rows = f"1001,Invoice,2026-03-01,100.00,Paid\nCN-1,{kind},2026-03-13,50.00,Paid\n"
    said = company.refused(company.write("invoices.csv", f"Invoice number,Type,Date,Amount,Status\n{rows}"))
    assert f"1 rows are called '{kind}' (Type), and their Amount bears no minus (50.00)" in said["message"]
    assert f"`where: {{not: {{Type: [{kind}]}}}}`" in said["message"]


def test_withdrawals_and_refunds_are_named_together(company: Company) -> None:
    rows = "T1,01/03/2026,Payment,119.00,Paid\nT2,14/03/2026,Payout,-59.50,Paid\nT3,15/03/2026,Refund,-9,Paid\n"
    said = company.refused(company.write("payments.csv", f"Transaction ID,Date,Type,Gross,Status\n{rows}"))
    assert "where: {not: {Type: [Payout, Refund]}}" in said["message"]


def test_leads_and_purchases_of_one_platform_are_what_it_claims(company: Company) -> None:
    content = "Day,Campaign,Cost,Impressions,Clicks,Leads,Purchases\n2026-03-01,A,100.00,1000,10,5,3\n"
    company.add(company.write("report.csv", content))
    assert [block["entity"] for block in company.sheets] == ["ad_spend"]


def test_a_chargeback_is_not_all_that_was_won(company: Company) -> None:
    rows = "P1,2026-03-01,100.00,Booked\nP2,2026-03-14,80.00,Chargeback\n"
    said = company.refused(company.write("payments.csv", f"Payment ID,Payment date,Amount,Status\n{rows}"))
    assert "nothing says which deals were won: Status holds Booked" in said["message"]


def test_what_was_given_back_in_the_answer_of_an_api(company: Company) -> None:
    money = {"amount": {"value": "100.00", "currency": "EUR"}, "amountRefunded": {"value": "20.00", "currency": "EUR"}}
    payments = [
        {"id": "tr_1", "status": "paid", "paidAt": "2026-03-01T09:05:00+00:00", **money},
        {"id": "tr_2", "status": "paid", "paidAt": "2026-03-02T09:05:00+00:00", "amount": money["amount"]},
    ]
    company.add(company.write("payments.json", json.dumps({"payments": payments})))
    assert company.figures("refunds", "count(*), sum(amount), min(deal_id)") == (1, "20", "tr_1")


BOOKS = """\
Customer,Date,Transaction type,Num,Amount,Balance
Big Corp,,,,,
,03/13/2026,Invoice,1001,"1,200.00","1,200.00"
,03/20/2026,Invoice,1002,300.00,"1,500.00"
Total for Big Corp,,,,"1,500.00",
Small Ltd,,,,,
,03/15/2026,Invoice,1003,100.00,100.00
Total for Small Ltd,,,,100.00,
TOTAL,,,,"1,600.00",
"""


def test_books_grouped_by_customer(company: Company) -> None:
    """The totals below each customer were won deals, and the lines with the names were, too."""
    path = company.write("Sales by Customer Detail.csv", BOOKS)
    assert "2 lines hold nothing but Customer" in company.refused(path)["message"]
    company.add(path, "--accept-doubts")
    assert company.figures("deals", "sum(amount)") == ("1600",)
