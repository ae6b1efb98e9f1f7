"""What is said of money elsewhere than in its column: its currency in a title, thousands or hundredths beside it."""

import re
from collections.abc import Iterable

from orchestration.add_source.evidence import Column
from orchestration.add_source.proposal import Proposal
from orchestration.add_source.vocabulary import plain, vocabulary
from orchestration.extracts.type.currencies import currency_code
from orchestration.extracts.type.money import CODES

_CURRENCY = re.compile(
    r"(?:currency|währung|waehrung|moneda|divisa|moeda|devise|valuta|waluta|valuutta|měna|para birimi|валюта|通貨)"
    rf"(?: code)?\W{{0,3}}({CODES})\b"
    rf"|\b(?:amounts|values|figures|beträge|angaben|суммы) (?:are )?(?:in|в) ({CODES})\b",
    re.IGNORECASE,
)
_THOUSANDS = re.compile(
    r"\b(?:in|en|em|w|v|i) (?:thousands?|millions?|tausend|tsd|mio|miles|millones|milhares|milliers|tys|tis)\b"
    r"|\bTEUR\b|\bT€|\bk[€$£]|'000|\(000s?\)|\bтыс|\bмлн|千円|万円",
    re.IGNORECASE,
)
_ROUNDED = re.compile(r"\W{0,3}\d[\d.,]*\s?(?:[KkMmBb]|[Mm]n|[Mm]ln|Mio|Tsd|тыс|млн|млрд)\.?\s?\W{0,3}")


def settle_said_above(made: Proposal) -> None:
    """A currency that only a title names is that of the money; money in thousands can't be scaled and is doubted."""
    if made.currency is None and "currency" not in made.fields:
        named = {match[1] or match[2]: title for title in made.look.titles for match in _CURRENCY.finditer(title)}
        if len(named) == 1:
            code, title = next(iter(named.items()))
            made.currency = code.upper()
            made.note(f"amounts are taken for {made.currency}, as the title says ({title!r}, `currency`)")
    scaled = next((title for title in made.look.titles if _THOUSANDS.search(title)), None)
    if scaled:
        made.doubt(
            f"the title says {scaled!r}: amounts may be in thousands or millions, which no setting scales",
            "multiply the amounts in the file, if they are",
        )
    for column in made.look.columns:
        if column.filled and all(map(_is_unit, column.meant)):
            made.doubt(
                f"{column.name} says {column.some[0]!r}: amounts are in other units than their currency, which no "
                "setting scales",
                "multiply or divide the amounts in the file",
            )


def doubt_rounded(made: Proposal, columns: Iterable[Column]) -> None:
    """`1.2K` beside whole numbers: such rows would be refused, and what is left is no sum of anything."""
    for column in columns:
        if rounded := next(filter(_ROUNDED.fullmatch, column.meant), None):
            made.doubt(
                f"{column.name} holds rounded numbers such as {rounded!r}, which nothing reads: their rows are refused",
                "export whole numbers",
            )


def _is_unit(value: str) -> bool:
    """`USD cents`, `micros`, `тыс. руб.`: a unit of money that is not the currency itself."""
    words = plain(value).split()
    scaled = vocabulary().scaled
    return any(word in scaled for word in words) and all(word in scaled or currency_code(word) for word in words)
