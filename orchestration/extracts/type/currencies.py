"""Currencies as people write them, signs, names and labels, as ISO codes: `€`, `Euro (EUR)`, `US$`, `руб.`."""

import re
from functools import cache

from babel import Locale

from orchestration.extracts.type.money import CODES
from orchestration.extracts.type.months import LANGUAGES

ALL_CODES = frozenset(CODES.split("|"))
_DOLLARS = (
    "$", "dollar", "dollars", "доллар", "доллара", "долларов", "долл", "долл.", "долар", "долара", "доларів",
)  # fmt: skip
AMBIGUOUS = frozenset({
    *_DOLLARS, "¥", "￥", "kr", "kr.", "rs", "rs.", "fr", "peso", "pesos", "krona", "krone", "rupee", "rupees",
})  # fmt: skip
# Signs of several currencies, with those of them that are usual.
BEAR = {
    **dict.fromkeys(_DOLLARS, ("USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN", "ARS", "CLP", "COP", "TWD")),
    **dict.fromkeys(("kr", "kr."), ("SEK", "NOK", "DKK", "ISK")),
    **dict.fromkeys(("rs", "rs.", "rupee", "rupees"), ("INR", "PKR", "LKR", "NPR", "MUR")), "¥": ("JPY", "CNY"),
}  # fmt: skip
_SIGNS = {
    "€": "EUR", "£": "GBP", "₽": "RUB", "₴": "UAH", "₸": "KZT", "₺": "TRY", "₹": "INR", "₪": "ILS", "₩": "KRW",
    "₫": "VND", "₦": "NGN", "₱": "PHP", "฿": "THB", "₲": "PYG", "₡": "CRC", "₾": "GEL", "֏": "AMD", "₼": "AZN",
    "us$": "USD", "u$s": "USD", "us dollar": "USD", "us dollars": "USD", "долл. сша": "USD",
    "доллар сша": "USD", "r$": "BRL", "c$": "CAD", "ca$": "CAD", "cad$": "CAD", "a$": "AUD", "au$": "AUD",
    "nz$": "NZD", "hk$": "HKD", "s$": "SGD", "sg$": "SGD", "mx$": "MXN", "nt$": "TWD", "cn¥": "CNY",
    "rmb": "CNY", "jp¥": "JPY", "円": "JPY", "元": "CNY", "zł": "PLN", "zl": "PLN", "kč": "CZK", "kc": "CZK",
    "ft": "HUF", "lei": "RON", "euro": "EUR", "euros": "EUR", "евро": "EUR", "руб": "RUB", "руб.": "RUB",
    "р": "RUB", "р.": "RUB", "рубль": "RUB", "рубли": "RUB", "рублей": "RUB", "rub.": "RUB", "грн": "UAH",
    "грн.": "UAH", "тг": "KZT", "тг.": "KZT", "тенге": "KZT", "лв": "BGN", "лв.": "BGN", "fr.": "CHF",
    "sfr": "CHF", "sfr.": "CHF", "franken": "CHF", "бел. руб.": "BYN", "br": "BYN", "so'm": "UZS", "сум": "UZS",
    "pound sterling": "GBP", "pounds": "GBP", "pfund": "GBP", "pound": "GBP", "tl": "TRY", "tl.": "TRY", "leu": "RON",
    "eur.": "EUR", "євро": "EUR", "гривень": "UAH", "гривен": "UAH", "гривні": "UAH", "гривня": "UAH", "гривна": "UAH",
    "рубля": "RUB", "лева": "BGN", "rm": "MYR", "rp": "IDR", "rp.": "IDR", "złoty": "PLN", "złote": "PLN",
    "złotych": "PLN", "zloty": "PLN", "zlote": "PLN", "zlotych": "PLN",
}  # fmt: skip
_WORD = re.compile(rf"(?<![A-Za-z])({CODES})(?![A-Za-z])")


def currency_code(text: str) -> str | None:
    """The ISO code of a currency column's value or of what stands beside an amount; None where it can't be told."""
    text = " ".join(text.split())
    if text.upper() in ALL_CODES:
        return text.upper()
    if text.lower() in AMBIGUOUS:
        return None
    if known := _names().get(text.lower()):
        return known
    named = set(_WORD.findall(text))
    if len(named) == 1:
        return named.pop()
    parts = {code for part in re.findall(r"[^()\[\]/,–-]+", text) if (code := _names().get(part.strip().lower()))}
    return parts.pop() if len(parts) == 1 else None


def may_mean(sign: str, code: str) -> bool:
    """Whether what stands beside an amount may be the currency of that code: `$` is no EUR."""
    meant = currency_code(sign)
    return meant == code if meant else code in BEAR.get(sign.lower(), (code,))


@cache
def _names() -> dict[str, str]:
    """Names in the languages of the tables of Unicode's CLDR that only one currency has, and signs."""
    found: dict[str, set[str]] = {}
    for language in LANGUAGES:
        locale = Locale(language)
        for code, name in locale.currencies.items():
            if code in ALL_CODES:
                found.setdefault(name.lower(), set()).add(code)
    return {name: codes.pop() for name, codes in found.items() if len(codes) == 1} | _SIGNS
