"""Readers of file formats: each gives a temporary table of text."""

from collections.abc import Callable
from pathlib import Path, PurePosixPath

import duckdb

from orchestration.errors import ExtractError
from orchestration.extracts.formats.delimited import read_delimited
from orchestration.extracts.formats.excel import read_excel
from orchestration.extracts.formats.json_records import read_json
from orchestration.extracts.formats.parquet import read_parquet
from orchestration.extracts.formats.table import ReadTable
from orchestration.settings import Formats

_WORKBOOKS = {".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"}
_COMPRESSED = {".gz", ".zst", ".zstd", ".gzip"}


def read_file(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    name: str,
    formats: Formats,
    expected: frozenset[str],
    folder: Path,
    step: Callable[[int], None] | None = None,
) -> ReadTable:
    """Read the unpacked file at `path`, which the source calls `name`, into the temporary table.

    The content decides over the name where it is unmistakable: a workbook saved as .csv is still read as a workbook.

    Raises:
        ExtractError: the file can't be read.
    """
    with open(path, "rb") as stream:
        head = stream.read(8)
    extension = _extension(name)
    if not head:
        raise ExtractError("is empty")
    if head.startswith(b"PAR1"):
        return read_parquet(connection, path, formats)
    if head.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return read_excel(connection, path, formats)
    if extension in _WORKBOOKS or extension in (".parquet", ".pq"):
        raise ExtractError(f"is named {extension} but its content is not")
    if extension in (".json", ".jsonl", ".ndjson"):
        return read_json(connection, path, formats, folder)
    return read_delimited(connection, path, formats, expected, folder, step)


def _extension(name: str) -> str:
    suffixes = [suffix.lower() for suffix in PurePosixPath(name).suffixes]
    while suffixes and suffixes[-1] in _COMPRESSED:
        suffixes.pop()
    return suffixes[-1] if suffixes else ""
