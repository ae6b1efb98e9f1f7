"""Which way money went, where the sign of an amount does not say it as funnelmart reads it."""

import pytest

from tests.orchestration.add_source.conftest import Company

ORDERS = "order_id,paid_at,amount,currency,status\n1,2026-03-01,100.00,EUR,paid\n2,2026-03-02,200.00,EUR,paid\n"


def test_refunds_that_are_all_negative_would_raise_revenue(company: Company) -> None:
    rows = "r1,1,2026-03-05,-50.00,EUR\nr2,2,2026-03-06,(30.00),EUR\n"
    said = company.refused(company.write("refunds.csv", f"refund_id,order_id,refund date,amount,currency\n{rows}"))
    assert "all amounts of amount are negative" in said["message"]
    assert "would raise revenue" in said["message"]


def test_a_reversal_among_refunds_is_no_doubt(company: Company) -> None:
    rows = "r1,1,2026-03-05,50.00,EUR\nr2,2,2026-03-06,-30.00,EUR\n"
    company.add(company.write("refunds.csv", f"refund_id,order_id,refund date,amount,currency\n{rows}"))


def test_a_negative_refund_beside_an_order(company: Company) -> None:
    rows = "1,2026-03-01,100.00,EUR,paid,-20.00\n2,2026-03-02,200.00,EUR,paid,0.00\n"
    content = f"order_id,paid_at,amount,currency,status,Refunded amount\n{rows}"
    said = company.refused(company.write("orders.csv", content))
    assert "all amounts of Refunded amount are negative" in said["message"]


def test_costs_that_are_all_negative_as_in_a_statement(company: Company) -> None:
    content = "Month;Category;Amount\n2026-01;Agency;-1.000,00\n2026-02;Tools;-500,00\n"
    said = company.refused(company.write("costs.csv", content))
    assert "would lower the costs" in said["message"]


@pytest.mark.parametrize("sides", [("S", "H"), ("Debit", "Credit"), ("Af", "Bij")])
def test_debits_and_credits_beside_amounts_without_a_sign(company: Company, sides: tuple[str, str]) -> None:
    one, other = sides
    content = (
        f"Month,Category,Amount,Side\n2026-01,Agency,1000,{one}\n2026-01,Tools,200,{one}\n2026-02,Tools,50,{other}\n"
    )
    said = company.refused(company.write("costs.csv", content))
    assert "beside Amount, which bears no sign: both would count alike" in said["message"]
    assert f"where: {{Side: [{one}]}}" in said["message"]


def test_sides_beside_signed_amounts_are_no_doubt(company: Company) -> None:
    content = "Month,Category,Amount,Side\n2026-01,Agency,1000,S\n2026-02,Tools,-50,H\n"
    company.add(company.write("costs.csv", content))
