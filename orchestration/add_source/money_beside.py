"""Money of deals in columns that nothing uses."""

import re

from orchestration.add_source.evidence import Column
from orchestration.add_source.proposal import Proposal
from orchestration.add_source.vocabulary import plain

_WITH_CENTS = re.compile(r"\d[.,]\d{2}\D{0,4}")
_AGAIN = {"recurring", "monthly", "mrr", "arr", "monatlich", "mensual", "mensuel"}
_CALLED = {
    "amount", "value", "revenue", "fee", "price", "total", "sum", "betrag", "umsatz", "summe", "wert", "importe",
    "monto", "valor", "montant", "сумма", "сума", "бюджет", "стоимость", "kwota", "tutar", "importo", "bedrag",
    "income", "setup",
}  # fmt: skip
# Money that no deal brings, or the same in another currency.
_NO_REVENUE = {
    "cost", "costs", "tax", "vat", "discount", "refund", "refunded", "refunds", "shipping", "commission", "paid",
    "weighted", "converted", "base", "exchange", "rate", "budget", "score", "margin", "profit", "balance", "due",
    "outstanding", "tip",
}  # fmt: skip


def has_cents(made: Proposal, column: Column) -> bool:
    """Numbers with cents, in a column that nothing uses."""
    if not _are_numbers(made, column):
        return False
    return sum(bool(_WITH_CENTS.search(value)) for value in column.some) > len(column.some) / 2


def is_called_money(made: Proposal, column: Column) -> bool:
    """Numbers under a word for revenue, in a column that nothing uses."""
    words = set(plain(column.name).split())
    return bool(words & _CALLED) and not words & _NO_REVENUE and _are_numbers(made, column)


def _are_numbers(made: Proposal, column: Column) -> bool:
    is_free = column.name not in made.fields.values()
    return is_free and bool(column.some) and column.share("decimal") >= 0.8


def doubt_money_beside(made: Proposal) -> None:
    """Other money in rows that have no amount, or beside one that comes again: what is paid once, or for the whole."""
    if made.entity != "deals" or "amount" not in made.fields:
        return
    amount = made.fields["amount"]
    comes_again = bool(_AGAIN & set(plain(amount).split()))
    for column in made.look.columns:
        is_money = is_called_money(made, column) or has_cents(made, column)
        if not is_money or set(plain(column.name).split()) & _NO_REVENUE:
            continue
        rows = [
            (taken, other) for taken, other in made.look.cells(amount, column.name) if re.search("[1-9]", other or "")
        ]
        if rows and (comes_again or not any(taken for taken, _ in rows)):
            made.doubt(
                f"amount is taken from {amount!r}, while {column.name!r} holds other money ({rows[0][1]}), which would "
                "not count",
                "put what a deal brings into one column, and name it as amount under `fields`",
            )
            return
