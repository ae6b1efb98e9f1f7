"""Periods as people write them, `Jan 2026`, `Q1 2026`, `2026-W02`, `05.01-11.01.2026`: their first and last day."""

import calendar
import datetime as dt
import re
from collections.abc import Iterable

from orchestration.extracts.type.months import YEAR_MONTH, month_numbers

Period = tuple[dt.date, dt.date]

YEAR_WEEK = r"(20(?:1[3-9]|[2-9]\d))(0[1-9]|[1-4]\d|5[0-3])"
"""`202614`, as databases write a week; up to 12 it may be a month as well."""

_QUARTER = re.compile(
    r"(?:q|t|кв\.?|квартал|quarter|quartal|trim\w*\.?) ?(?P<a>[1-4])(?:\D{1,3}(?P<ay>\d{4}))"
    r"|(?P<b>[1-4])\.?(?:-?[йyаое]{0,2})? ?(?:q|t|кв\.?|квартал|quarter|quartal|trim\w*\.?)\D{1,4}(?P<by>\d{4})"
    r"|(?P<cy>\d{4})\D{0,2}(?:q|t|кв\.?) ?(?P<c>[1-4])",
    re.IGNORECASE,
)
_WEEK = re.compile(
    r"(?P<ay>\d{4})\D{0,2}(?:w|kw|week|нед\w*\.?|sem\w*\.?) ?(?P<a>\d{1,2})"
    r"|(?:w|kw|week|woche|нед\w*\.?|sem\w*\.?) ?(?P<b>\d{1,2})\D{1,3}(?P<by>\d{4})",
    re.IGNORECASE,
)
_MONTH = re.compile(
    r"(?P<n>0?[1-9]|1[0-2])[./ -](?P<y>\d{4})|(?P<y2>\d{4})-(?P<n2>\d{1,2})|(?P<y3>\d{4})年(?P<n3>\d{1,2})月"
)
_NAMED = re.compile(r"(?P<name>[^\W\d]{3,})\.?(?: de)?[ .-]*(?P<y>\d{4})(?: ?г\.?)?", re.IGNORECASE)
# As spreadsheets show a month: `Jan-26`; with a blank (`Jan 26`) it may be a day, unless months are expected.
_SHORT = re.compile(r"(?P<name>[^\W\d]{3,})\.?(?P<mark> ?[-'’] ?| )(?P<y>\d{2})")
_BETWEEN = r"\s*(?:-|–|—|~|～|〜|to|bis|по|до|until|al?|au|até|hasta|t/m|tot|do)\s*"
_NAMES = r"[^\W\d]{3,}\.?"
_PART = (
    r"(?:\d{4}-\d{1,2}-\d{1,2}|\d{4}年\d{1,2}月\d{1,2}日|\d{1,2}[./]\d{1,2}(?:[./]\d{2,4})?"
    rf"|{_NAMES} \d{{1,2}}(?:,? \d{{4}})?|\d{{1,2}}\.?(?: de)? {_NAMES}(?:(?: de)? \d{{4}})?|\d{{1,2}})"
)
_RANGE = re.compile(rf"(?<![\d./-])({_PART}){_BETWEEN}({_PART})(?![\d/-])", re.IGNORECASE)


def period_of(text: str, day: dt.date | None, period: str, month_first: bool = False) -> Period | None:
    """First and last day of what `text` stands for; None where that can't be told.

    `day` is the text read as a date, if it is one: the first day of a week, or any of a month or quarter.
    """
    if day is not None:
        return _around(day, period)
    text = " ".join(text.split())
    if match := _QUARTER.fullmatch(text):
        number = int(match["a"] or match["b"] or match["c"])
        return _around(dt.date(int(match["ay"] or match["by"] or match["cy"]), 3 * number - 2, 1), "quarter")
    if match := _WEEK.fullmatch(text):
        return _iso_week(int(match["ay"] or match["by"]), int(match["a"] or match["b"]))
    if match := _MONTH.fullmatch(text):
        return _month(int(match["y"] or match["y2"] or match["y3"]), int(match["n"] or match["n2"] or match["n3"]))
    if match := re.fullmatch(YEAR_WEEK if period == "week" else YEAR_MONTH, text):
        return (_iso_week if period == "week" else _month)(int(match[1]), int(match[2]))
    match = _NAMED.fullmatch(text)
    if match and match["name"].lower() in month_numbers():
        return _month(int(match["y"]), month_numbers()[match["name"].lower()])
    match = _SHORT.fullmatch(text)
    if match and match["name"].lower() in month_numbers() and (period == "month" or match["mark"] != " "):
        return _month(2000 + int(match["y"]), month_numbers()[match["name"].lower()])
    match = _RANGE.fullmatch(text)
    return _range(match[1], match[2], month_first) if match else None


