"""Currencies that stand in the number formats of cells alone: calamine gives the numbers."""

import re
import unicodedata
import zipfile
from xml.etree import ElementTree

from orchestration.extracts.read.workbook_parts import CELL, column_number, sheet_part

_STYLES = "xl/styles.xml"
_BUILT_IN = ("5", "6", "7", "8", "42", "44")  # number formats with the currency of whoever opens the file


def shown_currencies(path: str, sheet: str) -> list[tuple[int, int, str]]:
    """Row, column (from 0) and sign of amounts in columns whose number formats show several currencies.

    Calamine gives the numbers alone, and euros and dollars would be added up.
    """
    if not zipfile.is_zipfile(path):
        return []
    with zipfile.ZipFile(path) as archive:
        part, of_styles = sheet_part(archive, sheet), _signs_of_styles(archive)
        if part is None or len(set(of_styles.values())) < 2:
            return []
        found: list[tuple[int, int, str]] = []
        with archive.open(part) as stream:
            for _, element in ElementTree.iterparse(stream):
                if element.tag.endswith("}c"):
                    match, sign = CELL.fullmatch(element.get("r", "")), of_styles.get(element.get("s", ""))
                    if match and sign and element.get("t", "n") == "n":
                        found.append((int(match[2]) - 1, column_number(match[1]), sign))
                elif element.tag.endswith("}row"):
                    element.clear()
    of_columns: dict[int, set[str]] = {}
    for _, column, sign in found:
        of_columns.setdefault(column, set()).add(sign)
    return [one for one in found if len(of_columns[one[1]]) > 1]


def _signs_of_styles(archive: zipfile.ZipFile) -> dict[str, str]:
    """Number of a style -> the currency that its number format shows."""
    if _STYLES not in archive.namelist():
        return {}
    codes, formats = dict.fromkeys(_BUILT_IN, "$"), list[str]()
    for element in ElementTree.fromstring(archive.read(_STYLES)).iter():
        if element.tag.endswith("}numFmt"):
            codes[element.get("numFmtId", "")] = element.get("formatCode", "")
        elif element.tag.endswith("}cellXfs"):
            formats = [style.get("numFmtId", "") for style in element]
    signs = {str(number): _sign(codes.get(written, "")) for number, written in enumerate(formats)}
    return {number: sign for number, sign in signs.items() if sign}


def _sign(code: str) -> str:
    first = code.split(";")[0]
    if named := re.search(r"\[\$([^\]-]+)", first):
        return named[1].strip()
    shown = re.sub(r"\[[^\]]*\]", "", first)
    return next((character for character in shown if unicodedata.category(character) == "Sc"), "")
