"""Cells of Excel's binary workbooks, .xls ([MS-XLS]) and .xlsb ([MS-XLSB]): what calamine says nothing of.

Both are series of records, each with a number that says what it is.
"""

import re
import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

from orchestration.extracts.read.compound_file import stream_of

ERRORS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}  # fmt: skip
_CODES = b"[" + b"".join(re.escape(bytes([code])) for code in ERRORS) + b"]"
# What may be a cell with an error in .xlsb: most sheets have none, and need not be gone through.
_MAY_HIDE = re.compile(rb"(?:\x03\x09|\x0b(?:[\x00-\x7f]|[\x80-\xff][\x00-\x7f])).{8}" + _CODES, re.DOTALL)


class Cell(NamedTuple):
    """One cell, by row and column (from 0), and the number of its style; `error` where it holds one, else a number."""

    row: int
    column: int
    style: int
    error: str | None


def error_cells(path: str, sheet: str) -> Iterator[tuple[int, int, str]]:
    """Row, column and text of the cells that hold an error."""
    yield from ((cell.row, cell.column, cell.error) for cell in _cells(path, sheet, errors=True) if cell.error)


def number_cells(path: str, sheet: str) -> Iterator[tuple[int, int, int]]:
    """Row, column and style of the cells that hold a number."""
    yield from ((cell.row, cell.column, cell.style) for cell in _cells(path, sheet) if not cell.error)


def number_formats(path: str) -> tuple[dict[str, str], dict[str, str]]:
    """Number of a style -> number of its format; number of a format -> its code, where the workbook says it."""
    styles, codes = list[int](), dict[str, str]()
    if zipfile.is_zipfile(path):
        is_of_cells = False
        for kind, data in _wide_records(_part(path, "xl/styles.bin")):
            if kind == 44:
                codes[str(_short(data, 0))] = _wide_text(data, 2)[0]
            elif kind in (617, 618):  # styles of cells begin, end; there are others
                is_of_cells = kind == 617
            elif kind == 47 and is_of_cells:
                styles.append(_short(data, 2))
    else:
        for kind, data in _records(_workbook(path)):
            if kind == 0x041E:
                codes[str(_short(data, 0))] = _text(data, 4, _short(data, 2))
            elif kind == 0x00E0:
                styles.append(_short(data, 2))
            elif kind == 0x000A:
                break
    return {str(number): str(of) for number, of in enumerate(styles)}, codes


def _cells(path: str, sheet: str, errors: bool = False) -> Iterator[Cell]:
    if not zipfile.is_zipfile(path):
        yield from _cells_of_xls(_workbook(path), sheet)
        return
    part = _sheet_part(path, sheet)
    data = _part(path, part) if part else b""
    if not errors or _MAY_HIDE.search(data):
        yield from _cells_of_xlsb(data)


def _cells_of_xls(stream: bytes, sheet: str) -> Iterator[Cell]:
    start = None
    for kind, data in _records(stream):
        if kind == 0x0085 and _text(data, 7, data[6]) == sheet:
            start = struct.unpack_from("<I", data)[0]
        elif kind == 0x000A:
            break
    depth = 0  # charts are sheets within the sheet
    for kind, data in _records(stream[start:]) if start is not None else ():
        depth += (kind == 0x0809) - (kind == 0x000A)
        if depth == 0:
            return
        if depth > 1:
            continue
        if kind in (0x0203, 0x027E):
            yield _placed(data, None)
        elif kind == 0x00BD:
            row, first = struct.unpack_from("<HH", data)
            styles = range(4, len(data) - 2, 6)
            yield from (Cell(row, first + n, _short(data, at), None) for n, at in enumerate(styles))
        elif kind == 0x0205 and data[7]:
            yield _placed(data, ERRORS.get(data[6], "#ERROR"))
        elif kind == 0x0006:
            is_number, is_error = data[12:14] != b"\xff\xff", data[6] == 2
            if is_number or is_error:
                error = None if is_number else ERRORS.get(data[8], "#ERROR")
                yield _placed(data, error)


def _placed(data: bytes, error: str | None) -> Cell:
    row, column, style = struct.unpack_from("<HHH", data)
    return Cell(row, column, style, error)


def _cells_of_xlsb(data: bytes) -> Iterator[Cell]:
    row = 0
    for kind, cell in _wide_records(data):
        if kind == 0:
            row = struct.unpack_from("<I", cell)[0]
        elif kind in (2, 3, 5, 9, 11):
            column, style = struct.unpack_from("<II", cell)
            error = ERRORS.get(cell[8], "#ERROR") if kind in (3, 11) else None
            yield Cell(row, column, style & 0xFFFFFF, error)


def _records(stream: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + size]
        at += 4 + size


def _wide_records(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at < len(data):
        kind, at = _number(data, at, 2)
        size, at = _number(data, at, 4)
        yield kind, data[at : at + size]
        at += size


def _number(data: bytes, at: int, most: int) -> tuple[int, int]:
    """A number in bytes of seven bits, as long as the eighth says that one more follows."""
    value = 0
    for place in range(most):
        value |= (data[at + place] & 0x7F) << 7 * place
        if data[at + place] < 0x80:
            return value, at + place + 1
    return value, at + most


def _workbook(path: str) -> bytes:
    return stream_of(Path(path).read_bytes(), ("Workbook",)) or b""  # `Book` is of Excel 95


def _part(path: str, part: str) -> bytes:
    with zipfile.ZipFile(path) as archive:
        return archive.read(part) if part in archive.namelist() else b""


def _sheet_part(path: str, sheet: str) -> str | None:
    relations = _part(path, "xl/_rels/workbook.bin.rels")
    targets = (
        {node.get("Id"): node.get("Target", "") for node in ElementTree.fromstring(relations)} if relations else {}
    )
    for kind, data in _wide_records(_part(path, "xl/workbook.bin")):
        if kind == 156:
            identity, at = _wide_text(data, 8)
            if _wide_text(data, at)[0] == sheet and identity in targets:
                target = targets[identity]
                return target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return None


def _short(data: bytes, at: int) -> int:
    return int(struct.unpack_from("<H", data, at)[0])


def _text(data: bytes, at: int, length: int) -> str:
    """A text of `length` letters behind a byte that says whether each takes two bytes."""
    if data[at] & 1:
        return data[at + 1 : at + 1 + 2 * length].decode("utf-16-le", errors="replace")
    return data[at + 1 : at + 1 + length].decode("latin-1")


def _wide_text(data: bytes, at: int) -> tuple[str, int]:
    """A text behind its length in letters, and where it ends."""
    length = struct.unpack_from("<I", data, at)[0]
    end = at + 4 + 2 * (0 if length == 0xFFFFFFFF else length)
    return data[at + 4 : end].decode("utf-16-le", errors="replace"), end
