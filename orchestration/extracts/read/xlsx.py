"""Excel and OpenDocument workbooks through calamine; error cells, which calamine leaves empty, are put back."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import duckdb

from orchestration.errors import ExtractError
from orchestration.extracts.limits import check_columns
from orchestration.extracts.read.joined import joined_header
from orchestration.extracts.read.table import ReadTable, fill_read_table
from orchestration.extracts.read.typed import as_text
from orchestration.extracts.read.workbook import read_sheet
from orchestration.settings import Formats


def read_excel(connection: duckdb.DuckDBPyConnection, path: Path, formats: Formats) -> ReadTable:
    """Read the sheet that `formats.sheet` names, else the first.

    Raises:
        ExtractError: the workbook is broken or has no such sheet.
    """
    name, rows, merged, currencies, from_1904 = read_sheet(path, formats.sheet)
    start = next((i for i in range(formats.skip_rows, len(rows)) if any(_filled(v) for v in rows[i])), None)
    if start is None:
        raise ExtractError(f"sheet {name!r} is empty: not even a header")
    first = start + formats.header_rows
    header = joined_header([[as_text(value, formats) or "" for value in row] for row in rows[start:first]])
    check_columns(len(header))
    repeated = tuple(_fill_down(rows, merged, first))
    lines = ((number + 1, [as_text(v, formats) for v in rows[number]]) for number in range(first, len(rows)))
    fill_read_table(connection, len(header), lines)
    return ReadTable(
        tuple(header),
        typed=True,
        format="xlsx",
        repeated=repeated,
        currencies=tuple(sorted(currencies.items())),
        from_1904=from_1904,
    )


def _fill_down(
    rows: list[list[Any]], merged: Iterable[tuple[tuple[int, int], tuple[int, int]]], first: int
) -> Iterator[tuple[int, int]]:
    """A cell that is merged over several rows holds its value in each of them, not in the first one only.

    Yields the column and the line of each cell that repeats the first one.
    """
    for (top, left), (bottom, _) in merged:
        for number in range(max(top + 1, first), min(bottom + 1, len(rows))):
            if top >= first and left < len(rows[number]) and not _filled(rows[number][left]):
                rows[number][left] = rows[top][left]
                yield left, number + 1


def _filled(value: Any) -> bool:
    return value is not None and str(value).strip() != ""
