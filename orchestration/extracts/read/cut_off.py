"""A download that broke off: its last amount may be the first digits of another one."""

import csv
import re
from pathlib import Path

from orchestration.errors import ExtractError
from orchestration.extracts.read.dialect import Dialect, csv_options
from orchestration.extracts.read.encoding import TextFile

_TAIL = 1 << 16  # bytes at the end of the file
_BEFORE = 20  # lines that must all be whole: some programs leave out empty fields at the end of any line


def refuse_cut_off(text: TextFile, dialect: Dialect) -> None:
    """Look at the last line of a file that has no line end.

    One with fewer fields than all before it, each of them filled, ends in the middle of a row. Lines of totals have
    empty fields, footers a single one.

    Raises:
        ExtractError: the file is cut off.
    """
    lines = re.split(r"\r\n|\r|\n", _tail(text.path))
    if not lines[-1]:
        return  # ends with an old Macintosh's line end
    if len(lines) == text.lines:
        lines = lines[dialect.header_start - 1 :]  # titles above the header are narrower
    try:
        records = list(csv.reader(lines[-_BEFORE - 1 :], **csv_options(dialect.delimiter, dialect.quote)))
    except csv.Error:
        return  # a quote that is open is found while the file is read
    width, last = len(dialect.header), records[-1] if records else []
    before = [record for record in records[:-1] if record]
    is_whole = all(len(record) >= width for record in before)
    if before and is_whole and 1 < len(last) < width and all(field.strip() for field in last):
        raise ExtractError(
            f"seems to be cut off: line {text.lines} ends after {len(last)} of {width} fields, without a line end; get "
            "it once more, or end that line"
        )


def _tail(path: Path) -> str:
    """The last lines of a file in UTF-8; the first of them may be a part of one."""
    with open(path, "rb") as stream:
        start = max(0, path.stat().st_size - _TAIL)
        stream.seek(start)
        tail = stream.read().decode("utf-8", errors="replace")
    return tail if not start else tail.partition("\n")[2]
