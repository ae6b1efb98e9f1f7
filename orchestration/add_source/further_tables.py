"""Tables below the first in a text file, as analytics export several reports in one: each begins after a gap."""

import csv
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from orchestration.add_source.vocabulary import joined, plain, vocabulary

_LINES = 50_000
_VALUE = re.compile(r"\W{0,3}\d")


def further_tables(path: Path, delimiter: str, header: Sequence[str]) -> tuple[str, ...]:
    """What begins below the table of `header`, each as `line 12 (Country, Users)`; the same header again isn't one."""
    names = {plain(name) for name in header}
    with path.open(encoding="utf-8-sig", newline="") as file:
        found = [(line, cells) for line, cells in _beginnings(file, delimiter) if not {*map(plain, cells)} <= names]
        file.seek(0)
        first = next((line for line, cells in _beginnings(file, delimiter) if {*map(plain, cells)} == names), 1)
    return tuple(f"line {line} ({', '.join(cells)})" for line, cells in found if line > first)


def _beginnings(file: Iterator[str], delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Lines that name columns: of several words, above a line with a number; after comments, or a blank line where one
    of the words is known.
    """
    is_after_gap, is_commented, above, number = True, False, None, 0
    reader = csv.reader(islice(file, _LINES), delimiter=delimiter)
    for record in reader:
        cells = [cell.strip() for cell in record if cell.strip()]
        if above and len(cells) > 1 and any(map(_VALUE.match, cells)):
            yield number, above
        above = None
        is_gap = not cells or cells[0].startswith("#")
        if is_after_gap and len(cells) > 1 and not is_gap and not any(map(_VALUE.match, cells)):
            above, number = (cells if is_commented or _is_known(cells) else None), reader.line_num
        is_after_gap, is_commented = is_gap, is_gap and (is_commented or bool(cells))


def _is_known(cells: Sequence[str]) -> bool:
    return any(joined(plain(cell)) in vocabulary().runs for cell in cells)
