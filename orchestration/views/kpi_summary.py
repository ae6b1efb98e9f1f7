"""KPIs of a period beside those of the period before, from the published mart; used by the command line."""

import dataclasses
import datetime as dt
import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Literal

import duckdb

from orchestration.views.kpi_catalogue import kpi_catalogue
from orchestration.views.reader import rows

Grain = Literal["day", "week", "month", "quarter", "year"]
HEADLINES = (
    "leads", "qualified_leads", "won_deals", "revenue", "average_check", "marketing_cost", "cpl", "cac",
    "lead_to_deal_conversion", "roi",
)  # fmt: skip


@dataclasses.dataclass(frozen=True)
class KpiLine:
    """One KPI of a period and its base; a KPI that matures without times to tell by is not comparable."""

    kpi: str
    name: str
    unit: str
    better: str
    current: Decimal | None
    previous: Decimal | None
    is_comparable: bool = True

    @property
    def change(self) -> float | None:
        """Change against the base as a share of it; None where there is no base, or none that compares."""
        if self.current is None or not self.previous or not self.is_comparable:
            return None
        return float((self.current - self.previous) / abs(self.previous))

    @property
    def difference(self) -> Decimal | None:
        """What it is more or less than its base; None where there is none, or none that compares."""
        if self.current is None or self.previous is None or not self.is_comparable:
            return None
        return self.current - self.previous


@dataclasses.dataclass(frozen=True)
class KpiSummary:
    """The lines and the two periods they compare, with the last day of each that is compared.

    `is_complete` tells whether the current one is over; `reach` names the last day with leads, spend and won deals.
    """

    grain: Grain
    current_start: dt.date | None
    previous_start: dt.date | None
    is_complete: bool
    currency: str
    lines: list[KpiLine]
    last_day: dt.date | None = None
    previous_last_day: dt.date | None = None
    reach: dict[str, dt.date | None] = dataclasses.field(default_factory=dict)


def opening_period(connection: duckdb.DuckDBPyConnection, grain: Grain) -> dt.date | None:
    """First day of the period that every face opens on (`kpi_opening`); None where the mart has none of the grain."""
    found = rows(connection, "select period_start from kpi_opening where grain = ?", [grain])
    return found[0]["period_start"] if found else None


def summarise(
    connection: duckdb.DuckDBPyConnection,
    grain: Grain = "month",
    only: tuple[str, ...] = (),
    locale: str = "en",
    start: dt.date | None = None,
) -> KpiSummary:
    """Compare a period of `kpi_total` with the one before, like with like; `only` names the KPIs, empty is all.

    `start` is the first day of the period; without it the one that every face opens on. A running period is compared
    with the same number of days, a KPI that matures at the same age: `kpi_comparison` says so, days apart, which stand
    beside the day before. A period that the mart doesn't have gives lines without values and no `current_start`.
    """
    wanted = start or opening_period(connection, grain)
    found = rows(connection, "select * from kpi_total where grain = ? and period_start = ?", [grain, wanted])
    current = found[0] if found else {}
    period, bases = _compared(connection, grain, wanted) if current else ({}, {})
    run = rows(connection, "select reporting_currency from _meta.run")
    lines = [
        KpiLine(
            kpi=entry["kpi"],
            name=entry[f"name_{locale}"],
            unit=entry["unit"],
            better=entry["better"],
            current=decimal(bases[entry["kpi"]][0] if entry["kpi"] in bases else current.get(entry["kpi"])),
            previous=decimal(bases[entry["kpi"]][1] if entry["kpi"] in bases else None),
            is_comparable=bases[entry["kpi"]][2] if entry["kpi"] in bases else True,
        )
        for entry in kpi_catalogue(connection)
        if not only or entry["kpi"] in only
    ]
    reach = rows(connection, "select leads_until, spend_until, won_deals_until from kpi_opening limit 1")
    return KpiSummary(
        grain=grain,
        current_start=current.get("period_start"),
        previous_start=period.get("base_period_start"),
        is_complete=bool(current.get("is_complete")),
        currency=run[0]["reporting_currency"],
        lines=lines,
        last_day=period.get("last_day"),
        previous_last_day=period.get("base_last_day"),
        reach=reach[0] if reach else {},
    )


