"""Names of weekdays before a date, which say nothing that the date doesn't: `Mon, Mar 2, 2026`, `Mo., 02.03.2026`."""

import re
from functools import cache

from babel import Locale

from orchestration.extracts.sql import literal
from orchestration.extracts.type.months import LANGUAGES, MORE

_DECLARED = re.compile(r"%[aA][.,]* +")  # with no blank after it, what stands there is DuckDB's to read


def without_weekday(value: str, declared: str) -> tuple[str, str]:
    """The SQL of `value` and the format, both without the weekday at their beginning, where the format has one there.

    A value that begins with none is left as it is.
    """
    if match := _DECLARED.match(declared):
        return f"regexp_replace({value}, {literal(_pattern())}, '')", declared[match.end() :]
    return value, declared


@cache
def _pattern() -> str:
    names = {
        name.lower().rstrip(".")
        for language in (*LANGUAGES, *MORE)
        for context in ("format", "stand-alone")
        for width in ("wide", "abbreviated", "short")
        for name in Locale(language).days[context][width].values()
    }
    known = "|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name)))
    return rf"(?i)^(?:{known})(?:\.,?|,)? +"
