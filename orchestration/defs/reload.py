"""Which landed files to read again: a pattern of names, a range of dates in the names, or both."""

import calendar
import datetime as dt
import fnmatch
import re
from collections.abc import Mapping
from typing import Any

import dagster as dg

from orchestration.errors import SettingsError
from orchestration.extracts.land.land import Reload

RELOAD_CONFIG: dict[str, Any] = {
    "reload": dg.Field(
        {
            "files": dg.Field(str, is_required=False, description="Pattern of file names, such as *2024-03*."),
            "from": dg.Field(str, is_required=False, description="First day, YYYY-MM-DD."),
            "to": dg.Field(str, is_required=False, description="Last day, YYYY-MM-DD."),
        },
        is_required=False,
        description=(
            "Backfill: read files again although they have not changed. Files are chosen by pattern, by the dates in "
            "their names (a file without a date in its name may hold any day and is read), or by both. Loading again "
            "replaces what the file gave before; nothing is counted twice."
        ),
    )
}
_DATE = re.compile(r"(?<!\d)(20\d\d)[-_.]?(0[1-9]|1[0-2])(?:[-_.]?(0[1-9]|[12]\d|3[01]))?(?!\d)")


def reload_rule(config: Mapping[str, str] | None) -> Reload | None:
    """Return what `reload` in the run configuration asks for; None: only new and changed files.

    Raises:
        SettingsError: a date is no date.
    """
    if not config:
        return None
    pattern, first, last = config.get("files", "*"), _day("from", config), _day("to", config)

    def chosen(name: str) -> bool:
        if not (fnmatch.fnmatch(name, pattern) or fnmatch.fnmatch(name.rsplit("/", 1)[-1], pattern)):
            return False
        periods = [_period(*found) for found in _DATE.findall(name)]
        if not periods:
            return True
        begin, end = min(start for start, _ in periods), max(stop for _, stop in periods)
        return (last is None or begin <= last) and (first is None or end >= first)

    return chosen


def _day(key: str, config: Mapping[str, str]) -> dt.date | None:
    try:
        return dt.date.fromisoformat(config[key]) if config.get(key) else None
    except ValueError:
        raise SettingsError(f"run config: reload.{key}: {config[key]!r} is no date; expected YYYY-MM-DD") from None


def _period(year: str, month: str, day: str) -> tuple[dt.date, dt.date]:
    first = dt.date(int(year), int(month), 1)
    days = calendar.monthrange(first.year, first.month)[1]
    if day and int(day) <= days:
        return first.replace(day=int(day)), first.replace(day=int(day))
    return first, first.replace(day=days)
