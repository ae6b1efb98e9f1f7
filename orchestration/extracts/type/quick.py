"""The quick way to read a column: a cast or two over the whole of it. What it leaves null is read the elaborate way.

It takes only what `canonical` reads too, and reads it alike: mostly by writing the value back and comparing. Casts by
themselves take `2024/1/5`, `1_000`, `0x1F`, `infinity` and, without a word, drop an offset.
"""

import re

from orchestration.extracts.source_specs import ColumnSpec
from orchestration.extracts.sql import literal
from orchestration.extracts.type.declared import declared_sql, without_offset
from orchestration.extracts.type.stored import held, marked, time_text, unmarked
from orchestration.extracts.type.values import beyond_zones, boolean_sql
from orchestration.settings import Formats

_UTC = frozenset({"UTC", "Etc/UTC", "Z", "Zulu", "GMT", "Etc/GMT"})
_FIRST_DAY, _LAST_DAY = "date '1900-01-01'", "date '9999-12-31'"
_DIGITS = "9" * 18  # as many as `canonical` reads


def may_have_edge(value: str) -> str:
    """The SQL of whether `value` begins or ends with anything but a visible character of ASCII."""
    return f"({value} not between '!' and '~~' or {value}[-1] not between '!' and '~')"


def quick(value: str, column: ColumnSpec, formats: Formats, timezone: str, typed: bool = False) -> str | None:
    """The SQL of the text `value` (not null, trimmed or not) as its raw column stores it, null where it isn't read.

    None where a column has no quick way. Arguments as for `canonical`.
    """
    if column.raw_type == "varchar":
        return value if column.data_type == "text" else None
    if column.data_type == "boolean":
        return f"cast({boolean_sql(value)} as boolean)"
    if column.data_type == "integer":
        return f"case when {_whole(value)} then try_cast({value} as bigint) end"
    if column.data_type == "duration":
        return f"case when {_whole(value)} then {held(value, column)} end"
    if column.data_type == "decimal":
        return _decimal(value, column, formats)
    if column.data_type == "date":
        return _first(_days(value, formats, typed))
    if column.data_type == "month":
        # a year and month alone are read before any declared format
        day = _first(_days(value, formats, typed))
        return f"case when strlen({value}) <> 7 then cast(date_trunc('month', {day}) as date) end"
    times = _first(_times(value, formats, timezone, typed))
    return _epoch(value, times) if column.data_type == "epoch" else times


def quick_text(written: str, stored: str, column: ColumnSpec, formats: Formats) -> str:
    """The SQL of the canonical text of what the quick way made of `written`."""
    if column.data_type in ("text", "integer", "duration"):
        return written
    if column.data_type == "decimal":
        return _pointed(written, formats)
    return time_text(stored) if column.raw_type == "timestamp" else f"cast({stored} as varchar)"


def _whole(value: str) -> str:
    number = f"try_cast({value} as bigint)"
    return f"({number} between -{_DIGITS} and {_DIGITS} and cast({number} as varchar) = {value})"


def _decimal(value: str, column: ColumnSpec, formats: Formats) -> str:
    """A cast takes digits with a sign, a point, an exponent, underscores and blanks around them: not all of it here."""
    foreign = [mark for mark in ("e", "E", "_", ".") if mark != formats.decimal]
    refused = [f"contains({value}, {literal(mark)})" for mark in foreign]
    refused += [f"starts_with({value}, {literal(sign + formats.decimal)})" for sign in ("", "-")]
    read = held(_pointed(value, formats), column)
    # digits or a minus first, a digit last
    framed = f"strlen({value}) <= 18 and {value} between '-' and ':' and {value}[-1] between '0' and '9'"
    return f"case when {framed} and not ({' or '.join(refused)}) then {read} end"


def _pointed(value: str, formats: Formats) -> str:
    return value if formats.decimal == "." else f"replace({value}, {literal(formats.decimal)}, '.')"


def _declared(value: str, declared: str) -> str:
    """A value in the declared format, as `canonical` reads it first; what is to be trimmed is left to it."""
    moment = declared_sql(value, declared)
    return f"case when not {may_have_edge(value)} and year({moment}) >= 1900 then {moment} end"


