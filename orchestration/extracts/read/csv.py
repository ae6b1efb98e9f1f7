"""CSV, TSV and their like: DuckDB's reader where its line numbers are exact, Python's csv module elsewhere."""

import csv
import io
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb

from orchestration.errors import ExtractError
from orchestration.extracts.limits import cell_bytes
from orchestration.extracts.read.cut_off import refuse_cut_off
from orchestration.extracts.read.dialect import Dialect, csv_options, find_dialect
from orchestration.extracts.read.encoding import TextFile, as_utf8
from orchestration.extracts.read.table import READ_TABLE, ReadTable, fill_read_table
from orchestration.extracts.sql import literal
from orchestration.settings import Formats

_SPARE = 8  # columns beyond the header, so that rows with too many fields are seen and not lost
_LINE = 2_000_000  # bytes; DuckDB's usual: longer lines are read the exact way, which knows the size of each cell
_BLOCK = 16_000_000  # bytes of a file that are looked at together
csv.field_size_limit(sys.maxsize)


def read_delimited(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    formats: Formats,
    expected: frozenset[str],
    folder: Path,
    step: Callable[[int], None] | None = None,
) -> ReadTable:
    """Read a text table; `expected` are the column names (lower case) that tell the right delimiter.

    Raises:
        ExtractError: encoding, quotes or header are broken, or the file is cut off.
    """
    text = as_utf8(path, formats.encoding, folder)
    dialect = find_dialect(text.path, formats, expected, bom=text.encoding == "utf-8-sig")
    if text.ends_open:
        refuse_cut_off(text, dialect)
    fast = read_fast(connection, text, dialect)
    if fast is None:
        read_exact(connection, text, dialect, step)
    if text.may_have_formulas:
        _unwrap_texts(connection, len(dialect.header))
    return fast or ReadTable(dialect.header, encoding=text.encoding, delimiter=dialect.delimiter)


def read_fast(connection: duckdb.DuckDBPyConnection, text: TextFile, dialect: Dialect) -> ReadTable | None:
    """Read with DuckDB; None where that isn't exact.

    With one column to spare it stops at a row that has two fields too many: most files have none, and only the others
    are read once more. Without any it would pass over one field too many where that is empty.
    """
    one_line = dialect.header_start == dialect.header_end
    if text.has_carriage_returns or not one_line or _has_padded_quotes(text, dialect):
        return None
    for spare in (1, _SPARE):
        if _read_fast(connection, text, dialect, spare):
            beyond = ", ".join(f"x{i}" for i in range(spare))
            return ReadTable(
                dialect.header,
                row=f"rowid + {dialect.header_end + 1}",
                overflow=f"coalesce({beyond})",
                encoding=text.encoding,
                delimiter=dialect.delimiter,
            )
    return None


def _read_fast(connection: duckdb.DuckDBPyConnection, text: TextFile, dialect: Dialect, spare: int) -> bool:
    """False where it stops, or where a row isn't one line, by which it is numbered.

    DuckDB skips blank lines, and a quoted line break joins lines: both give fewer rows than lines, never more.
    """
    columns = [*(f"c{i}" for i in range(len(dialect.header))), *(f"x{i}" for i in range(spare))]
    types = ", ".join(f"{name}: 'varchar'" for name in columns)
    quote = literal(dialect.quote)
    try:
        connection.execute(f"""
            create or replace temp table {READ_TABLE} as
            select * from read_csv({literal(str(text.path))}, columns = {{{types}}}, header = false,
                skip = {dialect.header_end}, delim = {literal(dialect.delimiter)}, quote = {quote}, escape = {quote},
                null_padding = true, auto_detect = false, nullstr = chr(1),
                max_line_size = {min(_LINE, cell_bytes())}, compression = 'none')""")
    except duckdb.Error:
        return False  # the next way reads it, or names the line and the reason
    row = connection.execute(f"select count(*) from {READ_TABLE}").fetchone()
    return row is not None and row[0] == text.lines - dialect.header_end


def _unwrap_texts(connection: duckdb.DuckDBPyConnection, width: int) -> None:
    """`="00123"`, so that Excel leaves a text as it is, is that text: as an id it would meet no other file's."""
    wrapped = [f"c{number} like '=\"%\"'" for number in range(width)]
    found = connection.execute(f"select {', '.join(f'bool_or({one})' for one in wrapped)} from {READ_TABLE}").fetchone()
    for number, has_some in enumerate(found or ()):
        if has_some:
            text = f"replace(substr(c{number}, 3, length(c{number}) - 3), '\"\"', '\"')"
            connection.execute(f"update {READ_TABLE} set c{number} = {text} where {wrapped[number]}")


def _has_padded_quotes(text: TextFile, dialect: Dialect) -> bool:
    """Whether a quote stands beside spaces: DuckDB takes such a field for quoted or not, as it happens to end."""
    quote, delimiter = re.escape(dialect.quote.encode()), re.escape(dialect.delimiter.encode())
    if not quote:
        return False
    plain = dialect.quote.encode()
    before, after = rb"[" + delimiter + rb"\n] +" + quote, quote + rb" +(?:[" + delimiter + quote + rb"\r\n]|\Z)"
    with open(text.path, "rb") as file:
        line_break = b""
        while block := line_break + file.read(_BLOCK) + file.readline():
            if block == line_break:
                return False
            has_spaces = b" " + plain in block or plain + b" " in block
            if has_spaces and (re.search(before, block) or re.search(after, block)):
                return True
            line_break = b"\n"  # that ends the block before
    return False


def read_exact(
    connection: duckdb.DuckDBPyConnection,
    text: TextFile,
    dialect: Dialect,
    step: Callable[[int], None] | None = None,
) -> None:
    """Read with Python's csv module, which knows the line of each record.

    Raises:
        ExtractError: a quote is misplaced or never closed; the message names the line.
    """
    fill_read_table(connection, len(dialect.header), _records(text, dialect, step))


def _records(text: TextFile, dialect: Dialect, step: Callable[[int], None] | None) -> Iterator[tuple[int, list[str]]]:
    encoding = "utf-8-sig" if text.encoding == "utf-8-sig" else "utf-8"
    with open(text.path, "rb") as stream, io.TextIOWrapper(stream, encoding=encoding, newline="") as file:
        for _ in range(dialect.header_start - 1):
            file.readline()
        reader = csv.reader(file, **csv_options(dialect.delimiter, dialect.quote))
        before = line = dialect.header_start - 1
        records = 0
        try:
            for _ in range(dialect.header_rows):
                next(reader)
            line = before + reader.line_num
            for record in reader:
                start, line = line + 1, before + reader.line_num
                records += 1
                if step and records % 50_000 == 0:
                    step(stream.tell())
                if record:
                    yield start, record
        except csv.Error as error:
            last = before + reader.line_num  # the quote may stand in any line of the record
            where = f"line {last}" if last <= line + 1 else f"lines {line + 1} to {last}"
            raise ExtractError(f"{where}: {error}: a quote is misplaced or not closed") from error
