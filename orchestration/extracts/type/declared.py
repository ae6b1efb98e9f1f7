"""Days and times in a format that the settings declare."""

import re

from orchestration.extracts.sql import literal
from orchestration.extracts.type.months import has_month_name, numbered, numbered_format
from orchestration.extracts.type.weekdays import without_weekday

_WIDTHS = {"Y": 4, "y": 2, "m": 2, "d": 2, "j": 3, "H": 2, "I": 2, "M": 2, "S": 2}
_NUMBERS = re.compile(rf"(?:%-?[{''.join(_WIDTHS)}])+")

_OFFSET = r" *(?:Z|[+-]\d{2}(?::?\d{2})?)$"


def declared_sql(value: str, declared: str) -> str:
    """The SQL of a moment in the declared format, null where the value is none."""
    value, declared = without_weekday(value, declared)
    if declared.endswith("%z"):  # between others with an offset: in London's winter
        value = f"regexp_replace({value}, '(?:GMT|UTC)$', '+00')"
    if has_month_name(declared):
        return f"try_strptime({numbered(value)}, {literal(numbered_format(declared))})"
    moment = f"try_strptime({value}, {literal(declared)})"
    complete = _complete(declared)
    return (
        moment if complete is None else f"case when regexp_full_match({value}, {literal(complete)}) then {moment} end"
    )


def without_offset(value: str, declared: str) -> tuple[str, str]:
    """The SQL of `value` and the format, both without the zone at their end: as a day, a time is what is written."""
    if declared.endswith("%z"):
        return f"regexp_replace({value}, {literal(_OFFSET)}, '')", declared.removesuffix("%z").rstrip()
    return value, declared


def _complete(declared: str) -> str | None:
    """The pattern of values with all digits where a format has numbers without a mark between them; else None.

    A spreadsheet makes 10126 of 010126, the first of January: as %d%m%y it would be the tenth of December 2006.
    """
    widths = [[_WIDTHS[part] for part in re.findall("[A-Za-z]", found)] for found in _NUMBERS.findall(declared)]
    digits = [rf"\d{{{sum(parts)}}}" for parts in widths if len(parts) > 1]
    around = r"\D(?:.*\D)?".join(digits)
    return rf"(?:.*\D)?{around}(?:\D.*)?" if digits else None
