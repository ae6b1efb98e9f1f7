"""KPIs of a period beside those of the period before, from the published mart; used by the command line."""

import dataclasses
import datetime as dt
from decimal import Decimal
from typing import Any, Literal

import duckdb

from orchestration.views.reader import rows

Grain = Literal["day", "week", "month", "quarter", "year"]
HEADLINES = (
    "leads", "qualified_leads", "won_deals", "revenue", "average_check", "marketing_cost", "cpl", "cac",
    "lead_to_deal_conversion", "roi",
)  # fmt: skip


@dataclasses.dataclass(frozen=True)
class KpiLine:
    """One KPI: the running period, the one before, and the relative change (None where there is no base)."""

    kpi: str
    name: str
    unit: str
    better: str
    current: Decimal | None
    previous: Decimal | None

    @property
    def change(self) -> float | None:
        """Change against the period before as a share of it."""
        if self.current is None or not self.previous:
            return None
        return float((self.current - self.previous) / abs(self.previous))


@dataclasses.dataclass(frozen=True)
class KpiSummary:
    """The lines and the two periods they compare; `is_complete` tells whether the current one is over."""

    grain: Grain
    current_start: dt.date | None
    previous_start: dt.date | None
    is_complete: bool
    currency: str
    lines: list[KpiLine]


def summarise(
    connection: duckdb.DuckDBPyConnection,
    grain: Grain = "month",
    only: tuple[str, ...] = (),
    locale: str = "en",
    start: dt.date | None = None,
) -> KpiSummary:
    """Compare a period of `kpi_total` with the one before; `only` names the KPIs, empty is all.

    `start` is the first day of the period; without it the newest one, which may still run. A period that the mart
    doesn't have gives lines without values and no `current_start`.
    """
    query = """
        select * from kpi_total where grain = ? and (? is null or period_start <= ?)
        order by period_start desc limit 2"""
    found = rows(connection, query, [grain, start, start])
    if found and start and found[0]["period_start"] != start:  # the mart doesn't reach as far as the period asked for
        found = []
    periods = [*found, {}, {}]
    current, previous = periods[0], periods[1]
    run = rows(connection, "select reporting_currency from _meta.run")
    catalogue = rows(connection, "select * from dim_kpi order by position")
    lines = [
        KpiLine(
            kpi=entry["kpi"],
            name=entry[f"name_{locale}"],
            unit=entry["unit"],
            better=entry["better"],
            current=_decimal(current.get(entry["kpi"])),
            previous=_decimal(previous.get(entry["kpi"])),
        )
        for entry in catalogue
        if not only or entry["kpi"] in only
    ]
    return KpiSummary(
        grain=grain,
        current_start=current.get("period_start"),
        previous_start=previous.get("period_start"),
        is_complete=bool(current.get("is_complete")),
        currency=run[0]["reporting_currency"],
        lines=lines,
    )


def _decimal(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))


_UNITS = {
    "en": {"minutes": "minutes", "days": "days", "currency_per_day": "day"},
    "ru": {"minutes": "мин", "days": "дн.", "currency_per_day": "день"},
}


def show(value: Decimal | None, unit: str, currency: str, locale: str = "en") -> str:
    """Write a value the way people read its unit."""
    if value is None:
        return "–"
    if unit == "share":
        return f"{value:.1%}"
    if unit == "currency":
        return f"{value:,.2f} {currency}"
    if unit == "currency_per_day":
        return f"{value:,.2f} {currency}/{_UNITS[locale][unit]}"
    if unit == "ratio":
        return f"{value:,.2f}"
    if unit in ("minutes", "days"):
        return f"{value:,.1f} {_UNITS[locale][unit]}"
    return f"{value:,.0f}" if value == value.to_integral_value() else f"{value:,.2f}"


def period_name(start: dt.date | None, grain: str) -> str:
    """Write a period as `--period` reads it; a week by its first day."""
    if start is None:
        return "–"
    if grain == "quarter":
        return f"{start.year}-Q{(start.month + 2) // 3}"
    return start.strftime({"year": "%Y", "month": "%Y-%m"}.get(grain, "%Y-%m-%d"))
