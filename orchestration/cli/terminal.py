"""What the commands print: text with colour on a terminal, plain when piped, or one JSON document."""

import datetime as dt
import json
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from orchestration.kpi_summary import KpiSummary, show

_PIPED_WIDTH = 1000  # nothing is cut or wrapped where a program reads it


def console() -> Console:
    """Return a console on standard output; rich leaves colour away where that is no terminal or NO_COLOR is set."""
    return Console(highlight=False, soft_wrap=True, width=None if sys.stdout.isatty() else _PIPED_WIDTH)


def print_json(document: Any) -> None:
    """Print one JSON document."""
    json.dump(document, sys.stdout, default=_plain, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()
    if isinstance(value, Path):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no place in JSON")


def rows_table(rows: list[dict[str, Any]], only: tuple[str, ...] = ()) -> Table:
    """Return rows as an aligned table, numbers to the right; `only` names the columns to show, empty is all."""
    names = [name for name in rows[0] if not only or name in only]
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in names:
        numeric = any(isinstance(row[name], int | float | Decimal) for row in rows)
        table.add_column(name.replace("_", " "), justify="right" if numeric else "left", no_wrap=True)
    for row in rows:
        table.add_row(*(_cell(row[name]) for name in names))
    return table


def _cell(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, float | Decimal):
        number = float(value)
        return f"{number:,.4g}" if -10 < number < 10 else f"{number:,.2f}"
    return str(value)


def print_findings(rows: list[dict[str, Any]]) -> None:
    """Print each finding with its period and owner, and its next step below it."""
    out = console()
    for row in rows:
        colour = "red" if row["severity"] == "critical" else "yellow"
        out.print(f"[{colour}]{row['severity']}[/] {row['period_start']} – {row['period_end']}, {row['owner']}")
        out.print(f"  {row['message']}\n  → {row['action']}")


def kpi_table(summary: KpiSummary) -> Table:
    """Return the KPIs of two periods side by side; good news green, bad news red."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    running = "" if summary.is_complete else " (running)"
    for title, justify in (
        ("KPI", "left"),
        (f"{_period(summary.current_start, summary.grain)}{running}", "right"),
        (_period(summary.previous_start, summary.grain), "right"),
        ("change", "right"),
    ):
        table.add_column(title, justify=justify)  # type: ignore[arg-type]
    for line in summary.lines:
        change = line.change
        good = change is not None and ((change > 0) == (line.better == "higher"))
        colour = "" if not change or line.better == "none" else ("green" if good else "red")
        table.add_row(
            line.name,
            show(line.current, line.unit, summary.currency),
            show(line.previous, line.unit, summary.currency),
            Text("–" if change is None else f"{change:+.1%}", style=colour),
        )
    return table


def _period(start: dt.date | None, grain: str) -> str:
    if start is None:
        return "–"
    return start.strftime("%Y-%m") if grain == "month" else f"{grain} of {start.isoformat()}"


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
