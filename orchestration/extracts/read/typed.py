"""Typed values (cells, JSON, Parquet) as text, in the declared formats of the file so that they read back exactly."""

import datetime as dt
import json
from decimal import Decimal
from typing import Any

from orchestration.settings import Formats


def as_text(value: Any, formats: Formats) -> str | None:
    """`value` as its file would write it: declared date and time formats and decimal mark; null as None."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, tuple):  # an amount and its sign
        return " ".join((value[0], _number(value[1]).replace(".", formats.decimal)))
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float | Decimal):
        return _number(value).replace(".", formats.decimal)
    if isinstance(value, dt.datetime):
        if value.tzinfo is None and value.time() == dt.time():
            return _time(value.date(), formats.date, dt.date.isoformat(value.date()))
        return _time(value, formats.timestamp, value.isoformat(sep=" "))
    if isinstance(value, dt.date):
        return _time(value, formats.date, value.isoformat())
    if isinstance(value, dt.timedelta):
        seconds = round(value.total_seconds())
        sign, seconds = ("-" if seconds < 0 else ""), abs(seconds)
        return f"{sign}{seconds // 3600}:{seconds % 3600 // 60:02}:{seconds % 60:02}"
    if isinstance(value, dt.time):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False)


def _number(value: int | float | Decimal) -> str:
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e22:
        return str(int(value))
    if isinstance(value, float) and value == value and abs(value) != float("inf"):
        return format(Decimal(repr(value)), "f")
    return str(value)


def _time(value: Any, declared: str | None, iso: str) -> str:
    """The declared spelling if it loses nothing (a format without seconds would), else ISO."""
    if declared is None:
        return iso
    text = value.strftime(declared)
    try:
        back = dt.datetime.strptime(text, declared)
    except ValueError:
        return iso
    return text if back == (value if isinstance(value, dt.datetime) else dt.datetime.combine(value, dt.time())) else iso
