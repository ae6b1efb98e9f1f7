"""The KPIs of two periods side by side: as a table, or as a JSON document."""

from typing import Any

from rich.table import Table
from rich.text import Text

from orchestration.views.kpi_summary import KpiSummary, period_name, show

_TITLES = {"en": ("KPI", "running", "change"), "ru": ("Показатель", "не закончен", "изменение")}


def kpi_table(summary: KpiSummary, locale: str = "en") -> Table:
    """Return the KPIs of two periods side by side; good news green, bad news red."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    kpi, running, change_title = _TITLES[locale]
    for title, justify in (
        (kpi, "left"),
        (period_name(summary.current_start, summary.grain) + ("" if summary.is_complete else f" ({running})"), "right"),
        (period_name(summary.previous_start, summary.grain), "right"),
        (change_title, "right"),
    ):
        table.add_column(title, justify=justify)  # type: ignore[arg-type]
    for line in summary.lines:
        change = line.change
        good = change is not None and ((change > 0) == (line.better == "higher"))
        colour = "" if not change or line.better == "none" else ("green" if good else "red")
        table.add_row(
            line.name,
            show(line.current, line.unit, summary.currency, locale),
            show(line.previous, line.unit, summary.currency, locale),
            Text("–" if change is None else f"{change:+.1%}", style=colour),
        )
    return table


def kpi_document(summary: KpiSummary) -> dict[str, Any]:
    """Return the same as a JSON document."""
    return {
        "grain": summary.grain,
        "period_start": summary.current_start,
        "previous_period_start": summary.previous_start,
        "is_complete": summary.is_complete,
        "currency": summary.currency,
        "kpis": [
            {
                "kpi": line.kpi,
                "name": line.name,
                "unit": line.unit,
                "value": line.current,
                "previous": line.previous,
                "change": line.change,
            }
            for line in summary.lines
        ],
    }
