"""How a text table is written: its delimiter and header, detected, then verified against the columns expected."""

import csv
import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from orchestration.errors import ExtractError
from orchestration.extracts.read.joined import joined_header
from orchestration.settings import Formats

_DELIMITERS = ",;\t|"
_SAMPLE = 1 << 18
_TITLES = 15  # lines that may stand above a header


@dataclass(frozen=True)
class Dialect:
    """Delimiter, quote and where the data starts; `header_end` is the line number of the header's last line."""

    delimiter: str
    quote: str
    header: tuple[str, ...]
    header_start: int
    header_end: int
    header_rows: int = 1


def find_dialect(path: Path, formats: Formats, expected: frozenset[str], bom: bool) -> Dialect:
    """The dialect under which most `expected` columns (lower case) stand in the header; an explicit delimiter wins.

    A title above the header is passed over, where it has no expected column and one of the next lines, with more cells,
    has several.

    Raises:
        ExtractError: the file is empty, or its quotes don't close.
    """
    with open(path, encoding="utf-8-sig" if bom else "utf-8", newline="") as file:
        sample = file.read(_SAMPLE)
        complete = not file.read(1)
    if not sample.strip():
        raise ExtractError("is empty: not even a header")
    best: tuple[tuple[int, float, int], Dialect] | None = None
    for delimiter in formats.delimiter or _DELIMITERS:
        tried = _try(sample, complete, delimiter, formats, expected)
        if tried is None:
            continue
        dialect, widths = tried
        names = {name.strip().lower() for name in dialect.header}
        same = sum(width == len(dialect.header) for width in widths) / len(widths) if widths else 1.0
        score = (len(names & expected), same if len(dialect.header) > 1 else 0.0, len(dialect.header))
        if best is None or score > best[0]:
            best = (score, dialect)
    if best is None:
        raise ExtractError(f"has a quote ({formats.quote}) that is opened and never closed in its first lines")
    return best[1]


def _try(
    sample: str, complete: bool, delimiter: str, formats: Formats, expected: frozenset[str]
) -> tuple[Dialect, list[int]] | None:
    lines = io.StringIO(sample, newline="")
    for _ in range(formats.skip_rows):
        lines.readline()
    reader = csv.reader(lines, **csv_options(delimiter, formats.quote))
    header: list[str] = []
    widths: list[int] = []
    start, end, above, further = 0, 0, 0, formats.header_rows - 1
    try:
        for record in reader:
            if not record:
                continue
            if header and further:
                header, end, further = joined_header([header, record]), reader.line_num + formats.skip_rows, further - 1
                continue
            if (
                header
                and formats.header_rows == 1
                and above < _TITLES
                and not _known(header, expected)
                and _known(record, expected) > 1
                and _filled(header) < _filled(record)  # a row of data may hold words that columns are called by
            ):
                header, above, widths = [], _TITLES, []
            if header:
                widths.append(len(record))
                above += 1
            else:
                header, end = record, reader.line_num + formats.skip_rows
                start = end - sum(field.count("\n") for field in record)
            if len(widths) == 200:
                break
    except csv.Error:
        if not header:
            return None
    if not complete and len(widths) < 200:
        widths = widths[:-1]  # the sample may end in the middle of a record
    if not header:
        return None
    return Dialect(delimiter, formats.quote, tuple(header), start, end, formats.header_rows), widths


def _known(record: list[str], expected: frozenset[str]) -> int:
    return len({name.strip().lower() for name in record} & expected)


def _filled(record: list[str]) -> int:
    return sum(bool(cell.strip()) for cell in record)


def csv_options(delimiter: str, quote: str) -> dict[str, Any]:
    """Arguments of csv.reader: strict, since a misplaced quote otherwise shifts or swallows fields silently.

    Spaces before a quote are passed over, as DuckDB's reader does: in `1, "x, y"` the comma after x is no delimiter.
    """
    options: dict[str, Any] = {"delimiter": delimiter, "strict": True, "skipinitialspace": True}
    quoting = {"quotechar": quote, "doublequote": True} if quote else {"quoting": csv.QUOTE_NONE}
    return options | quoting
