"""What the values of a column say about it, told by the very SQL with which landing reads them."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import product

import duckdb

from orchestration.add_source.vocabulary import vocabulary
from orchestration.extracts.sources import DataType
from orchestration.extracts.sql import literal
from orchestration.extracts.type.money import decimal_sql
from orchestration.extracts.type.values import canonical
from orchestration.settings import Formats

_MANY = 400  # distinct values are enough to tell a format; the whole file is read once before anything is written
_MOMENT = re.compile(r"\d{8}$|\d{1,4}[./-]\d{1,2}[./-]\d|\d{1,2}[ -][^\W\d]{3}|[^\W\d]{3,9} \d{1,2},")
_PLAIN = re.compile(r"-?\d{1,15}(\.\d+)?")  # a number however marks are set
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.\w+")
_DAYS = [
    *(f"%d{mark}%m{mark}%{year}" for mark in "./-" for year in "Yy"),
    *(f"%m{mark}%d{mark}%{year}" for mark in "/-." for year in "Yy"),
    "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d", "%d %b %Y", "%d-%b-%Y", "%b %d, %Y", "%d %B %Y", "%B %d, %Y",
]  # fmt: skip
_TIMES = [" %H:%M", " %H:%M:%S", ", %H:%M", ", %H:%M:%S", " %I:%M %p", " %I:%M:%S %p", ", %I:%M %p", "T%H:%M:%S"]
DATES = tuple(_DAYS)
TIMES = tuple(day + time for day, time in product(_DAYS, _TIMES))
# Decimal mark and thousands mark; the first that reads most wins.
MARKS = ((".", ""), (",", ""), (",", "."), (".", ","), (".", "'"))
_GROUPED = {"decimal": r"^\D*[1-9]\d{0,2}%s\d{3}\D*$", "thousands": r"^\D*0%s\d{3}\D*$"}


@dataclass(frozen=True)
class Reading:
    """How many of the values a format reads, and whether another one reads as many and means something else."""

    format: str
    count: int
    is_ambiguous: bool = False


@dataclass(frozen=True)
class Column:
    """One column of a file: its name as the settings would write it, and how often it holds what."""

    name: str
    values: Counter[str] = field(default_factory=Counter, compare=False)

    @cached_property
    def filled(self) -> int:
        """Number of values, those that mean nothing (`-`, `n/a`) left out."""
        return sum(self.meant.values())

    @cached_property
    def meant(self) -> Counter[str]:
        """The values but for words that mean nothing."""
        return Counter({value: count for value, count in self.values.items() if value not in vocabulary().nothing})

    @cached_property
    def some(self) -> list[str]:
        """Up to some hundred distinct values from all over the column."""
        values = sorted(self.meant)
        return values[:: max(1, len(values) // _MANY)]

    @property
    def is_unique(self) -> bool:
        """Whether no value stands there twice."""
        return self.filled > 0 and len(self.meant) == self.filled

    def share(self, data_type: DataType) -> float:
        """The share of values that could be of that type, whatever the format; 1 where there are none."""
        if not self.some or data_type == "text":
            return 1.0
        if data_type in ("decimal", "integer"):
            count = self._numbers
        elif data_type in ("boolean", "duration"):
            count = self.readable(data_type, Formats())
            count = max(count, self._numbers) if data_type == "duration" else count
        else:
            month = self.readable("month", Formats()) if data_type == "month" else 0
            count = max(month, self._moments)
        return count / len(self.some)

    @cached_property
    def emails(self) -> float:
        """The share of values that look like e-mail addresses."""
        return sum(bool(_EMAIL.fullmatch(value)) for value in self.some) / max(1, len(self.some))

    @cached_property
    def _numbers(self) -> int:
        if all(_PLAIN.fullmatch(value) for value in self.some):
            return len(self.some)
        return max(self.readable("decimal", formats) for formats in every_marks()) if self._has_digits else 0

    @cached_property
    def _moments(self) -> int:
        """How many could be days or times; digits alone are a number, but for eight of them that are a day."""
        if not self._has_digits:
            return 0
        iso = self.readable("timestamp", Formats())
        if iso == len(self.some):
            return iso
        return max([iso, *(reading.count for reading in (self.dates, self.times) if reading)])

    @cached_property
    def _has_digits(self) -> bool:
        return any(any(c.isdigit() for c in value) for value in self.some)

    @cached_property
    def dates(self) -> Reading | None:
        """The format of days that reads most of what isn't ISO."""
        return _best(self.some, DATES)

    @cached_property
    def times(self) -> Reading | None:
        """The format of times that reads most of what isn't ISO."""
        return _best(self.some, TIMES)

    def readable(self, data_type: DataType, formats: Formats) -> int:
        """How many of `some` landing would read as that type."""
        return _count(self.some, canonical("v", data_type, formats, "UTC"))

    def unreadable(self, data_type: DataType, formats: Formats) -> list[str]:
        """The values, of all, that landing would not read as that type."""
        test = canonical("v", data_type, formats, "UTC")
        query = f"select v from (select unnest(?) as v) where {test} is null"
        found = _engine().execute(query, [list(self.values)]).fetchall()
        return [row[0] for row in found]


@cache
def _engine() -> duckdb.DuckDBPyConnection:
    """One connection in memory for all questions about values."""
    connection = duckdb.connect()
    connection.execute("set TimeZone = 'UTC'")
    return connection


def every_marks() -> list[Formats]:
    """Every pair of decimal and thousands mark."""
    return [Formats.model_validate({"decimal": decimal, "thousands": thousands}) for decimal, thousands in MARKS]


def best_marks(columns: Iterable[Column]) -> Formats:
    """The marks under which most values of all the columns are numbers.

    `3.500` is three and a half or three thousand: where the marks read the same, thousands in groups of three are taken
    for thousands.
    """
    values = [value for column in columns for value in column.some]
    if not values:
        return Formats()
    scored = []
    for order, formats in enumerate(every_marks()):
        strange = 0
        for meaning, mark in (("decimal", formats.decimal), ("thousands", formats.thousands)):
            if mark:
                pattern = re.compile(_GROUPED[meaning] % re.escape(mark))
                strange += sum(bool(pattern.match(value)) for value in values)
        scored.append((_count(values, decimal_sql("v", formats)), -strange, -order, formats))
    return max(scored, key=lambda score: score[:3])[3]


def _count(values: Sequence[str], expression: str) -> int:
    query = f"select count({expression}) from (select unnest(?) as v)"
    row = _engine().execute(query, [list(values)]).fetchone()
    return int(row[0]) if row else 0


def _best(values: Sequence[str], formats: Sequence[str]) -> Reading | None:
    """Of those that read as many, the one whose days lie closest together: 03/04, 04/04, 05/04 follow each other."""
    if sum(bool(_MOMENT.match(value)) for value in values) < len(values) / 4:
        return None
    moments = [f"try_strptime(v, {literal(written)})" for written in formats]
    moments = [f"case when year({moment}) between 1990 and 2100 then {moment} end" for moment in moments]
    shown = ", ".join(f"[count(m{n}), datediff('hour', min(m{n}), max(m{n}))]" for n in range(len(moments)))
    columns = ", ".join(f"{moment} as m{n}" for n, moment in enumerate(moments))
    query = f"select {shown} from (select {columns} from (select unnest(?) as v))"
    row = _engine().execute(query, [list(values)]).fetchone() or ()
    found = [(count, -(span or 0), -order) for order, (count, span) in enumerate(row) if count]
    if not found:
        return None
    best = max(found)
    others = [other for other in found if other[0] == best[0] and other != best]
    return Reading(formats[-best[2]], best[0], bool(others))
