"""What the values of a column say about it, told by the very SQL with which landing reads them."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import product

import duckdb

from orchestration.add_source.vocabulary import vocabulary
from orchestration.add_source.zones import zone_in
from orchestration.extracts.source_specs import DataType
from orchestration.extracts.sql import literal
from orchestration.extracts.type.clock_words import WORDED, spaced
from orchestration.extracts.type.months import has_month_name, numbered, numbered_format
from orchestration.extracts.type.periods import is_period
from orchestration.extracts.type.serials import EPOCH, SERIAL
from orchestration.extracts.type.summary_words import FOOTER, whole_label
from orchestration.extracts.type.values import canonical
from orchestration.extracts.type.weekdays import without_weekday
from orchestration.settings import Formats
from orchestration.temporary import NOT_SPILT

_MANY = 400  # distinct values are enough to tell a format; the whole file is read once before anything is written
_MOMENT = re.compile(
    r"(?:[^\W\d]{2,12}(?:\.,?|,)? )?(?:\d{8}$|\d{1,4}[./-] ?\d{1,2}[./-] ?\d|\d{1,2}\.?[ /-](de )?[^\W\d]{3}"
    r"|[^\W\d]{3,9}\.? \d{1,2},? \d|[^\W\d]{3,9} \d{1,2},|\d{4}(年|\. [^\W\d]{3,}))"
)
_NAMED_DAY = re.compile(r"[^\W\d]{2,12}(?:\.,?|,)? .*\d")
PLAIN = re.compile(r"-?\d{1,15}(\.\d+)?")  # a number however marks are set
# Times, days, addresses and prose, of which the engine need not be asked: a question takes it 50 ms.
_NO_NUMBER = re.compile(r"[:@/?=]|\d-\d|[^\W\d_]{2}[^$]*[\W\d_][^\W\d_]{2}")
_ORDER, _GUID = r"#?[A-Z]{0,4}[-#]?\d+(-\d+)*", r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.\w+")
_DAYS = [
    *(f"%d{mark}%m{mark}%{year}" for mark in "./-" for year in "Yy"),
    *(f"%m{mark}%d{mark}%{year}" for mark in "/-." for year in "Yy"),
    "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d", "%d %b %Y", "%d-%b-%Y", "%d-%b-%y", "%b %d, %Y", "%b %d %Y", "%d. %b %Y",
    "%d de %b de %Y", "%d %b %Y г.", "%d/%b/%Y", "%Y年%m月%d日", "%Y. %b %d.",
    "%d. %m. %Y", "%d.%m.%Y.", "%d. %m. %Y.", "%d.%m.%Y г.", "%Y. %m. %d.", "%d %b, %Y", "%d %b %y", "%d/%b/%y",
    "%b-%d-%Y", "%Y-%b-%d", "%d.%b.%Y", "%d %b %Y р.", "%d %b %Y р", "%d %b %Y г",
    "%a, %b %d, %Y", "%a, %d %b %Y", "%a, %d. %b %Y", "%a %d %b %Y", "%a %b %d %Y", "%a, %d.%m.%Y", "%a %d.%m.%Y",
]  # fmt: skip
_YEAR_DAY = "%Y-%d-%m"
_TIMES = [
    " %H:%M", " %H:%M:%S", ", %H:%M", ", %H:%M:%S", " %I:%M %p", " %I:%M:%S %p", ", %I:%M %p", "T%H:%M:%S", " %I:%M%p",
    " at %I:%M %p", ", %H:%M Uhr", " %H.%M", " %H:%M Uhr", " um %H:%M", " um %H:%M Uhr", " at %H:%M", " %Hh%M",
    " à %H:%M", " à %Hh%M", " в %H:%M", " о %H:%M", " kl. %H:%M", " klo %H.%M", " - %H:%M", " - %H:%M:%S",
]  # fmt: skip
_ISO_TIMES = tuple(f"%Y-%m-%d{mark}%H:%M{seconds}" for mark in " T" for seconds in ("", ":%S"))
_ZONE_AT_END = re.compile(r" (?:[+-]\d{2}:?\d{2}|(?:GMT|UTC)[+-]\d{1,2}(?::?\d{2})?|[A-ZМСК]{3,4})$")
_READ_IN_ISO = (" +", " UTC", " GMT")  # behind times in ISO landing reads these without a format
_OF_TWELVE = [time for time in _TIMES if "%I" in time]
DATES = tuple(_DAYS)
# Days in ISO need no format, but with hours of twelve.
TIMES = tuple(day + time for day, time in (*product(_DAYS, _TIMES), *product(["%Y-%m-%d"], _OF_TWELVE)))
# Every pair of decimal mark and thousands mark.
MARKS = ((".", ""), (",", ""), (",", "."), (".", ","), (".", "'"))


@dataclass(frozen=True)
class Reading:
    """How many of the values a format reads; `rival` is the one that reads as many and takes day for month."""

    format: str
    count: int
    rival: str | None = None

    @property
    def is_ambiguous(self) -> bool:
        """Whether the values leave open which of two numbers is the day."""
        return self.rival is not None


@dataclass(frozen=True)
class Column:
    """One column of a file: its name as the settings would write it, and how often it holds what.

    `shown` is the currency that the formats of a workbook's cells show, and no value.
    """

    name: str
    values: Counter[str] = field(default_factory=Counter, compare=False)
    shown: str | None = field(default=None, compare=False)

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
        return min(1.0, count / max(1, len(self.some) - self._labels))

    @cached_property
    def _labels(self) -> int:
        """How many are words for a total or a footer, whose lines a run leaves out: a short report has many of them."""
        no_record = re.compile(f"{whole_label()}|{FOOTER}")
        return sum(bool(no_record.match(value.lower())) for value in self.some)

    @cached_property
    def are_serials(self) -> bool:
        """Whether all values could be days counted from 1900, as spreadsheets keep them."""
        return bool(self.some) and all(re.fullmatch(SERIAL, value) for value in self.some)

    @cached_property
    def are_epochs(self) -> bool:
        """Whether all values could be seconds or milliseconds since 1970, as programs keep times."""
        return bool(self.some) and all(re.fullmatch(EPOCH, value) for value in self.some)

    @property
    def is_damaged(self) -> bool:
        """Whether a spreadsheet broke long numbers."""
        return self.damaged is not None

    @cached_property
    def damaged(self) -> str | None:
        """A number that a spreadsheet broke: 1.20244E+17, or noughts in all of them beyond the digits that it keeps."""
        for value in self.some:
            if re.fullmatch(r"\d([.,]\d+)?[eE]\+\d{2}", value):
                return value
        long = [value for value in self.some if re.fullmatch(r"\d{17,}", value)]
        broken = len(long) == len(self.some) > 0 and all(set(value[16:]) == {"0"} for value in long)
        return long[0] if broken else None

    @cached_property
    def are_codes(self) -> bool:
        """Whether all values look like numbers of orders, `#1006`, `INV-7`, or like ids that programs make."""
        return bool(self.some) and all(re.fullmatch(_ORDER, value) or re.fullmatch(_GUID, value) for value in self.some)

    @cached_property
    def periods(self) -> float:
        """The share of values that are a month, a quarter, a week or a range in words."""
        return min(1.0, sum(map(is_period, self.some)) / max(1, len(self.some) - self._labels))

    @cached_property
    def emails(self) -> float:
        """The share of values that look like e-mail addresses."""
        return sum(bool(_EMAIL.fullmatch(value)) for value in self.some) / max(1, len(self.some))

    @cached_property
    def _numbers(self) -> int:
        if all(PLAIN.fullmatch(value) for value in self.some):
            return len(self.some)
        likely = [value for value in self.some if not _NO_NUMBER.search(value) and any(c.isdigit() for c in value)]
        if not likely:
            return 0
        return max(_count(likely, canonical("v", "decimal", formats, "UTC")) for formats in every_marks())

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
        """The format of days that reads most of what isn't ISO; the day before the month where that alone reads all."""
        best = _best(self.some, DATES)
        if best is None and reads(self.some, _YEAR_DAY) == len(self.some) > reads(self.some, swapped(_YEAR_DAY)):
            return Reading(_YEAR_DAY, len(self.some))
        return best

    @cached_property
    def times(self) -> Reading | None:
        """The format of times that reads most of what isn't ISO; the zone at their end is a part of it."""
        end = self.zone_at_end
        if end is None:
            return _best(self.some, TIMES)
        formats = TIMES if end in _READ_IN_ISO else (*TIMES, *_ISO_TIMES)
        found = _best([value[: value.rindex(" ")] for value in self.some], formats)
        if found is None:
            return None
        end = " %z" if end[1] in "+-" else end
        return Reading(found.format + end, found.count, found.rival + end if found.rival else None)

    @cached_property
    def zone_at_end(self) -> str | None:
        """The same zone behind all times, ` EST` or ` GMT`, or an offset such as ` +0200`; None where there is none."""
        ends = {match[0] if (match := _ZONE_AT_END.search(value)) else "" for value in self.some}
        if any(re.search("[+-]", end) for end in ends) and all(re.search("[+-]|GMT|UTC", end) for end in ends):
            return " +"
        end = ends.pop() if len(ends) == 1 else ""
        return end if end and zone_in(f"({end.strip()})") else None

    @property
    def zones(self) -> list[str]:
        """What zones are called behind the values: `CET` and `CEST`."""
        ends = {match[0].strip() for value in self.some if (match := _ZONE_AT_END.search(value))}
        return sorted(end for end in ends if zone_in(f"({end})"))

    def readable(self, data_type: DataType, formats: Formats) -> int:
        """How many of `some` landing would read as that type."""
        return _count(self.some, canonical(spaced("v", data_type), data_type, formats, "UTC"))

    def unreadable(self, data_type: DataType, formats: Formats) -> list[str]:
        """The values, of all, that landing would not read as that type."""
        test = canonical(spaced("v", data_type), data_type, formats, "UTC")
        query = f"select v from (select unnest(?) as v) where {test} is null"
        found = _engine().execute(query, [list(self.values)]).fetchall()
        return [row[0] for row in found]

    def odd(self, data_type: DataType) -> str:
        """A value that is not of that type: of days rather one that doesn't look like a day in any format."""
        unread = self.unreadable(data_type, Formats()) or self.some
        return next((value for value in unread if not _MOMENT.match(value)), unread[0])


