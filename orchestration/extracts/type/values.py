"""Values as written -> one canonical spelling for each type, as SQL over whole columns.

Each function returns the SQL of the canonical text of the (trimmed, non-empty) expression `value`, null where it can't
be read: dates `YYYY-MM-DD`, times in UTC with `+00`, plain decimals, whole digits, true/false, seconds.
"""

from orchestration.extracts.source_specs import DataType
from orchestration.extracts.sql import literal, literals
from orchestration.extracts.type.declared import declared_sql, without_offset
from orchestration.extracts.type.money import decimal_sql
from orchestration.extracts.type.months import month_sql
from orchestration.extracts.type.yes_no import NO, YES
from orchestration.settings import Formats

WHITESPACE = (
    "' ' || chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || chr(160) || chr(8203) || chr(8239) || chr(65279)"
)
EDGE = r"[\s\x{0B}\x{A0}\x{200B}\x{202F}\x{FEFF}]"
ISO_DATE = r"\d{4}-\d{1,2}-\d{1,2}"
ISO_TIME = r"\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?"
ZONE = r" ?(?:Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)"

EXPECTED: dict[DataType, str] = {
    "date": "date", "timestamp": "date or time", "epoch": "time", "month": "month or date", "decimal": "number",
    "integer": "whole number", "boolean": "true or false", "duration": "duration", "text": "text",
}  # fmt: skip
TOO_LARGE = "too large a number"


def canonical(value: str, data_type: DataType, formats: Formats, timezone: str, typed: bool = False) -> str:
    """The SQL of `value` in the canonical spelling of `data_type`; null where it can't be read.

    `timezone` is the zone of times without one. `typed` values may also be ISO where the formats say otherwise.
    """
    if data_type == "text":
        return value
    if data_type == "date":
        return date_sql(value, formats, typed)
    if data_type == "timestamp":
        return timestamp_sql(value, formats, timezone, typed)
    if data_type == "epoch":
        return _first([epoch_sql(value), timestamp_sql(value, formats, timezone, typed)])
    if data_type == "month":
        written = date_sql(value, formats, typed)
        first = f"cast(try_cast({value} || '-01' as date) as varchar)"
        only = rf"regexp_full_match({value}, '\d{{4}}-\d{{2}}')"
        read = f"coalesce(case when {only} then {first} end, left({written}, 8) || '01', {month_sql(value)})"
        return f"cast({_plausible(f'cast({read} as date)')} as varchar)"
    if data_type == "decimal":
        return decimal_sql(value, formats)
    if data_type == "integer":
        return rf"nullif(regexp_extract({decimal_sql(value, formats)}, '^(-?\d+)(?:\.0*)?$', 1), '')"
    if data_type == "duration":
        return duration_sql(value, formats)
    return boolean_sql(value)


def date_sql(value: str, formats: Formats, typed: bool) -> str:
    """A date as written, or the date part of a time as written: dates never shift with a time zone."""
    days = [f"cast({declared_sql(*without_offset(value, declared))} as date)" for declared in _given(formats)]
    ways = [f"cast({_plausible(day)} as varchar)" for day in days]
    if formats.date is None or formats.timestamp is None or typed:
        pattern = literal(rf"({ISO_DATE})(?:[T ]{ISO_TIME}(?:{ZONE})?)?")
        iso = f"try_cast(regexp_extract({value}, {pattern}, 1) as date)"
        only = _iso_only(value, formats, typed)
        ways.append(f"case when regexp_full_match({value}, {only}) then cast({_plausible(iso)} as varchar) end")
    return _first(ways)


def timestamp_sql(value: str, formats: Formats, timezone: str, typed: bool) -> str:
    """A time in UTC, `YYYY-MM-DD HH:MM:SS[.ffffff]+00`; where only a date is written, that date, unshifted."""
    ways = []
    if formats.date:
        ways.append(f"cast({_plausible(f'cast({declared_sql(value, formats.date)} as date)')} as varchar)")
    if formats.timestamp:
        parsed = _plausible(declared_sql(value, formats.timestamp))
        if "%z" in formats.timestamp:
            ways.append(_utc(f"case when not {beyond_zones(value)} then {parsed} end"))
        else:
            ways.append(_utc(f"timezone({literal(timezone)}, {parsed})"))
    if formats.date is None or typed:
        iso = f"case when regexp_full_match({value}, {literal(ISO_DATE)}) then try_cast({value} as date) end"
        ways.append(f"cast({_plausible(iso)} as varchar)")
    if formats.timestamp is None or typed:
        ways += _iso_times(value, timezone)
    return _first(ways)


def epoch_sql(value: str) -> str:
    """A time in UTC from seconds since 1970, or from milliseconds where there are too many digits for seconds."""
    seconds, millis = literal(r"\d{8,10}"), literal(r"\d{12,13}")
    micros = (
        f"case when regexp_full_match({value}, {seconds}) then try_cast({value} as bigint) * 1000000 "
        f"when regexp_full_match({value}, {millis}) then try_cast({value} as bigint) * 1000 end"
    )
    return f"cast(make_timestamp({micros}) as varchar) || '+00'"