def _compared(
    connection: duckdb.DuckDBPyConnection, grain: Grain, start: dt.date | None
) -> tuple[dict[str, Any], dict[str, tuple[Any, Any, bool]]]:
    """The days compared, and by KPI its value, that of the base and whether they compare."""
    if grain == "day":
        query = "select * from kpi_total where grain = 'day' and period_start in (?, ?) order by period_start"
        days = rows(connection, query, [start, start - dt.timedelta(1) if start else None])
        if len(days) < 2:
            return {}, {}
        return {"base_period_start": days[0]["period_start"]}, {
            kpi: (days[1][kpi], days[0][kpi], True) for kpi in days[0]
        }
    periods = rows(
        connection,
        """select base_period_start, last_day, base_last_day from kpi_comparison_periods
        where grain = ? and period_start = ? and comparison = 'previous_period'""",
        [grain, start],
    )
    query = """
        select kpi, value, base_value, is_comparable from kpi_comparison
        where grain = ? and period_start = ? and comparison = 'previous_period' and dimension = 'total'"""
    found = rows(connection, query, [grain, start])
    bases = {row["kpi"]: (row["value"], row["base_value"], row["is_comparable"]) for row in found}
    return (periods[0] if periods else {}), bases


def decimal(value: Any) -> Decimal | None:
    """A number of the mart as `show` takes it."""
    return None if value is None else Decimal(str(value))


PER_CENT = {"en": "%", "ru": "\u00a0%"}
_POINTS = {"en": " pp", "ru": " п. п."}
_SPACE = {"en": " ", "ru": "\u00a0"}
_UNITS = {
    "en": {"minutes": "min", "days": "days", "currency_per_day": "day"},
    "ru": {"minutes": "мин", "days": "дн.", "currency_per_day": "день"},
}


def show(value: Decimal | None, unit: str | None, currency: str, locale: str = "en", sign: bool = False) -> str:
    """Write a value the way people read its unit, by the rules of the report and of the findings.

    Money from 100 on has no cents, counts, minutes and days from 100 on no decimals; thousands and decimals are marked
    as the language does. A measurement has no unit: as it came. Without a currency the number stands alone.
    """
    if value is None:
        return "–"
    text = _shown(value, unit, currency, locale)
    return with_plus(text, value) if sign else text


def with_plus(text: str, value: Decimal) -> str:
    """The text of a change with its sign: no plus nothing."""
    return f"+{text}" if value > 0 and says_something(text) else text


def says_something(text: str | None) -> bool:
    """Whether a number is anything but nought as it is written."""
    return re.search("[1-9]", text or "") is not None


def _shown(value: Decimal, unit: str | None, currency: str, locale: str) -> str:
    if unit in ("currency", "currency_per_day"):
        whole = abs(value) >= 100 or value == 0
        money = f"{written(value, 0 if whole else 2, locale)}{_SPACE[locale] if currency else ''}{currency}"
        return money if unit == "currency" else f"{money}/{_UNITS[locale][unit]}"
    if unit == "share":
        return f"{written(value * 100, 1, locale)}{PER_CENT[locale]}"
    if unit == "ratio":
        return written(value, 2, locale)
    if unit is None:
        return _marked(f"{value:,.6g}", locale)
    short = written(value, 0 if abs(value) >= 100 or value == value.to_integral_value() else 1, locale)
    word = "day" if locale == "en" and unit == "days" and short == "1" else _UNITS[locale].get(unit)
    return f"{short} {word}" if unit in ("minutes", "days") else short


def show_change(line: KpiLine, locale: str = "en") -> str | None:
    """A change as the report says it: shares in points, ratios as a difference, the rest as a share of what it was."""
    if line.difference is None:
        return None
    if line.unit == "share":
        return with_plus(written(line.difference * 100, 1, locale), line.difference) + _POINTS[locale]
    if line.unit == "ratio":
        return show(line.difference, "ratio", "", locale, sign=True)
    return None if line.change is None else show(Decimal(line.change), "share", "", locale, sign=True)


def written(value: Decimal, digits: int, locale: str) -> str:
    """A number with so many decimals, thousands marked as the language does; half is rounded away from zero."""
    rounded = value.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP) + 0  # no minus nothing
    return _marked(f"{rounded:,}", locale)


def _marked(text: str, locale: str) -> str:
    return text if locale == "en" else text.replace(",", "\u00a0").replace(".", ",")


def period_name(start: dt.date | None, grain: str) -> str:
    """Write a period as `--period` reads it; a week by its first day."""
    if start is None:
        return "–"
    if grain == "quarter":
        return f"{start.year}-Q{(start.month + 2) // 3}"
    return start.strftime({"year": "%Y", "month": "%Y-%m"}.get(grain, "%Y-%m-%d"))


def span_name(
    start: dt.date | None, last_day: dt.date | None, grain: str, is_complete: bool, locale: str = "en"
) -> str:
    """A period, and of a running comparison up to which day: `2025-06 (1-17)`, `2025-Q2 (to 06-17)`, `(по 17.06)`."""
    name = period_name(start, grain)
    if is_complete or last_day is None:
        return name
    if grain == "month":
        return f"{name} (1–{last_day.day})"
    return f"{name} (по {last_day:%d.%m})" if locale == "ru" else f"{name} (to {last_day:%m-%d})"
