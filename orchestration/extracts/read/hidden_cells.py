"""Cells that calamine leaves empty though something stands there: errors, and formulas without a result."""

import re
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

from orchestration.extracts.read.binary_workbook import error_cells
from orchestration.extracts.read.workbook_parts import CELL, ODS, cells_of, column_number, in_archive, ods_rows

# an error, or a formula with no value behind it, in the XML of a sheet
_NONE = rb"(?:</c>|<v ?/>|<v></v>)"
_MAY_HIDE = re.compile(rb"""\st=["']e["']|</f>\s*""" + _NONE + rb"|<f[^>]*/>\s*" + _NONE)
_NOUGHT = re.compile(rb"(?:</f>|<f[^>]*/>)\s*<v>0</v>")
_STALE = re.compile(rb"""\sfullCalcOnLoad=["'](?:1|true)["']""")  # whoever opens the file works its formulas out


def hidden_cells(path: str, sheet: str, height: int) -> Iterator[tuple[int, int, str]]:
    """Row, column (from 0) and text of cells that calamine leaves empty though something stands there.

    These are errors such as #REF!, and formulas that nobody has worked out, as programs write them, some of them with a
    0 for what is not known: without them an unreadable amount would become null, or nothing. `height`: how many rows
    the sheet has.
    """
    with in_archive(path, sheet) as found:
        if found is None:
            yield from error_cells(path, sheet)
            return
        archive, part = found
        if part == ODS:
            yield from _hidden_in_ods(archive, sheet, height)
            return
        content, is_stale = archive.read(part), _STALE.search(archive.read("xl/workbook.xml"))
        if not _MAY_HIDE.search(content) and not (is_stale and _NOUGHT.search(content)):
            return
        nothing = ("", "0") if is_stale else ("",)
        with archive.open(part) as stream:
            for _, element in ElementTree.iterparse(stream):
                if element.tag.endswith("}c"):
                    match, text = CELL.fullmatch(element.get("r", "")), _hidden_text(element, nothing)
                    if match and text:
                        yield int(match[2]) - 1, column_number(match[1]), text
                elif element.tag.endswith("}row"):
                    element.clear()


def _hidden_text(cell: ElementTree.Element, nothing: tuple[str, ...]) -> str | None:
    """The error of a cell, or its formula where that has no result but `nothing`; an empty text is one."""
    parts = {child.tag.rpartition("}")[2]: child.text for child in cell}
    if cell.get("t") == "e":
        return parts.get("v")
    has_none = "f" in parts and (parts.get("v") or "") in nothing and cell.get("t", "n") == "n"
    return f"={parts['f'] or '…'}" if has_none else None


def _hidden_in_ods(archive: zipfile.ZipFile, sheet: str, height: int) -> Iterator[tuple[int, int, str]]:
    if b'value-type="error"' not in archive.read(ODS):
        return
    for rows, element in ods_rows(archive, sheet, height):
        for columns, cell in cells_of(element):
            # two attributes are called value-type: the standard's, which knows no errors, and LibreOffice's own
            if "error" in (value for name, value in cell.attrib.items() if name.endswith("}value-type")):
                text = " ".join("".join(part.itertext()) for part in cell if part.tag.endswith("}p"))
                yield from ((row, column, text) for row in rows for column in columns)
