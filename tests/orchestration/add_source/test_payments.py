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


@pytest.mark.parametrize(
    ("flag", "value", "other"),
    [
        ("Captured", "false", "true"),
        ("livemode", "false", "true"),
        ("Refunded?", "1", "0"),
        ("Disputed", "yes", "no"),
        ("Refunded", "oui", "non"),
    ],
)
def test_a_flag_that_takes_a_sale_back(company: Company, flag: str, value: str, other: str) -> None:
    rows = f"1,2026-03-01,100.00,paid,{other}\n2,2026-03-14,200.00,paid,{value}\n"
    said = company.refused(company.write("payments.csv", f"Payment ID,Payment date,Amount,Status,{flag}\n{rows}"))
    assert f"1 rows have '{value}' in {flag}" in said["message"]
    assert f"where: {{not: {{{flag}: [{value}]}}}}" in said["message"]


def test_a_charge_that_failed_was_not_captured(company: Company) -> None:
    rows = "1,2026-03-01,100.00,Paid,true\n2,2026-03-14,200.00,Failed,false\n3,2026-03-15,30,Pending,false\n"
    company.add(company.write("payments.csv", f"Payment ID,Payment date,Amount,Status,Captured\n{rows}"))


def test_a_status_under_an_unknown_name_is_no_reason_to_win_all(company: Company) -> None:
    rows = "1,2026-03-01,100.00,Booked\n2,2026-03-14,200.00,Reserved\n"
    said = company.refused(company.write("orders.csv", f"Order ID,Order date,Total,Abwicklungsstatus\n{rows}"))
    assert "though Abwicklungsstatus holds 'Booked', 'Reserved'" in said["message"]


def test_the_status_of_a_payment_in_german(company: Company) -> None:
    rows = "1;01.03.2026;119,00;Bezahlt\n2;14.03.2026;59,50;Ausstehend\n"
    company.add(company.write("Bestellungen.csv", f"Bestellnummer;Bestelldatum;Betrag;Zahlungsstatus\n{rows}"))
    assert company.figures("deals", "max(stage), count(status)") == ("Bezahlt", 0)


def test_a_status_without_values_leaves_no_deal_open(company: Company) -> None:
    rows = "1,2026-03-01,100.00,\n2,2026-03-14,200.00,\n"
    company.add(company.write("orders.csv", f"Order ID,Sale date,Order total,Status\n{rows}"))
    assert company.figures("deals", "count(*) filter (status = 'won')") == (2,)


def test_refunds_nested_in_an_order_refuse_no_order(company: Company) -> None:
    orders = [
        {"id": 1, "paid_at": "2026-03-01T10:00:00Z", "status": "paid", "total": "105.00", "refunds": []},
        {"id": 2, "paid_at": "2026-03-02T10:00:00Z", "status": "paid", "total": "50.00", "refunds": [{"amount": "9"}]},
    ]
    company.add(company.write("orders.json", json.dumps(orders)))
    assert company.figures("deals", "count(*), sum(amount)") == (2, "155")


def test_a_sign_of_several_currencies_in_the_header(company: Company) -> None:
    rows = "1,2026-03-01,100.00,paid\n2,2026-03-14,200.00,paid\n"
    said = company.refused(company.write("orders.csv", f"Order ID,Payment date,Price ($),Status\n{rows}"))
    assert "bear $, which several currencies do" in said["message"]
