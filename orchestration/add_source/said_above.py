"""What the lines above a header say of the money below: its currency, or that it is in thousands."""

import re

from orchestration.add_source.proposal import Proposal
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
