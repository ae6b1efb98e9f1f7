"""Readers of file formats: each gives a temporary table of text."""

import re
from collections.abc import Callable
from pathlib import Path, PurePosixPath

import duckdb

from orchestration.errors import ExtractError
from orchestration.extracts.read.csv import read_delimited
from orchestration.extracts.read.dialect import find_dialect
from orchestration.extracts.read.encoding import as_utf8
from orchestration.extracts.read.json import PLAIN, read_json
from orchestration.extracts.read.json_layout import JsonLayout
from orchestration.extracts.read.parquet import read_parquet
from orchestration.extracts.read.table import ReadTable
from orchestration.extracts.read.xlsx import read_excel
from orchestration.settings import Formats

_WORKBOOKS = {".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"}
_COMPRESSED = {".gz", ".zst", ".zstd", ".gzip"}
# How files begin that hold no table which could be read, whatever they are called.
_FOREIGN = {
    rb"%PDF": "a PDF document",
    rb"\{\\rtf": "an RTF document",
    rb"\x89PNG|\xff\xd8\xff": "a picture",
    rb"SQLite format 3\x00": "an SQLite database",
    rb"7z\xbc\xaf|Rar!\x1a": "an archive that is not unpacked here; unpack it",
    rb"Obj\x01": "an Avro file",
    rb"(?i)(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html|head|meta|script|table)\b": (
        "a web page: one to sign in or an error in place of the file, or a table that a program calls a workbook; "
        "export it once more, or open it in a spreadsheet and save it as .xlsx"
    ),
    rb"(?:\xef\xbb\xbf)?\s*<\?xml": "XML; where a spreadsheet opens it, save it there as .xlsx",
}


def read_file(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    name: str,
    formats: Formats,
    expected: frozenset[str],
    folder: Path,
    step: Callable[[int], None] | None = None,
    layout: JsonLayout = PLAIN,
) -> ReadTable:
    """Read the unpacked file at `path`, which the source calls `name`, into the temporary table.

    The content decides over the name where it is unmistakable: a workbook saved as .csv is still read as a workbook.

    Raises:
        ExtractError: the file can't be read.
    """
    kind = kind_of(path, name)
    if kind == "parquet":
        return read_parquet(connection, path, formats)
    if kind == "workbook":
        return read_excel(connection, path, formats)
    if kind == "json":
        return read_json(connection, path, formats, folder, _extension(name) != ".json", layout)
    return read_delimited(connection, path, formats, expected, folder, step)


def read_header(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    name: str,
    formats: Formats,
    expected: frozenset[str],
    folder: Path,
    layout: JsonLayout = PLAIN,
) -> tuple[str, ...]:
    """Column names as written; only the formats without a header of their own are read whole for it.

    Raises:
        ExtractError: the file can't be read.
    """
    if kind_of(path, name) == "text":
        text = as_utf8(path, formats.encoding, folder)
        return find_dialect(text.path, formats, expected, bom=text.encoding == "utf-8-sig").header
    return read_file(connection, path, name, formats, expected, folder, layout=layout).header


def kind_of(path: Path, name: str) -> str:
    """What an unpacked file is: parquet, workbook, json or text.

    Raises:
        ExtractError: it is empty, or its name promises what it is not.
    """
    with open(path, "rb") as stream:
        head = stream.read(64)
    extension = _extension(name)
    if not head:
        raise ExtractError("is empty")
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return "workbook"
    for beginning, is_a in _FOREIGN.items():
        if re.match(beginning, head):
            raise ExtractError(f"is {is_a}")
    if extension in _WORKBOOKS or extension in (".parquet", ".pq"):
        raise ExtractError(f"is named {extension} but its content is not")
    return "json" if extension in (".json", ".jsonl", ".ndjson") else "text"


def _extension(name: str) -> str:
    suffixes = [suffix.lower() for suffix in PurePosixPath(name).suffixes]
    while suffixes and suffixes[-1] in _COMPRESSED:
        suffixes.pop()
    return suffixes[-1] if suffixes else ""