def _iso_times(value: str, timezone: str) -> list[str]:
    naive = literal(rf"{ISO_DATE}[T ]{ISO_TIME}")
    local = _plausible(f"try_cast(replace({value}, ',', '.') as timestamp)")
    # A cast to timestamp would drop the offset without a word, a cast to timestamptz wants it spelled in one way.
    zoned = literal(rf"({ISO_DATE})[T ](\d{{1,2}}:\d{{2}})(:\d{{2}})?(?:[.,](\d{{1,9}}))?{ZONE}")
    parts = rf"regexp_replace({value}, {zoned}, '\1 \2')"
    seconds = f"coalesce(nullif(regexp_extract({value}, {zoned}, 3), ''), ':00')"
    fraction = f"coalesce('.' || nullif(regexp_extract({value}, {zoned}, 4), ''), '')"
    offset = _offset(value)
    spelled = f"coalesce(nullif({offset}.hours, '') || ':' || coalesce(nullif({offset}.minutes, ''), '00'), '+00:00')"
    moment = f"try_cast({parts} || {seconds} || {fraction} || {spelled} as timestamptz)"
    aware = f"case when not {beyond_zones(value)} then {moment} end"
    return [
        f"case when regexp_full_match({value}, {naive}) then {_utc(f'timezone({literal(timezone)}, {local})')} end",
        f"case when regexp_full_match({value}, {zoned}) then {_utc(_plausible(aware))} end",
    ]


def duration_sql(value: str, formats: Formats) -> str:
    """Whole seconds from a number of seconds, `H:MM:SS` or `N days, H:MM:SS` (days may be negative)."""
    pattern = literal(r"^(?:(-?\d{1,9}) days?,? ?)?(\d{1,9}):([0-5]\d):([0-5]\d)(?:[.,]\d+)?$")
    match = f"regexp_extract({value}, {pattern}, ['days', 'hours', 'minutes', 'seconds'])"
    days = f"coalesce(try_cast({match}.days as bigint), 0)"
    hours, minutes, rest = (f"try_cast({match}.{part} as bigint)" for part in ("hours", "minutes", "seconds"))
    clock = f"{hours} * 3600 + {minutes} * 60 + {rest}"
    seconds = (
        f"cast(cast(round(try_cast({decimal_sql(value, formats)} as decimal(38, 9))) as decimal(38, 0)) as varchar)"
    )
    return f"case when {value} like '%:%' then cast({days} * 86400 + {clock} as varchar) else {seconds} end"


def boolean_sql(value: str) -> str:
    """True or false from the words that spreadsheets, databases and forms write."""
    word = f"lower({value})"
    return f"case when {word} in {literals(YES)} then 'true' when {word} in {literals(NO)} then 'false' end"


def _given(formats: Formats) -> list[str]:
    return [declared for declared in (formats.date, formats.timestamp) if declared]


def _iso_only(value: str, formats: Formats, typed: bool) -> str:
    """ISO is read only where no format of its own is declared: 2023-04-05 under %Y-%d-%m is the fourth of May."""
    date = ISO_DATE if formats.date is None or typed else None
    time = rf"{ISO_DATE}[T ]{ISO_TIME}(?:{ZONE})?" if formats.timestamp is None or typed else None
    return literal("|".join(pattern for pattern in (date, time) if pattern))


def why_unread(value: str, data_type: DataType) -> str:
    """The SQL of why a value could not be read: what is wrong with it where that shows, else what it is not."""
    reason = literal(f"no readable {EXPECTED[data_type]}")
    if data_type not in ("date", "timestamp", "epoch", "month"):
        return reason
    ancient = rf"regexp_matches({value}, '^(?:0\d|1[0-8])\d\d-\d{{1,2}}(?:-|$)')"
    zone = f"when {beyond_zones(value)} then {literal('a time zone beyond 15 hours')} "
    return f"case {'' if data_type == 'month' else zone}when {ancient} then 'earlier than 1900' else {reason} end"


def _offset(value: str) -> str:
    return rf"regexp_extract({value}, '([+-]\d{{2}}):?(\d{{2}})?$', ['hours', 'minutes'])"


def beyond_zones(value: str) -> str:
    """Whether a time ends in an offset beyond 15 hours, which no zone has; the engine itself takes 99."""
    written = literal(r":\d{2}(?:[.,]\d{1,9})? ?[+-]\d{2}(?::?\d{2})?$")
    offset = _offset(value)
    hours, minutes = (f"coalesce(abs(try_cast({offset}.{part} as integer)), 0)" for part in ("hours", "minutes"))
    return f"(regexp_matches({value}, {written}) and ({hours} * 60 + {minutes} > 900 or {minutes} > 59))"


def _plausible(moment: str) -> str:
    """A year before any business is a misread one: %Y reads 05.01.23 as the year 23."""
    return f"case when year({moment}) >= 1900 then {moment} end"


def _utc(moment: str) -> str:
    return f"cast(timezone('UTC', {moment}) as varchar) || '+00'"


def _first(ways: list[str]) -> str:
    return ways[0] if len(ways) == 1 else f"coalesce({', '.join(ways)})"
