"""Doubts about which way money went: amounts that all bear a minus, a column that calls each a debit or a credit."""

import re

from orchestration.add_source.evidence import Column
from orchestration.add_source.proposal import Proposal

NEGATIVE = re.compile(r"\(.*\d.*\)|[^\d(]{0,4}[-\u2212][^\d]{0,4}\d.*|.*\d\s*[-\u2212]")
_MONEY = {"deals": "amount", "refunds": "amount", "marketing_costs": "amount", "ad_spend": "spend"}
_IF_ALL_NEGATIVE = {"refunds": "would raise revenue", "marketing_costs": "would lower the costs"}
# What books and banks write beside an amount without a sign, in pairs.
_SIDES = [
    frozenset(pair.split())
    for pair in (
        "s h", "d c", "dr cr", "debit credit", "soll haben", "debe haber", "débit crédit", "dare avere", "af bij",
        "wn ma", "дебет кредит", "приход расход", "in out", "income expense", "eingang ausgang", "einnahme ausgabe",
        "+ -",
    )
]  # fmt: skip


def doubt_signs(made: Proposal) -> None:
    """Say where the sign of money isn't what it counts with."""
    money = _MONEY.get(made.entity)
    if money not in made.fields or made.unfold:
        return
    column = made.look.column(made.fields[money])
    negative = [value for value in column.meant if NEGATIVE.fullmatch(value)]
    if made.entity in _IF_ALL_NEGATIVE and negative and len(negative) == sum(map(_is_not_zero, column.meant)):
        made.doubt(
            f"all amounts of {column.name} are negative, such as {negative[0]!r}: so they "
            f"{_IF_ALL_NEGATIVE[made.entity]}",
            "write them without the minus in the file",
        )
    if not negative and (side := next(filter(_is_side, made.look.columns), None)):
        shown = " and ".join(map(repr, sorted(side.meant)))
        made.doubt(
            f"{side.name} says {shown} beside {column.name}, which bears no sign: both would count alike",
            f"write the sign into the amounts, or take one of them only: `where: {{{side.name}: [{_first(side)}]}}`",
        )


def _is_side(column: Column) -> bool:
    """Whether a column holds both words of such a pair, and no other."""
    return {value.lower() for value in column.meant} in _SIDES


def _first(column: Column) -> str:
    return column.meant.most_common(1)[0][0]


def _is_not_zero(value: str) -> bool:
    return bool(re.search(r"[1-9]", value))
