"""Names of months in dates, in many languages: `12 янв. 2024`, `3. März 2024`, `1 de mayo de 2024`, `3 paź 2026`."""

import re
from functools import cache

from babel import Locale

from orchestration.extracts.sql import literal

LANGUAGES = ("en", "ru", "de", "es", "pt", "fr")
# None calls a month what another calls another month, as Croatian does (its `listopad` is October, not November).
MORE = ("it", "nl", "pl", "sv", "da", "nb", "fi", "cs", "sk", "hu", "ro", "tr", "uk", "el", "bg")
YEAR_MONTH = r"(20(?:1[3-9]|[2-9]\d))(0[1-9]|1[0-2])"
"""`202601`, as databases write a month: before 2013 it may be a day of six digits (`201012`), from then on it can't."""
MARK = "#"  # before the number that stands for the name of a month
_WORD = r"(\p{L}{3,})\.?"
_FURTHER = {"sept": 9, "мая": 5, "май": 5, "сент": 9, "нояб": 11, "mrz": 3, "jänner": 1, "juill": 7}


@cache
def month_numbers() -> dict[str, int]:
    """Every name and abbreviation of a month (lower case, without a full stop), from the tables of Unicode's CLDR."""
    found = dict(_FURTHER)
    for language in (*LANGUAGES, *MORE):
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in Locale(language).months[context][width].items():
                    found[name.lower().rstrip(".")] = number
    # the first three letters of English and Russian names, as many programs write them
    shortened = [(name, n) for language in ("en", "ru", "de", "es", "pt") for n, name in _wide(language)]
    found |= {name[:3]: number for name, number in shortened if name[:3] not in found}
    return {name: number for name, number in found.items() if len(name) > 2}


def _wide(language: str) -> list[tuple[int, str]]:
    return [(number, name.lower()) for number, name in Locale(language).months["format"]["wide"].items()]


def has_month_name(declared: str) -> bool:
    """Whether a format of dates holds the name of a month, and no name of a weekday, which could be taken for one."""
    return bool(re.search(r"%[bB]", declared)) and not re.search(r"%[aA]", declared)


def numbered_format(declared: str) -> str:
    """The format with the month as a marked number, for values that `numbered` made: a full stop goes with it."""
    return re.sub(r"%[bB]\.?", f"{MARK}%m", declared)


def numbered(value: str, mark: str = MARK) -> str:
    """The SQL of `value` with the name of its month as a number of two digits; null where it holds none.

    The mark before it keeps it in its place: else `Jan 5 2026` would be read as `5 Jan 2026` is written, in May.
    """
    names = month_numbers()
    keys = ", ".join(literal(name) for name in names)
    numbers = ", ".join(literal(f"{mark}{number:02}") for number in names.values())
    word = f"regexp_extract({value}, {literal(_WORD)}, 1)"
    number = f"map([{keys}], [{numbers}])[lower({word})]"
    return f"regexp_replace({value}, {literal(_WORD)}, {number})"


def month_sql(value: str) -> str:
    """The SQL of the first day of a month written `Jan 2026`, `янв. 2026`, `01.2026` or `202601`; else null."""
    numeric = literal(r"(0?[1-9]|1[0-2])[./ -](\d{4})(?: ?г\.?)?")
    joined = literal(YEAR_MONTH)
    named = literal(r"(\p{L}{3,}\.?(?: de)?)[ .-]+(\d{4})(?: ?г\.?)?")
    words = f"regexp_replace({numbered(value, mark='')}, ' de ', ' ')"
    given = (
        f"case when regexp_full_match({value}, {numeric}) then {value} "
        f"when regexp_full_match({value}, {joined}) then right({value}, 2) || '.' || left({value}, 4) "
        f"when regexp_full_match({value}, {named}) then {words} end"
    )
    parts = f"regexp_extract({given}, {numeric}, ['month', 'year'])"
    return f"cast(try_cast({parts}.year || '-' || lpad({parts}.month, 2, '0') || '-01' as date) as varchar)"
