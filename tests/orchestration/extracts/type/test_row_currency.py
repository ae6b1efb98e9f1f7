"""Signs beside amounts: one that contradicts the currency given is a doubt, and changes nothing."""

from typing import Any

import pytest

from tests.orchestration.extracts.conftest import Workspace


@pytest.mark.parametrize(
    ("amounts", "block", "doubt"),
    [
        (("$100.00", "$20.00"), {}, "amounts in 'Amount' bear $ and count as EUR (2 rows)"),
        (("£100.00", "20.00"), {"currency": "USD"}, "amounts in 'Amount' bear £ and count as USD (1 row)"),
        (("100.00 €", "20.00 €"), {}, None),
        (("$100.00", "$20.00"), {"currency": "CAD"}, None),
        (("100.00", "20.00"), {"currency": "USD"}, None),
        (("$100.00", "£20.00"), {"constants": {"currency": "EUR"}}, None),
    ],
    ids=["$ in euros", "£ in dollars", "as said", "$ of Canada", "no sign", "several, each said to be in euros"],
)
def test_one_sign_beside_all_amounts(
    workspace: Workspace, amounts: tuple[str, str], block: dict[str, Any], doubt: str | None
) -> None:
    workspace.write("deals.csv", "Id,Amount\n" + "".join(f"{n},{a}\n" for n, a in enumerate(amounts)))

    result = workspace.land("deals", {"files": "deals.csv", "fields": {"deal_id": "Id", "amount": "Amount"}, **block})

    assert workspace.rows("select currency_doubt from landing.files") == [(doubt,)]
    assert result.notes == ([f"deals.csv: {doubt}"] if doubt else [])
    assert workspace.rows("select sum(amount) from raw_sheets.deals") == [("120",)]


def test_revenue_of_several_currencies_is_each_in_its_own(workspace: Workspace) -> None:
    workspace.write("days.csv", "Date,Revenue\n2026-03-01,€5.00\n2026-03-01,£7.00\n")

    workspace.land("daily_results", {"files": "days.csv"})

    assert workspace.rows("select currency, revenue from raw_sheets.daily_results order by _row") == [
        ("EUR", "5"), ("GBP", "7"),
    ]  # fmt: skip


def test_a_sign_that_nobody_knows_is_a_currency_of_its_own(workspace: Workspace) -> None:
    """Its row is refused for want of a rate, where it would else count in the currency of the others."""
    workspace.write("deals.csv", "Id,Amount\n1,€5.00\n2,Bs$7.00\n")

    workspace.land("deals", {"files": "deals.csv", "fields": {"deal_id": "Id"}})

    assert workspace.rows("select currency, amount from raw_sheets.deals order by _row") == [("EUR", "5"), ("Bs$", "7")]


def test_a_sign_beside_another_code_in_a_column(workspace: Workspace) -> None:
    workspace.write("deals.csv", "Id,Amount,Currency\n1,€5.00,EUR\n2,€7.00,USD\n")

    workspace.land("deals", {"files": "deals.csv", "fields": {"deal_id": "Id"}})

    assert workspace.rows("select currency_doubt from landing.files") == [
        ("amounts in 'Amount' bear € and count as USD (1 row)",)
    ]
