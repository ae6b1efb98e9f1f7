"""The kept marts with what each of them says, so that one can be chosen for a rollback."""

import dataclasses
import datetime as dt
from decimal import Decimal
from typing import Any

import duckdb

from orchestration.publish.history import HistoryEntry, kept_marts, name_of
from orchestration.settings import Settings
from orchestration.temporary import NOT_SPILT

FIGURES = ("leads", "won_deals", "revenue")
_READ = """
    select run.today, run.reporting_currency, total.leads, total.won_deals, total.revenue
    from _meta.run as run
    left join mart.kpi_total as total on total.grain = 'month' and total.period_start = ?
"""


@dataclasses.dataclass(frozen=True)
class KeptMart:
    """One kept mart: `figures` are those of `month`, the same for all; `problem` says why there are none.

    `today` is the reporting day it was counted for, `is_published` whether it is the one that BI reads.
    """

    entry: HistoryEntry
    is_published: bool
    month: dt.date | None = None
    today: dt.date | None = None
    currency: str = ""
    figures: dict[str, Decimal | int | None] = dataclasses.field(default_factory=dict)
    problem: str | None = None

    def as_document(self) -> dict[str, Any]:
        """Return the same as a JSON document."""
        return {
            "name": self.entry.name,
            "built_at": self.entry.built_at,
            "run_id": self.entry.run_id,
            "is_published": self.is_published,
            "today": self.today,
            "month": self.month,
            "currency": self.currency,
            **self.figures,
            **({"problem": self.problem} if self.problem else {}),
        }


def kept(settings: Settings) -> list[KeptMart]:
    """Return the kept marts, the one published first before the others, each with figures of the same month.

    That month is the one that the newest readable mart opens on.
    """
    live = name_of(settings.published_path) if settings.published_path.exists() else None
    entries = kept_marts(settings)
    month = next((found for entry in reversed(entries) if (found := _month(entry)) is not None), None)
    return [_look(entry, entry.name == live, month) for entry in entries]


def _month(entry: HistoryEntry) -> dt.date | None:
    try:
        found = _ask(entry, "select period_start from mart.kpi_opening where grain = 'month'", [])
    except duckdb.Error:  # it is listed with its problem; another one tells the month
        return None
    return found[0] if found else None


def _look(entry: HistoryEntry, is_published: bool, month: dt.date | None) -> KeptMart:
    try:
        found = _ask(entry, _READ, [month])
    except duckdb.Error as error:
        return KeptMart(entry, is_published, month, problem=str(error).splitlines()[0])
    today, currency, *figures = found or (None, "", *(None for _ in FIGURES))
    return KeptMart(entry, is_published, month, today, currency, dict(zip(FIGURES, figures, strict=True)))


def _ask(entry: HistoryEntry, query: str, parameters: list[Any]) -> Any:
    with duckdb.connect(entry.path, read_only=True, config=NOT_SPILT) as mart:
        return mart.execute(query, parameters).fetchone()
