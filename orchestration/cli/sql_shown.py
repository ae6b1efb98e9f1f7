"""An answer in SQL as a table for people, as CSV, as JSON."""

import csv
import json
import sys
from collections.abc import Iterable
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from orchestration.cli.document import as_plain
from orchestration.cli.terminal import console, print_json
from orchestration.counted import counted
from orchestration.errors import FunnelmartError
from orchestration.views.asked import Answer

_NUMBERS = ("INT", "DECIMAL", "DOUBLE", "FLOAT", "NUMBER")


def show_answer(answer: Answer) -> None:
    """Print a table, numbers to the right, and how many rows there are."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name, data_type in zip(answer.columns, answer.types, strict=True):
        is_number = any(word in data_type for word in _NUMBERS)
        table.add_column(Text(name), justify="right" if is_number else "left", overflow="fold")
    for row in answer.rows:
        table.add_row(*(Text("–" if value is None else str(_cell(value))) for value in row))
    out = console()
    out.print(table)
    out.print(f"[dim]{len(answer.rows):,} row{'' if len(answer.rows) == 1 else 's'}[/]")
    _say_cut(answer, len(answer.rows))


def as_csv(parts: Iterable[Answer]) -> None:
    """Print CSV with a header; null is an empty field. What an error leaves of it is said to be no whole answer."""
    writer, shown = csv.writer(sys.stdout, lineterminator="\n"), 0
    try:
        for number, answer in enumerate(parts):
            if number == 0:
                writer.writerow(answer.columns)
            writer.writerows(["" if value is None else _cell(value) for value in row] for row in answer.rows)
            shown += len(answer.rows)
            _say_cut(answer, shown)
    except FunnelmartError:
        if shown:
            _say(f"the {counted(shown, 'row')} that are written are not the whole answer")
        raise


def as_json_rows(answer: Answer) -> None:
    """Print the rows as a list of objects."""
    names = answer.names
    print_json([dict(zip(names, map(as_plain, row), strict=True)) for row in answer.rows])
    _say_cut(answer, len(answer.rows))


def _cell(value: Any) -> Any:
    """What stands in a cell: of lists and structs their JSON, not what Python calls their values."""
    return json.dumps(as_plain(value), ensure_ascii=False) if isinstance(value, list | tuple | dict) else value


def _say_cut(answer: Answer, shown: int) -> None:
    if answer.is_cut:
        _say(f"only the first {counted(shown, 'row is', 'rows are')} shown; --limit takes more")


def _say(note: str) -> None:
    Console(stderr=True, highlight=False).print(note)
