"""Where the header stands: reports begin with a title, a period, an empty line."""

import csv
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise
from pathlib import Path

import duckdb

from orchestration.add_source.evidence import PLAIN, Column
from orchestration.add_source.vocabulary import joined, plain, vocabulary
from orchestration.errors import ExtractError
from orchestration.extracts.read.dialect import find_dialect
from orchestration.extracts.read.encoding import as_utf8
from orchestration.extracts.read.joined import joined_header
from orchestration.extracts.read.table import READ_TABLE, ReadTable
from orchestration.settings import Formats

_LINES = 15


@dataclass(frozen=True)
class Header:
    """Lines above the header, lines of the header, and what the first of the lines above it say."""

    skip: int
    rows: int
    titles: tuple[str, ...]

    @property
    def formats(self) -> dict[str, int]:
        """What the settings must say of it."""
        return ({"skip_rows": self.skip} if self.skip else {}) | ({"header_rows": self.rows} if self.rows > 1 else {})


def lines_above_text_header(path: Path, formats: Formats, expected: frozenset[str], folder: Path) -> Header:
    """Where the header of a text table stands.

    Raises:
        ExtractError: the file is empty, or has no header at all.
    """
    text = as_utf8(path, formats.encoding, folder)
    candidates: list[tuple[int, tuple[str, ...]]] = []
    for skip in range(min(_LINES, max(1, text.lines))):
        try:
            dialect = find_dialect(
                text.path, formats.model_copy(update={"skip_rows": skip}), expected, bom=text.encoding == "utf-8-sig"
            )
        except ExtractError:
            if skip == 0:
                raise
            break
        candidates.append((dialect.header_start - 1, dialect.header))
    found, above = _choose(candidates)
    with open(text.path, encoding="utf-8-sig", newline="") as file:
        lines = [" ".join(filter(None, line)).strip() for line in islice(csv.reader(file), above)]
    return replace(found, titles=tuple(dict.fromkeys(line for line in lines if line)))


def lines_above_header(connection: duckdb.DuckDBPyConnection, read: ReadTable) -> Header:
    """The same for a workbook's sheet, whose rows are all of one width.

    Raises:
        ExtractError: it has no header at all.
    """
    cells = ", ".join(f"coalesce(c{n}, '')" for n in range(len(read.header)))
    rows = connection.execute(f"select _row, [{cells}] from {READ_TABLE} order by _row limit {_LINES}").fetchall()
    first = rows[0][0] - 2 if rows else 0
    return _choose([(first, read.header), *((row - 1, tuple(values)) for row, values in rows)])[0]


def _choose(candidates: Sequence[tuple[int, tuple[str, ...]]]) -> tuple[Header, int]:
    """The first line with most names that are known; of unknown ones, the first that is as wide as what follows.

    Returned beside it is the number of all lines above, those included that the reader itself passes over.
    """
    known = [_known(header) for _, header in candidates]
    widths = [sum(bool(name.strip()) for name in header) for _, header in candidates]
    for number, (_, header) in enumerate(candidates[1:], start=1):
        if known[number] and len(_kinds_of_data(header)) > 1:
            known[number] = 0  # a row of data may hold words that columns are called by
    best, rows = known.index(max(known)), 1
    if max(known) < 2:
        best = widths.index(max(widths)) if widths[0] == 1 else 0
    elif (pair := _pair(candidates, known)) is not None:
        best, rows = pair, 2
    skip, header = candidates[best]
    kinds = _kinds_of_data(header)
    if len(kinds) > max(known):
        shown = ", ".join(name for name in header if name)[:200]
        raise ExtractError(
            f"has no header: its first line looks like data ({shown}); put a line with names of columns above it"
        )
    titles = [" ".join(filter(None, line)).strip() for number, line in candidates if number < skip]
    return Header(skip if best else 0, rows, tuple(dict.fromkeys(title for title in titles if title))), skip


def _pair(candidates: Sequence[tuple[int, tuple[str, ...]]], known: Sequence[int]) -> int | None:
    """The upper of two lines that only together name the columns: groups above, or names that come twice below."""
    for number, ((line, above), (next_line, below)) in enumerate(pairwise(candidates)):
        labels = [name for name in above if name.strip()]
        names = [name.strip().lower() for name in below if name.strip()]
        if next_line != line + 1 or len(labels) < 2 or len(names) < 2 or _kinds_of_data(below):
            continue
        twice = len(set(names)) < len(names) and known[number + 1] == max(known)
        if twice or _known(tuple(joined_header([above, below]))) > max(known):
            return number
    return None


def _known(header: tuple[str, ...]) -> int:
    return len({joined(plain(name)) for name in header} & vocabulary().runs)


def _kinds_of_data(header: tuple[str, ...]) -> set[str]:
    """Of what kinds a line holds values that no column is called by: dates, numbers, e-mail addresses, yes and no."""
    cells = [*filter(None, map(str.strip, header))]
    columns = [Column(cell, Counter([cell])) for cell in cells]
    tests = {  # numbers in one question: to ask of each cell would take seconds
        "number": any(map(PLAIN.fullmatch, cells)) or bool(cells and Column("", Counter(cells)).share("decimal")),
        "time": any(column.share("timestamp") for column in columns),
        "address": any(column.emails for column in columns),
        "boolean": any(cell.lower() in ("true", "false") for cell in cells),
    }
    return {kind for kind, holds in tests.items() if holds}