def _days(value: str, formats: Formats, typed: bool) -> list[str]:
    declared = [one for one in (formats.date, formats.timestamp) if one]
    ways = [f"cast({_declared(*without_offset(value, one))} as date)" for one in declared]
    return [*ways, *([_iso_day(value)] if formats.date is None or typed else [])]


def _iso_day(value: str) -> str:
    day = f"try_cast({value} as date)"
    return f"case when cast({day} as varchar) = {value} and {day} between {_FIRST_DAY} and {_LAST_DAY} then {day} end"


def _times(value: str, formats: Formats, timezone: str, typed: bool) -> list[str]:
    """In the order in which `canonical` tries them."""
    ways = []
    if formats.date:
        ways.append(marked(f"cast({_declared(value, formats.date)} as date)"))
    if formats.timestamp:
        parsed = _declared(value, formats.timestamp)
        zoned = f"case when not {beyond_zones(value)} then timezone('UTC', {parsed}) end"
        moment = zoned if "%z" in formats.timestamp else _in_utc(parsed, timezone)
        has_fraction = re.search("%[fgn]", formats.timestamp)
        ways.append(unmarked(moment) if has_fraction else moment)
    if formats.date is None or typed:
        ways.append(f"case when strlen({value}) = 10 then {marked(_iso_day(value))} end")
    if formats.timestamp is None or typed:
        ways.append(_iso_time(value, timezone))
    return ways


def _iso_time(value: str, timezone: str) -> str:
    """`YYYY-MM-DD HH:MM:SS[.ffffff]`, T for the blank, alone or with the zero offset at its end."""
    text = f"replace({value}, 'T', ' ')"
    offsets = " ".join(
        f"when ends_with({value}, {literal(zero)}) then left({text}, -{len(zero)})"
        for zero in ("Z", "+00:00", "+0000", "+00", " UTC")
    )
    aware = f"case {offsets} end"
    return (
        f"case when strlen({value}) = 19 and not contains({value}, 'T') then {_plain(value, timezone)} "
        f"else coalesce({_with_fraction(text, timezone)}, {_with_fraction(aware, 'UTC')}) end"
    )


def _plain(text: str, timezone: str) -> str:
    """A time without fraction, in UTC."""
    moment = f"try_cast({text} as timestamp)"
    return f"case when {_written(moment)} = {text} and {_in_range(moment)} then {_in_utc(moment, timezone)} end"


def _with_fraction(text: str, timezone: str) -> str:
    """A time with or without a fraction, which may end in zeros; never the microsecond of the mark."""
    moment, cut = f"try_cast({text} as timestamp)", f"rtrim(rtrim({text}, '0'), '.')"
    same = (
        f"case when not contains({text}, '.') then {_written(moment)} = {text} "
        f"when strlen({text}) between 21 and 29 and not contains({text}, '.000001') then {_written(moment)} = {cut} end"
    )
    return f"case when {same} and {_in_range(moment)} then {_in_utc(moment, timezone)} end"


def _written(moment: str) -> str:
    return f"cast({moment} as varchar)"


def _in_range(moment: str) -> str:
    return f"{moment} between timestamp {_FIRST_DAY[5:]} and timestamp '9999-12-31 23:59:59.999999'"


def _in_utc(moment: str, timezone: str) -> str:
    """A time without zone, of that zone, in UTC."""
    return moment if timezone in _UTC else f"make_timestamp(epoch_us(timezone({literal(timezone)}, {moment})))"


def _epoch(value: str, times: str) -> str:
    number = f"try_cast({value} as bigint)"
    return (
        f"case when {number} is null then {times} when not {_whole(value)} then null "
        f"when strlen({value}) between 8 and 10 and {number} >= 0 then make_timestamp({number} * 1000000) "
        f"when strlen({value}) between 12 and 13 and {number} >= 0 then make_timestamp({number} * 1000) end"
    )


def _first(ways: list[str]) -> str:
    return ways[0] if len(ways) == 1 else f"coalesce({', '.join(ways)})" if ways else "null"
