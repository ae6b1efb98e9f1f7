"""Which currency amounts are in, as the header or the values say."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from orchestration.add_source.evidence import Column
from orchestration.add_source.vocabulary import vocabulary
from orchestration.extracts.type.currencies import AMBIGUOUS, BEAR, currency_code
from orchestration.extracts.type.money import CODES

_CODE = re.compile(rf"(?<![A-Za-z])({CODES})(?![A-Za-z])")
_SHOUTED = re.compile(r"[A-ZА-Я\d\W_]+")  # in TOTAL ALL no word is a currency
_NO_SIGN = re.compile(r"[0-9.,'’()+\-−\s\u00a0\u202f\u2009]+")


@dataclass(frozen=True)
class Told:
    """`code` to be set, if only one is named; `note` is what people should check, `doubt` what they must say."""

    code: str | None = None
    note: str | None = None
    doubt: tuple[str, str] | None = None


def currency_of(columns: Iterable[Column], reporting: str = "") -> Told:
    """The currency of amounts in `columns`; nothing where neither header nor value names one.

    A sign of several currencies, that of the report among them, is taken for the report's.
    """
    for column in columns:
        named = _in_header(column.name)
        codes, signs = _in_values(column)
        signs |= _signs_of_header(column.name) if not (named or codes or signs) else set()
        if len(codes) + len(signs) > 1:
            shown = ", ".join(sorted({*codes, *signs}))
            if not signs:
                return Told(note=f"amounts in {column.name!r} are in {shown}: each row counts in its own currency")
            return Told(
                doubt=(
                    f"amounts in {column.name!r} bear {shown}, of which {', '.join(sorted(signs))} may be several",
                    "put a column with codes such as USD beside them; a run refuses rows whose currency it can't tell",
                )
            )
        if named:
            return Told(named, f"amounts are taken for {named}, as {column.name!r} says (`currency`)")
        if codes:
            code = next(iter(codes))
            return Told(code, f"amounts are taken for {code}, as the values of {column.name!r} say (`currency`)")
        if signs:
            sign = next(iter(signs))
            if reporting in BEAR.get(sign.lower(), ()):
                return Told(note=f"{sign} in {column.name!r} is taken for {reporting}, the currency of the report")
            return Told(
                doubt=(
                    f"amounts in {column.name!r} bear {sign}, which several currencies do; they would count in the "
                    "currency of the report",
                    "say under `currency` of the block which it is, such as `currency: USD`",
                )
            )
    return Told()


def _in_header(name: str) -> str | None:
    if not _SHOUTED.fullmatch(name) and (code := _CODE.search(name)):
        return code[1]
    bracketed = re.search(rf"[(\[,]\s*({CODES})\b", name)
    if bracketed:
        return bracketed[1]
    words = set(re.findall(r"\w+|[^\w\s]", name.lower()))
    return next((code for code, signs in vocabulary().currencies.items() if words & set(signs)), None)


def _signs_of_header(name: str) -> set[str]:
    """`Price ($)` bears a sign of several currencies as `$20.00` does."""
    return {sign for sign in re.findall(r"[$¥￥]|\bkr\b", name.lower()) if sign in AMBIGUOUS}


def _in_values(column: Column) -> tuple[set[str], set[str]]:
    """Codes that the values name, by themselves or by a sign of one currency only; signs that several have."""
    beside = {_NO_SIGN.sub(" ", value).strip() for value in column.some} - {""}
    beside |= {column.shown} if column.shown else set()
    codes = {code for sign in beside if (code := currency_code(sign))}
    return codes, {sign for sign in beside if sign.lower() in AMBIGUOUS}