@cache
def _engine() -> duckdb.DuckDBPyConnection:
    """One connection in memory for all questions about values."""
    connection = duckdb.connect(config=dict(NOT_SPILT))
    connection.execute("set TimeZone = 'UTC'")
    return connection


def every_marks() -> list[Formats]:
    """Every pair of decimal and thousands mark."""
    return [Formats.model_validate({"decimal": decimal, "thousands": thousands}) for decimal, thousands in MARKS]


def _count(values: Sequence[str], expression: str) -> int:
    query = f"select count({expression}) from (select unnest(?) as v)"
    row = _engine().execute(query, [list(values)]).fetchone()
    return int(row[0]) if row else 0


def days(values: Sequence[str], written: str) -> list[dt.date]:
    """The days that a format makes of the values that it reads."""
    query = f"select distinct cast({_parsed(written)} as date) from (select {_WITH_MONTHS} from {_VALUES})"
    found = _engine().execute(f"{query} order by 1", [list(values)]).fetchall()
    return [row[0] for row in found if row[0] is not None]


def reads(values: Sequence[str], written: str) -> int:
    """How many of the values a format of days or times reads."""
    query = f"select count({_parsed(written)}) from (select {_WITH_MONTHS} from {_VALUES})"
    row = _engine().execute(query, [list(values)]).fetchone()
    return int(row[0]) if row else 0


