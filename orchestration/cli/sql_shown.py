"""An answer in SQL as a table for people, as CSV, as JSON."""

import csv
import datetime as dt
import sys
from decimal import Decimal
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from orchestration.cli.terminal import console, print_json
from orchestration.counted import counted
from orchestration.views.asked import Answer

_NUMBERS = ("INT", "DECIMAL", "DOUBLE", "FLOAT", "NUMBER")
_PLAIN = (str, int, float, bool, Decimal, dt.date, list, dict, type(None))


def show_answer(answer: Answer) -> None:
    """Print a table, numbers to the right, and how many rows there are."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name, data_type in zip(answer.columns, answer.types, strict=True):
        is_number = any(word in data_type for word in _NUMBERS)
        table.add_column(Text(name), justify="right" if is_number else "left", overflow="fold")
    for row in answer.rows:
        table.add_row(*(Text("–" if value is None else str(value)) for value in row))
    out = console()
    out.print(table)
    out.print(f"[dim]{len(answer.rows):,} row{'' if len(answer.rows) == 1 else 's'}[/]")
    _say_cut(answer)


def as_csv(answer: Answer) -> None:
    """Print CSV with a header; null is an empty field."""
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(answer.columns)
    writer.writerows(["" if value is None else value for value in row] for row in answer.rows)
    _say_cut(answer)


def as_json_rows(answer: Answer) -> None:
    """Print the rows as a list of objects."""
    print_json([dict(zip(answer.columns, map(_plain, row), strict=True)) for row in answer.rows])
    _say_cut(answer)


def _plain(value: Any) -> Any:
    """What JSON has no word for as text."""
    return value if isinstance(value, _PLAIN) else str(value)


def _say_cut(answer: Answer) -> None:
    if answer.is_cut:
        note = f"only the first {counted(len(answer.rows), 'row is', 'rows are')} shown; --limit takes more"
        Console(stderr=True, highlight=False).print(note)
