"""Parts of the archives that workbooks are: which one holds a sheet, which column a cell stands in."""

import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from xml.etree import ElementTree

CELL = re.compile(r"([A-Z]+)(\d+)")
ODS = "content.xml"
_WORKBOOK = "xl/workbook.xml"
_FROM_1904 = re.compile(rb"""\sdate1904=["'](?:1|true)["']""")


@contextmanager
def in_archive(path: str, sheet: str) -> Iterator[tuple[zipfile.ZipFile, str] | None]:
    """The archive that a workbook is and its part with the sheet, `ODS` of OpenDocument; None of .xls and .xlsb."""
    if not zipfile.is_zipfile(path):
        yield None
        return
    with zipfile.ZipFile(path) as archive:
        part = ODS if ODS in archive.namelist() else _sheet_part(archive, sheet)
        yield (archive, part) if part else None


def counts_from_1904(path: str) -> bool:
    """Whether days are counted from 1904 in a workbook of Excel's XML flavour, as those of old Macs are."""
    if not zipfile.is_zipfile(path):
        return False
    with zipfile.ZipFile(path) as archive:
        return _WORKBOOK in archive.namelist() and _FROM_1904.search(archive.read(_WORKBOOK)) is not None


def _sheet_part(archive: zipfile.ZipFile, sheet: str) -> str | None:
    """The name of the part that holds a sheet; None where the archive is not of Excel's XML flavour."""
    try:
        workbook = ElementTree.fromstring(archive.read(_WORKBOOK))
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


def column_number(letters: str) -> int:
    """The number from 0 of a column by its letters."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def attributes(element: ElementTree.Element) -> dict[str, str]:
    """The attributes of an element without their namespaces."""
    return {name.rpartition("}")[2]: value for name, value in element.attrib.items()}


def ods_rows(archive: zipfile.ZipFile, sheet: str, height: int) -> Iterator[tuple[range, ElementTree.Element]]:
    """The rows of a sheet of OpenDocument, each with the numbers (from 0) of those that it stands for."""
    row, is_wanted = 0, False
    with archive.open(ODS) as stream:
        for event, element in ElementTree.iterparse(stream, ("start", "end")):
            kind, named = element.tag.rpartition("}")[2], attributes(element)
            if kind == "table":
                is_wanted, row = event == "start" and named.get("name") == sheet, 0
            elif kind == "table-row" and event == "end":
                end = min(row + int(named.get("number-rows-repeated", 1)), height) if is_wanted else row
                yield range(row, end), element
                row = end
                element.clear()


def cells_of(row: ElementTree.Element) -> Iterator[tuple[range, ElementTree.Element]]:
    """The cells of such a row, each with the numbers (from 0) of the columns that it stands for."""
    column = 0
    for cell in row:
        width = int(attributes(cell).get("number-columns-repeated", 1))
        yield range(column, column + width), cell
        column += width
