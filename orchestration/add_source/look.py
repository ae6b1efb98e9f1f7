"""A file as landing reads it: its tables (the sheets of a workbook), each with header, values, lines to skip."""

import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import duckdb
from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from orchestration.add_source.encodings import told_encoding
from orchestration.add_source.evidence import Column
from orchestration.add_source.further_tables import further_tables
from orchestration.add_source.title_lines import lines_above_header, lines_above_text_header
from orchestration.add_source.vocabulary import vocabulary
from orchestration.errors import ExtractError
from orchestration.extracts.find.content import fetch, unpack
from orchestration.extracts.find.discover import FoundFile
from orchestration.extracts.read.encoding import as_utf8
from orchestration.extracts.read.file import kind_of, read_file
from orchestration.extracts.read.header import clean_names
from orchestration.extracts.read.hidden_rows import HiddenRows, hidden_rows
from orchestration.extracts.read.json_layout import JsonLayout
from orchestration.extracts.read.json_path import parse_path
from orchestration.extracts.read.table import READ_TABLE, ReadTable
from orchestration.extracts.type.values import WHITESPACE
from orchestration.settings import Formats
from orchestration.temporary import in_memory

_ROWS = 20_000  # looked at; more are taken from all over the file
_ABOVE = 100  # lines that may stand above the rows of a sheet


@dataclass(frozen=True)
class Look:
    """One table of a file. `formats` hold what reading needs to be told: sheet, skip_rows, encoding, records."""

    file: FoundFile
    formats: dict[str, Any]
    columns: tuple[Column, ...]
    rows: int
    encoding: str | None = None
    delimiter: str | None = None
    kind: str = "text"
    titles: tuple[str, ...] = ()
    further: tuple[str, ...] = ()  # tables that begin below this one
    is_hidden: bool = False
    hidden_rows: HiddenRows | None = None
    sample: tuple[tuple[str | None, ...], ...] = field(default=(), repr=False, compare=False)

    @property
    def label(self) -> str:
        """Name of the file, and of the sheet where it has several."""
        sheet = self.formats.get("sheet")
        return f"{self.file.name}, sheet {sheet!r}" if sheet else self.file.name

    def column(self, name: str) -> Column:
        """The column of that name."""
        return next(column for column in self.columns if column.name == name)

    def cells(self, *names: str) -> list[tuple[str | None, ...]]:
        """These columns of the rows that were looked at, row by row; '' is None."""
        numbers = [next(n for n, column in enumerate(self.columns) if column.name == name) for name in names]
        return [tuple(row[number] for number in numbers) for row in self.sample]


def look(file: FoundFile) -> list[Look]:
    """Every table of the file; an empty sheet of a workbook is none.

    Raises:
        ExtractError: the file can't be read, is empty or has no header.
    """
    with tempfile.TemporaryDirectory(prefix="funnelmart-") as name:
        folder = Path(name)
        path = unpack(fetch(file, folder), folder)
        kind = kind_of(path, file.name)
        if kind != "workbook":
            return [_look(file, path, kind, folder, {})]
        tables: list[Look] = []
        problems: list[ExtractError] = []
        sheets = _sheets(path)
        for sheet, is_hidden in sheets.items():
            try:
                one = _look(file, path, kind, folder, {"sheet": sheet} if len(sheets) > 1 else {})
                hidden = hidden_rows(str(path), sheet, one.rows + _ABOVE)
                tables.append(replace(one, is_hidden=is_hidden, hidden_rows=hidden))
            except ExtractError as error:
                problems.append(error)
    if not tables:
        raise problems[0]
    return tables


def _sheets(path: Path) -> dict[str, bool]:
    """The sheets of a workbook, and whether they are hidden."""
    try:
        found = CalamineWorkbook.from_path(str(path)).sheets_metadata
        return {sheet.name: sheet.visible != SheetVisibleEnum.Visible for sheet in found}
    except CalamineError as error:
        raise ExtractError(f"is no readable workbook: {error}") from error