def hours(values: Sequence[str], written: str) -> set[int]:
    """The hours of the day that a format makes of the values."""
    query = f"select distinct hour({_parsed(written)}) from (select {_WITH_MONTHS} from {_VALUES})"
    return {row[0] for row in _engine().execute(query, [list(values)]).fetchall() if row[0] is not None}


_WITH_MONTHS = f"v, {numbered('v')} as n"
_VALUES = f"(select {spaced('u', 'timestamp')} as v from (select unnest(?) as u))"


def _parsed(written: str) -> str:
    """A moment as landing reads it, `v` as written or `n` with the month's name as a number."""
    value, written = without_weekday("v", written)
    if has_month_name(written):
        value, way = (numbered(value) if value != "v" else "n"), numbered_format(written)
    else:
        way = written
    moment = f"try_strptime({value}, {literal(way)})"
    return f"case when year({moment}) between 1990 and 2100 then {moment} end"


def _plausible(values: Sequence[str], formats: Sequence[str]) -> list[str]:
    """The formats whose marks stand in the values: to try them all would take seconds."""
    text = " ".join(values[:200])
    letters = bool(re.search(r"[^\W\d]{3}", text))
    kept = []
    for written in formats:
        marks = _marks_of(written)
        named, clock = "%b" in written, "%I" in written
        if written.startswith("%a") and not any(map(_NAMED_DAY.match, values[:9])):
            continue
        if named <= letters and marks <= set(text) and (not clock or re.search(r"(?i)[ap]\.?m", text)):
            kept.append(written)
    return kept


@cache
def _marks_of(written: str) -> set[str]:
    return set(re.sub(r"%-?.", "", written)) - set(" Tdeг")


def swapped(written: str) -> str:
    """The format with day and month changed for each other."""
    return written.translate(str.maketrans("dm", "md")) if "%m" in written else written


def _best(values: Sequence[str], formats: Sequence[str]) -> Reading | None:
    """Of those that read as many, the one whose days lie closest together: 03/04, 04/04, 05/04 follow each other.

    With full stops the day always stands first, wherever people write so.
    """
    if sum(bool(_MOMENT.match(value)) for value in values) < len(values) / 4:
        return None
    if any(re.search(WORDED, value) for value in values):
        values = [row[0] for row in _engine().execute(f"select v from {_VALUES}", [list(values)]).fetchall()]
    formats = _plausible(values, formats)
    if not formats:
        return None
    shown = ", ".join(f"[count(m{n}), datediff('hour', min(m{n}), max(m{n}))]" for n in range(len(formats)))
    columns = ", ".join(f"{_parsed(written)} as m{n}" for n, written in enumerate(formats))
    query = f"select {shown} from (select {columns} from (select {_WITH_MONTHS} from {_VALUES}))"
    row = _engine().execute(query, [list(values)]).fetchone() or ()
    found = {
        formats[order]: (count, -("%m.%d" in formats[order]), -(span or 0), -order)
        for order, (count, span) in enumerate(row)
        if count
    }
    if not found:
        return None
    best = max(found, key=lambda written: found[written])
    rival = swapped(best)
    equal = rival != best and "%d.%m" not in best and rival in found and found[rival][0] == found[best][0]
    return Reading(best, found[best][0], rival if equal else None)
