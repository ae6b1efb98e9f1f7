"""Which currency amounts are in, as the header or the values say; landing itself never takes it from a sign."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from orchestration.add_source.evidence import Column
from orchestration.add_source.vocabulary import vocabulary
from orchestration.extracts.type.money import CODES

_CODE = re.compile(rf"(?<![A-Za-z])({CODES})(?![A-Za-z])")
_SHOUTED = re.compile(r"[A-ZА-Я\d\W_]+")  # in TOTAL ALL no word is a currency


@dataclass(frozen=True)
class Told:
    """`code` to be set, if only one is named; `note` is what people should check."""

    code: str | None = None
    note: str | None = None


def currency_of(columns: Iterable[Column]) -> Told:
    """The currency of amounts in `columns`; nothing where neither header nor value names one."""
    for column in columns:
        named = _in_header(column.name)
        if named:
            return Told(named, f"amounts are taken for {named}, as {column.name!r} says (`currency`)")
        codes, signs = _in_values(column)
        found = codes | signs
        if len(codes) == 1 and not signs:
            code = next(iter(codes))
            return Told(code, f"amounts are taken for {code}, as the values of {column.name!r} say (`currency`)")
        if found:
            shown = ", ".join(sorted(found))
            return Told(
                None,
                f"amounts in {column.name!r} bear {shown}: say under `currency` of the block what that is, or name a "
                "column `currency`; else they count in the currency of the report",
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


def _in_values(column: Column) -> tuple[set[str], set[str]]:
    """Codes that the values name, by themselves or by a sign of one currency only; signs that several have."""
    known = {sign: code for code, signs in vocabulary().currencies.items() for sign in signs}
    codes: set[str] = set()
    signs: set[str] = set()
    for value in column.some:
        for word in re.findall(r"[^\W\d]+|[^\w\s.,'’+−-]", value):
            if word.upper() in _ALL:
                codes.add(word.upper())
            elif word.lower() in known:
                codes.add(known[word.lower()])
            elif value not in vocabulary().nothing and word in _SHARED:
                signs.add(word)
    return codes, signs


_ALL = frozenset(CODES.split("|"))
_SHARED = ("$", "¥", "kr")
