"""Rates that the settings' files give, as far as a proof must know them: which currency has one on which days."""

import datetime as dt
import tempfile
from bisect import bisect_right
from pathlib import Path

from orchestration.errors import ExtractError
from orchestration.extracts.feed import sheet_feeds
from orchestration.extracts.find.content import fetch, unpack
from orchestration.extracts.find.discover import discover_sheet
from orchestration.extracts.read.file import read_file
from orchestration.extracts.source_specs import TableSpec
from orchestration.extracts.type.adapt import adapt
from orchestration.extracts.type.prepare import INCOMING, prepare
from orchestration.settings import Settings
from orchestration.temporary import in_memory

_HOLDS = dt.timedelta(days=7)


class Rates:
    """The days on which each currency has a rate to that of the report."""

    def __init__(self, reporting: str, days: dict[str, list[dt.date]]):
        self.reporting, self._days = reporting, {currency: sorted(found) for currency, found in days.items()}

    def has(self, currency: str, day: dt.date | None) -> bool:
        """Whether money of that currency can be converted: by a rate of the day or of the 7 days before."""
        if currency == self.reporting or day is None:
            return True
        found = self._days.get(currency, [])
        at = bisect_right(found, day)
        return at > 0 and found[at - 1] >= day - _HOLDS


def known_rates(settings: Settings, table: TableSpec) -> Rates:
    """The rates of all files of `fx_rates` that the settings name; a file that can't be read gives none."""
    days: dict[str, list[dt.date]] = {}
    for feed in sheet_feeds(settings, table):
        for file in discover_sheet(settings, feed.position or 0):
            with tempfile.TemporaryDirectory(prefix="funnelmart-") as name, in_memory(Path(name)) as connection:
                folder = Path(name)
                try:
                    path = unpack(fetch(file, folder), folder)
                    read = read_file(connection, path, file.name, feed.formats, feed.expected, folder)
                    prepare(connection, feed, adapt(connection, feed, read))
                except ExtractError:
                    continue  # landing refuses it by name
                query = f"select upper(currency), try_cast(date as date) from {INCOMING} where _status = 'landed'"
                for currency, day in connection.execute(query).fetchall():
                    if currency and day:
                        days.setdefault(currency, []).append(day)
    return Rates(settings.reporting.currency, days)