def _look(file: FoundFile, path: Path, kind: str, folder: Path, told: dict[str, Any]) -> Look:
    formats = dict(told)
    titles: tuple[str, ...] = ()
    expected = frozenset(form for name in vocabulary().headers for form in (name, name.replace(" ", "_")))
    if kind == "text":
        encoding = told_encoding(path, folder)
        formats |= {"encoding": encoding} if encoding else {}
        formats |= (found := lines_above_text_header(path, Formats.model_validate(formats), expected, folder)).formats
        titles = found.titles
    with in_memory(folder) as connection:
        read = _read(connection, path, file, formats, expected, folder)
        if kind == "workbook":
            found = lines_above_header(connection, read)
            titles = found.titles
            if found.formats:
                formats |= found.formats
                read = _read(connection, path, file, formats, expected, folder)
        if kind == "json" and (records := _nested_records(connection, read)):
            formats["records"] = records
            read = _read(connection, path, file, formats, expected, folder)
        names = clean_names(read.header)
        columns, rows, sample = _columns(connection, names, dict(read.currencies))
    further: tuple[str, ...] = ()
    if kind == "text" and read.delimiter:
        further = further_tables(as_utf8(path, formats.get("encoding"), folder).path, read.delimiter, read.header)
    return Look(
        file,
        formats,
        columns,
        rows,
        encoding=read.encoding,
        delimiter=read.delimiter,
        kind=kind,
        titles=titles,
        further=further,
        sample=sample,
    )


def _read(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    file: FoundFile,
    formats: dict[str, Any],
    expected: frozenset[str],
    folder: Path,
) -> ReadTable:
    settings = Formats.model_validate(formats)
    layout = JsonLayout((parse_path(settings.records),)) if settings.records else JsonLayout()
    return read_file(connection, path, file.name, settings, expected, folder, layout=layout)


def _columns(
    connection: duckdb.DuckDBPyConnection, names: list[str], currencies: Mapping[int, str]
) -> tuple[tuple[Column, ...], int, tuple[tuple[str | None, ...], ...]]:
    """The columns that have a name, the number of rows, and the cells of those columns in rows from all over."""
    row = connection.execute(f"select count(*) from {READ_TABLE}").fetchone()
    rows = int(row[0]) if row else 0
    cells = ", ".join(f"nullif(trim(c{n}, {WHITESPACE}), '')" for n, name in enumerate(names) if name)
    every = max(1, rows // _ROWS)
    sample = f"select {cells} from (select *, row_number() over () as n from {READ_TABLE}) where n % {every} = 0"
    named = {number: name for number, name in enumerate(names) if name}
    counted: list[Counter[str]] = [Counter() for _ in named]
    found = connection.execute(sample).fetchall() if named else []
    for values in found:
        for number, value in enumerate(values):
            if value:
                counted[number][value] += 1
    columns = tuple(
        Column(name, values, currencies.get(number))
        for (number, name), values in zip(named.items(), counted, strict=True)
    )
    return columns, rows, tuple(found)


def _nested_records(connection: duckdb.DuckDBPyConnection, read: ReadTable) -> str | None:
    """Where in the one object the records stand, if not where landing looks by itself: the longest list of objects."""
    if (connection.execute(f"select count(*) from {READ_TABLE}").fetchone() or (0,))[0] != 1:
        return None
    return max(_lists(connection, read), default=(0, None))[1]


def _lists(connection: duckdb.DuckDBPyConnection, read: ReadTable) -> Iterator[tuple[int, str]]:
    for number, name in enumerate(read.header):
        objects = f"try_cast(c{number} as json)"
        query = f"select json_array_length({objects}), json_type({objects}, '$[0]') from {READ_TABLE}"
        row = connection.execute(f"select * from ({query})").fetchone()
        if row and row[0] and row[1] == "OBJECT":
            yield int(row[0]), name
