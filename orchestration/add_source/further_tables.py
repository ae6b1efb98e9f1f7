"""Tables below the first in a text file, as analytics export several reports in one: each begins after a gap."""

import csv
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple, TextIO

from orchestration.add_source.vocabulary import joined, plain, vocabulary

_LINES = 50_000
_VALUE = re.compile(r"\W{0,3}\d")


class _Beginning(NamedTuple):
    line: int
    cells: tuple[str, ...]
    is_commented: bool


def further_tables(path: Path, delimiter: str, header: Sequence[str]) -> tuple[str, ...]:
    """What begins below the table of `header`, each as `line 12 (Country, Users)`; the same header again isn't one."""
    names = {plain(name) for name in header if name.strip()}
    with path.open(encoding="utf-8-sig", newline="") as file:
        begun = list(_beginnings(_records(file, delimiter)))
        first = next((one.line for one in begun if _named(one.cells) == names), 1)
        found = [one for one in begun if one.line > first and not _named(one.cells) <= names]
        found = [one for one in found if one.is_commented or _is_known(one.cells, names)]
        if found:
            file.seek(0)
            found = _without_rows(found, _records(file, delimiter), first, names)
    return tuple(f"line {one.line} ({', '.join(filter(None, one.cells))})" for one in found)


def _records(file: TextIO, delimiter: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    reader = csv.reader(islice(file, _LINES), delimiter=delimiter)
    return ((reader.line_num, tuple(cell.strip() for cell in record)) for record in reader)


def _beginnings(records: Iterator[tuple[int, tuple[str, ...]]]) -> Iterator[_Beginning]:
    """Lines that may name columns: of several words, after a gap, above a line with a number."""
    is_after_gap, is_commented, above = True, False, None
    for line, record in records:
        cells = list(filter(None, record))
        if above and len(cells) > 1 and any(map(_VALUE.match, cells)):
            yield above
        above = None
        is_gap = not cells or cells[0].startswith("#")
        if is_after_gap and len(cells) > 1 and not is_gap and not any(map(_VALUE.match, cells)):
            above = _Beginning(line, record, is_commented)
        is_after_gap, is_commented = is_gap, is_gap and (is_commented or bool(cells))


def _named(cells: Sequence[str]) -> set[str]:
    return {plain(cell) for cell in cells if cell}


def _is_known(cells: Sequence[str], names: set[str]) -> bool:
    """Whether at least half of the words are names of columns, two of them or one of the first table: a stage may be
    called `Lead`.
    """
    words = list(filter(None, cells))
    known = sum(joined(plain(cell)) in vocabulary().runs for cell in words)
    return known >= len(words) / 2 and (known > 1 or not names.isdisjoint(_named(words)))


def _without_rows(
    found: list[_Beginning], records: Iterator[tuple[int, tuple[str, ...]]], first: int, names: set[str]
) -> list[_Beginning]:
    """Those after a blank line that have no value of a column of the first table: these are further rows of it."""
    left = {one.line: one for one in found}
    for line, record in records:
        if line in left:  # here the first table ends
            break
        if line > first and not _named(record) <= names:
            for one in [*left.values()]:
                if not one.is_commented and any(a and a == b for a, b in zip(one.cells, record, strict=False)):
                    del left[one.line]
    return list(left.values())