def is_period(text: str) -> bool:
    """Whether the text is a month, a quarter, a week or a range of days, the day or the month standing first."""
    ways = (("range", False), ("range", True), ("week", False))
    return any(period_of(text, None, period, month_first) for period, month_first in ways)


def are_weeks(texts: Iterable[str]) -> bool:
    """Whether numbers such as 202614 stand among the texts, beside which 202602 is the second week and no month."""
    return any((match := re.fullmatch(YEAR_WEEK, text)) and int(match[2]) > 12 for text in texts)


def period_in(text: str, month_first: bool = False) -> Period | None:
    """The range of days that a line, such as the title of a report, names anywhere."""
    found = [_range(one[1], one[2], month_first) for one in _RANGE.finditer(text)]
    return next((period for period in found if period is not None), None)


def month_first_in(texts: Iterable[str]) -> bool | None:
    """Whether in these ranges of days the month stands before the day, as some of them prove; None where none does.

    So it is too where some prove the one and some the other. Ranges that are the same either way prove nothing.
    """
    found = [tuple(period_of(text, None, "range", month_first) for month_first in (False, True)) for text in texts]
    differing = [pair for pair in found if pair[0] != pair[1]]
    if not differing:
        return False
    only_day, only_month = any(pair[1] is None for pair in differing), any(pair[0] is None for pair in differing)
    return only_month if only_day != only_month else None


def days_of(text: str) -> tuple[str, str] | None:
    """The days of a range between whose numbers there are slashes, each with its year; None where it is none."""
    match = _RANGE.fullmatch(" ".join(text.split()))
    if match is None or "/" not in match[1] + match[2]:
        return None
    begin, end = match[1], match[2]
    return (begin + end[-len(end.rpartition("/")[2]) - 1 :] if begin.count("/") == 1 else begin), end


def _around(day: dt.date, period: str) -> Period:
    if period == "week":
        return day, day + dt.timedelta(days=6)
    if period == "month":
        return day.replace(day=1), _last(day.year, day.month)
    if period == "quarter":
        first = 3 * ((day.month - 1) // 3) + 1
        return dt.date(day.year, first, 1), _last(day.year, first + 2)
    return day, day


def _iso_week(year: int, week: int) -> Period | None:
    try:
        monday = dt.date.fromisocalendar(year, week, 1)
    except ValueError:
        return None
    return monday, monday + dt.timedelta(days=6)


def _month(year: int, month: int) -> Period | None:
    return (dt.date(year, month, 1), _last(year, month)) if 1 <= month <= 12 else None


def _last(year: int, month: int) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def _range(first: str, last: str, month_first: bool) -> Period | None:
    """Two days, of which the first may leave out its year, or month and year."""
    end = _day(last, month_first)
    if end is None or None in end:
        return None
    begin = _day(first, month_first)
    if begin is None:
        return None
    year, month, day = (given if given is not None else of_end for given, of_end in zip(begin, end, strict=True))
    try:
        days = dt.date(year or 0, month or 0, day or 0), dt.date(end[0] or 0, end[1] or 0, end[2] or 0)
        if begin[0] is None and days[0].month > days[1].month:  # 29.12-04.01.2026; 28-03.01.2026 names no month before
            days = days[0].replace(year=days[0].year - 1), days[1]
    except ValueError:
        return None
    return days if days[0] <= days[1] else None


def _day(text: str, month_first: bool) -> tuple[int | None, int | None, int | None] | None:
    """Year, month, day as far as they are given."""
    text = text.strip()
    if match := re.fullmatch(r"(\d{4})[-年](\d{1,2})[-月](\d{1,2})日?", text):
        return int(match[1]), int(match[2]), int(match[3])
    if match := re.fullmatch(r"(\d{1,2})[./](\d{1,2})(?:[./](\d{2,4}))?", text):
        one, two = int(match[1]), int(match[2])
        year = int(match[3]) + (2000 if len(match[3]) == 2 else 0) if match[3] else None
        return (year, one, two) if month_first and "/" in text else (year, two, one)
    if match := re.fullmatch(r"([^\W\d]{3,})\.? (\d{1,2})(?:,? (\d{4}))?", text):
        number = month_numbers().get(match[1].lower())
        return (int(match[3]) if match[3] else None, number, int(match[2])) if number else None
    if match := re.fullmatch(r"(\d{1,2})\.?(?: de)? ([^\W\d]{3,})\.?(?:(?: de)? (\d{4}))?", text):
        number = month_numbers().get(match[2].lower())
        return (int(match[3]) if match[3] else None, number, int(match[1])) if number else None
    return (None, None, int(text)) if text.isdigit() else None
