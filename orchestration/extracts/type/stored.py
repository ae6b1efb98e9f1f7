"""Canonical texts as the raw table stores them: typed, and for times with the mark of those that are only a date."""

import re

from orchestration.extracts.source_specs import ColumnSpec
from orchestration.extracts.sql import as_decimal, literal

_DAY = 86_400_000_000  # microseconds


def stored(text: str, column: ColumnSpec) -> str:
    """The SQL of the canonical text `text` as the type of the raw column; null where the type can't hold it."""
    if column.raw_type == "varchar":
        return text if column.number_type is None else f"case when {held(text, column)} is not null then {text} end"
    if column.raw_type == "timestamp":
        day = marked(f"try_cast({text} as date)")
        return f"case when strlen({text}) = 10 then {day} else {unmarked(f'try_cast({text} as timestamp)')} end"
    return held(text, column)


def held(text: str, column: ColumnSpec) -> str:
    """The SQL of the canonical text as its number, day or truth; what its type can't hold is null."""
    kind = column.number_type or column.raw_type
    decimal = re.fullmatch(r"decimal\((\d+), (\d+)\)", kind)
    return as_decimal(text, int(decimal[1]), int(decimal[2])) if decimal else f"try_cast({text} as {kind})"


def marked(day: str) -> str:
    """A time of which only the day was given: its midnight and one microsecond, the mark that staging reads.

    The mark goes with the value through joins, histories and coalesce, where a flag of its own would be left behind.
    """
    return f"(cast({day} as timestamp) + interval 1 microsecond)"


def unmarked(moment: str) -> str:
    """A real time; one of the marked microsecond, the second of a day, becomes the next."""
    return f"case when {is_marked(moment)} then {moment} + interval 1 microsecond else {moment} end"


def is_marked(moment: str) -> str:
    """Whether a stored time is only a date; before 1970 the remainder is negative."""
    return f"epoch_us({moment}) % {_DAY} in (1, {1 - _DAY})"


def time_text(moment: str) -> str:
    """A stored time in its canonical spelling."""
    day = f"cast(cast({moment} as date) as varchar)"
    return f"case when {is_marked(moment)} then {day} else cast({moment} as varchar) || '+00' end"


def nothing(column: ColumnSpec) -> str:
    """Null in the type of the raw column."""
    return f"cast(null as {column.raw_type})"


def given(text: str | None, column: ColumnSpec) -> str:
    """What the settings say (canonical already) as the raw column stores it."""
    return nothing(column) if text is None else stored(literal(text), column)
