"""Decimal and thousands marks, decided for each column by what allows only one reading, else by its neighbours.

`1.250` alone proves nothing: it is a price in Kuwait, or 1250. `0.375`, `12.5`, `1.250,00`, `1.250.000` allow one
reading each; impressions and yen are whole; and where 1250 clicks stand beside it without a mark, nothing there is
grouped, unless it is a comma where commas stand between the columns.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from orchestration.add_source.evidence import Column

Role = Literal["decimal", "thousands"]
_NUMBER = re.compile(r"\d[\d.,'’\s\u00a0\u202f\u2009]*")
_DAY = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}")
_OF_A_CELL = re.compile(r"-?\d+(\.\d*[1-9])?")
_APOSTROPHES = "'’"


@dataclass
class Marks:
    """What the values of one column say of each mark: its proved roles with a value, and values that may be either."""

    proved: dict[str, dict[Role, str]] = field(default_factory=dict)
    unsure: dict[str, str] = field(default_factory=dict)
    plain: str | None = None  # a number of four digits or more without any mark
    apostrophe: bool = False

    def role(self, mark: str) -> Role | None:
        """The one role that a mark has; None where it has none or two."""
        roles = self.proved.get(mark, {})
        return next(iter(roles)) if len(roles) == 1 else None


def marks_of(column: Column, whole: bool = False, is_typed: bool = False) -> Marks:
    """What a column's values prove; `whole` is one that holds whole numbers only.

    `is_typed`: numbers of a workbook have a point here however its texts are written, and no zero behind it: such
    values say nothing of the marks in texts beside them, and are read as what they are under any.
    """
    made = Marks()
    for value in column.some:
        if is_typed and not whole and _OF_A_CELL.fullmatch(value):
            continue
        match = _NUMBER.search(value)
        if match is None or _DAY.search(value) or re.search(r"\d[eE][+-]?\d", value):
            continue
        _look_at(re.sub(r"[\s\u00a0\u202f\u2009]+$", "", match[0]), made, whole)
    return made


def _look_at(number: str, made: Marks, whole: bool) -> None:
    made.apostrophe = made.apostrophe or any(mark in number for mark in _APOSTROPHES)
    spaced = bool(re.search(r"\d[\s\u00a0\u202f\u2009'’]\d{3}", number))
    marks = [c for c in number if c in ".,"]
    if not marks:
        if re.fullmatch(r"[1-9]\d{3,}", number):
            made.plain = made.plain or number
        return
    last = marks[-1]
    before, _, after = number.rpartition(last)
    if len(set(marks)) == 2:
        other = "," if last == "." else "."
        _prove(made, other, "thousands", number)
        _prove(made, last, "thousands" if before.count(last) else "decimal", number)
    elif len(marks) > 1:
        _prove(made, last, "thousands", number)
    elif len(after) != 3 or spaced or not re.fullmatch(r"[1-9]\d{0,2}", before):
        _prove(made, last, "decimal", number)
    elif whole:
        _prove(made, last, "thousands", number)
    else:
        made.unsure.setdefault(last, number)


def _prove(made: Marks, mark: str, role: Role, value: str) -> None:
    made.proved.setdefault(mark, {}).setdefault(role, value)


@dataclass(frozen=True)
class Verdict:
    """The marks of a file; `why` is the evidence where columns needed their neighbours, `doubt` what proves nothing."""

    decimal: str = "."
    thousands: str = ""
    why: str | None = None
    doubt: str | None = None


def judge(columns: dict[str, Marks], others: Iterable[Marks], comma_is_likely: bool) -> Verdict:
    """One pair of marks for the columns (name: what it says); `others` are numbers beside them that are not used.

    `comma_is_likely`: delimiter and dates are as in countries with a decimal comma, which decides where nothing proves.
    """
    told: dict[str, dict[Role, str]] = {".": {}, ",": {}}
    for made in (*columns.values(), *others):
        for mark, roles in made.proved.items():
            for role, value in roles.items():
                told[mark].setdefault(role, value)
    own: dict[str, dict[Role, str]] = {".": {}, ",": {}}
    for name, made in columns.items():
        for mark, roles in made.proved.items():
            for role, value in roles.items():
                own[mark].setdefault(role, f"{value} in {name}")
    contradiction = next((mark for mark, roles in own.items() if len(roles) > 1), None)
    if contradiction:
        shown = " and ".join(own[contradiction].values())
        return _with(own, columns, doubt=f"{contradiction!r} marks decimals and thousands: {shown}")
    unsure = {mark: (name, value) for name, made in columns.items() for mark, value in made.unsure.items()}
    why = doubt = None
    for mark, (column, value) in unsure.items():
        shown = f"{value} in {column}"
        other = "," if mark == "." else "."
        if own[mark]:
            continue
        decided: Role
        plain = next(((name, made.plain) for name, made in columns.items() if made.plain and name != column), None)
        if len(told[mark]) == 1:
            decided = next(iter(told[mark]))
            why = f"{shown}: {mark!r} marks {_NAMES[decided]}, as {told[mark][decided]} beside it proves"
        elif "decimal" in told[other]:
            decided = "thousands"
            why = f"{shown}: {mark!r} marks thousands, since {other!r} marks decimals ({told[other]['decimal']})"
        elif plain and (mark == "." or comma_is_likely):  # 1,500 in quotes beside 5000: only the money was formatted
            decided = "decimal"
            why = f"{shown}: {mark!r} marks decimals, since thousands bear no mark ({plain[1]} in {plain[0]})"
        else:
            decided = "decimal" if (mark == ",") == comma_is_likely else "thousands"
            doubt = f"{shown} may be a whole number or have three decimals; {mark!r} is taken to mark {_NAMES[decided]}"
        own[mark] = {decided: shown}
    return _with(own, columns, why, doubt)


_NAMES = {"decimal": "decimals", "thousands": "thousands"}


def _with(
    own: dict[str, dict[Role, str]], columns: dict[str, Marks], why: str | None = None, doubt: str | None = None
) -> Verdict:
    decimal = next((mark for mark in ".," if "decimal" in own[mark]), None)
    thousands = next((mark for mark in ".," if "thousands" in own[mark] and mark != decimal), "")
    if not thousands and any(made.apostrophe for made in columns.values()):
        thousands = "'"
    decimal = decimal or ("," if thousands == "." else ".")
    return Verdict(decimal, thousands if thousands != decimal else "", why, doubt)
