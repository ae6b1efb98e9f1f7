"""The KPIs of two periods side by side: as a table, or as a JSON document."""

from typing import Any

from rich.table import Table
from rich.text import Text

from orchestration.views.kpi_summary import KpiSummary, says_something, show, show_change, span_name

_TITLES = {"en": ("KPI", "change"), "ru": ("Показатель", "изменение")}
_RIPENS = {"en": "not comparable", "ru": "не сравнить"}
# The report's `page.reach_*` once more: its package imports pyarrow, for which `kpis` would wait.
_REACH = {
    "en": {"leads_until": "leads to {}", "spend_until": "spend to {}", "won_deals_until": "won deals to {}"},
    "ru": {"leads_until": "лиды по {}", "spend_until": "расходы по {}", "won_deals_until": "выигранные сделки по {}"},
}


def kpi_table(summary: KpiSummary, locale: str = "en") -> Table:
    """Return the KPIs of two periods side by side; good news green, bad news red."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    kpi, change_title = _TITLES[locale]
    done = summary.is_complete
    for title, justify in (
        (kpi, "left"),
        (span_name(summary.current_start, summary.last_day, summary.grain, done, locale), "right"),
        (span_name(summary.previous_start, summary.previous_last_day, summary.grain, done, locale), "right"),
        (change_title, "right"),
    ):
        table.add_column(title, justify=justify)  # type: ignore[arg-type]
    for line in summary.lines:
        change = show_change(line, locale)
        moved = line.difference if says_something(change) else None  # what rounds to nothing went nowhere
        good = moved is not None and ((moved > 0) == (line.better == "higher"))
        colour = "" if not moved or line.better == "none" else ("green" if good else "red")
        unknown = "–" if line.is_comparable else _RIPENS[locale]
        table.add_row(
            line.name,
            show(line.current, line.unit, summary.currency, locale),
            show(line.previous, line.unit, summary.currency, locale),
            Text(change or unknown, style=colour),
        )
    return table


def reach_line(summary: KpiSummary, locale: str = "en") -> str:
    """How far each side's data reaches: `leads to 2025-06-30, spend to 2025-06-29`."""
    reach = [text.format(summary.reach[key]) for key, text in _REACH[locale].items() if summary.reach.get(key)]
    return ", ".join(reach)


def kpi_document(summary: KpiSummary) -> dict[str, Any]:
    """Return the same as a JSON document."""
    return {
        "grain": summary.grain,
        "period_start": summary.current_start,
        "previous_period_start": summary.previous_start,
        "is_complete": summary.is_complete,
        "last_day": summary.last_day,
        "previous_last_day": summary.previous_last_day,
        "reach": summary.reach,
        "currency": summary.currency,
        "kpis": [
            {
                "kpi": line.kpi,
                "name": line.name,
                "unit": line.unit,
                "value": line.current,
                "previous": line.previous,
                "change": line.change,
                "difference": line.difference,
                "is_comparable": line.is_comparable,
            }
            for line in summary.lines
        ],
    }
