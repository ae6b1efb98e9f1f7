"""Excel and OpenDocument workbooks through calamine; error cells, which calamine leaves empty, are put back."""

import re
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import duckdb
from python_calamine import CalamineError, CalamineWorkbook

from orchestration.errors import ExtractError
from orchestration.extracts.read.joined import joined_header
from orchestration.extracts.read.table import ReadTable, fill_read_table
from orchestration.extracts.read.typed import as_text
from orchestration.settings import Formats

_CELL = re.compile(r"([A-Z]+)(\d+)")


def read_excel(connection: duckdb.DuckDBPyConnection, path: Path, formats: Formats) -> ReadTable:
    """Read the sheet that `formats.sheet` names, else the first.

    Raises:
        ExtractError: the workbook is broken or has no such sheet.
    """
    try:
        workbook = CalamineWorkbook.from_path(str(path))
        names = workbook.sheet_names
        if not names:
            raise ExtractError("has no sheet")
        name = formats.sheet or names[0]
        if name not in names:
            raise ExtractError(f"has no sheet {name!r}; its sheets are {', '.join(map(repr, names))}")
        sheet = workbook.get_sheet_by_name(name)
        rows: list[list[Any]] = sheet.to_python(skip_empty_area=False)
    except CalamineError as error:
        raise ExtractError(f"is no readable workbook: {error}") from error
    for row, column, text in _errors(path, name):
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = text
    start = next((i for i in range(formats.skip_rows, len(rows)) if any(_filled(v) for v in rows[i])), None)
    if start is None:
        raise ExtractError(f"sheet {name!r} is empty: not even a header")
    first = start + formats.header_rows
    header = joined_header([[as_text(value, formats) or "" for value in row] for row in rows[start:first]])
    _fill_down(rows, sheet.merged_cell_ranges or (), first)
    lines = ((number + 1, [as_text(v, formats) for v in rows[number]]) for number in range(first, len(rows)))
    fill_read_table(connection, len(header), lines)
    return ReadTable(tuple(header), typed=True, format="xlsx")


def _fill_down(rows: list[list[Any]], merged: Iterable[tuple[tuple[int, int], tuple[int, int]]], first: int) -> None:
    """A cell that is merged over several rows holds its value in each of them, not in the first one only."""
    for (top, left), (bottom, _) in merged:
        for number in range(max(top + 1, first), min(bottom + 1, len(rows))):
            if top >= first and left < len(rows[number]) and not _filled(rows[number][left]):
                rows[number][left] = rows[top][left]


def _filled(value: Any) -> bool:
    return value is not None and str(value).strip() != ""


def _errors(path: Path, sheet: str) -> Iterator[tuple[int, int, str]]:
    """Row, column (from 0) and text of cells such as #REF!: without them an unreadable amount would become null."""
    if not zipfile.is_zipfile(path):
        return
    with zipfile.ZipFile(path) as archive:
        part = _sheet_part(archive, sheet)
        if part is None or b't="e"' not in archive.read(part):
            return
        with archive.open(part) as stream:
            for _, element in ElementTree.iterparse(stream):
                if element.tag.endswith("}c") and element.get("t") == "e":
                    match = _CELL.fullmatch(element.get("r", ""))
                    value = next((child.text for child in element if child.tag.endswith("}v")), None)
                    if match and value:
                        yield int(match[2]) - 1, _column(match[1]), value
                elif element.tag.endswith("}row"):
                    element.clear()


def _sheet_part(archive: zipfile.ZipFile, sheet: str) -> str | None:
    try:
        workbook = ElementTree.fromstring(archive.read("xl/workbook.xml"))
        relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    except KeyError:
        return None  # not the XML flavour of Excel
    targets = {node.get("Id"): node.get("Target", "") for node in relations}
    for node in workbook.iter():
        if node.tag.endswith("}sheet") and node.get("name") == sheet:
            identity = next((value for name, value in node.attrib.items() if name.endswith("}id")), None)
            target = targets.get(identity, "")
            part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            return part if part in archive.namelist() else None
    return None


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
