"""Rows that a workbook hides: a reader sees them like all others, who looks at the sheet does not."""

import re
import zipfile
from collections.abc import Iterator
from typing import NamedTuple
from xml.etree import ElementTree

from orchestration.extracts.read.workbook_parts import ODS, attributes, cells_of, in_archive, ods_rows

_HIDDEN = re.compile(rb"""<(?:\w+:)?row\b[^>]*\shidden=["'](?:1|true)["'][^>]*(?<!/)>""")
_FILTER = re.compile(rb"<(?:\w+:)?autoFilter\b")
_BLOCK = 1 << 20


class HiddenRows(NamedTuple):
    """How many rows with values are hidden, the line of the first, and whether a filter may hide them."""

    rows: int
    first: int
    is_filtered: bool


def hidden_rows(path: str, sheet: str, height: int) -> HiddenRows | None:
    """None where no such row is hidden, or the workbook is of a kind that isn't looked into (.xls, .xlsb).

    `height`: how many rows of a sheet of OpenDocument are looked at.
    """
    with in_archive(path, sheet) as found:
        if found is None:
            return None
        archive, part = found
        if part == ODS:
            told = list(_of_ods(archive, sheet, height))
            lines, is_filtered = [line for line, _ in told], any(filtered for _, filtered in told)
        else:
            has_hidden, is_filtered = _look_through(archive, part)
            lines = list(_of_xlsx(archive, part)) if has_hidden else []
    return HiddenRows(len(lines), lines[0], is_filtered) if lines else None


def _look_through(archive: zipfile.ZipFile, part: str) -> tuple[bool, bool]:
    """Whether a row of the sheet may be hidden, and whether it has a filter: to parse it takes far longer."""
    has_hidden, is_filtered, rest = False, False, b""
    with archive.open(part) as stream:
        while block := stream.read(_BLOCK):
            text = rest + block
            has_hidden = has_hidden or _HIDDEN.search(text) is not None
            is_filtered = is_filtered or _FILTER.search(text) is not None
            rest = text[text.rfind(b"<") :]
    return has_hidden, is_filtered


def _of_xlsx(archive: zipfile.ZipFile, part: str) -> Iterator[int]:
    """The lines of hidden rows in which a cell holds anything."""
    with archive.open(part) as stream:
        for _, element in ElementTree.iterparse(stream):
            if not element.tag.endswith("}row"):
                continue
            is_filled = any(value.text or len(value) for cell in element for value in cell)
            if element.get("hidden") in ("1", "true") and is_filled:
                yield int(element.get("r", 0))
            element.clear()


def _of_ods(archive: zipfile.ZipFile, sheet: str, height: int) -> Iterator[tuple[int, bool]]:
    for rows, element in ods_rows(archive, sheet, height):
        visibility = attributes(element).get("visibility", "")
        if visibility in ("collapse", "filter") and any(len(cell) for _, cell in cells_of(element)):
            yield from ((row + 1, visibility == "filter") for row in rows)
