"""The process that opens workbooks: what a broken one does to its reader ends here, not in the run.

Started by path, with as little imported as possible. Each (path, sheet or None) on its standard input is answered on
its standard output with one `("refused", why)`, or with `("rows", list)` as often as needed and at last one
`("sheet", name, merged ranges)`; all of it pickled.
"""

import pickle
import re
import sys
import unicodedata
import zipfile
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

from python_calamine import CalamineError, CalamineWorkbook

try:
    import resource
except ImportError:  # no limits of memory on this system
    resource = None  # type: ignore[assignment]

_CELL = re.compile(r"([A-Z]+)(\d+)")
_ODS, _STYLES = "content.xml", "xl/styles.xml"
_BUILT_IN = ("5", "6", "7", "8", "42", "44")  # number formats with the currency of whoever opens the file
# an error, or a formula with no value behind it, in the XML of a sheet
_MAY_HIDE = re.compile(rb"""\st=["']e["']|</f>\s*(?:</c>|<v ?/>|<v></v>)|<f[^>]*/>\s*(?:</c>|<v ?/>|<v></v>)""")
_CHUNK = 2_000  # rows in one answer


def main() -> None:
    """Answer until the input ends; `argv[1]` is the memory in bytes that the process may take in all."""
    if resource:
        resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[1]), resource.getrlimit(resource.RLIMIT_AS)[1]))
        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    asked, answers = sys.stdin.buffer, sys.stdout.buffer
    while True:
        try:
            path, sheet = pickle.load(asked)
        except EOFError:
            return
        for answer in _answers(path, sheet):
            pickle.dump(answer, answers, pickle.HIGHEST_PROTOCOL)
        answers.flush()


def _answers(path: str, sheet: str | None) -> Iterator[tuple[Any, ...]]:
    try:
        name, rows, merged = _read(path, sheet)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a panic of calamine is no Exception
        yield "refused", _why(error)
        return
    for start in range(0, len(rows), _CHUNK):
        yield "rows", rows[start : start + _CHUNK]
    yield "sheet", name, merged


def _why(error: BaseException) -> str:
    text = " ".join(str(error).split())[:300]
    if isinstance(error, _NoSheetError):
        return text
    if isinstance(error, CalamineError):
        return f"is no readable workbook: {text}"
    if isinstance(error, MemoryError):
        return "needs more memory than engine.memory_limit in funnelmart.yml allows"
    return f"is no readable workbook: {type(error).__name__}: {text}".rstrip(": ")


class _NoSheetError(Exception):
    """The workbook lacks what was asked for."""


def _read(path: str, sheet: str | None) -> tuple[str, list[list[Any]], list[Any]]:
    workbook = CalamineWorkbook.from_path(path)
    names = workbook.sheet_names
    if not names:
        raise _NoSheetError("has no sheet")
    name = sheet or names[0]
    if name not in names:
        raise _NoSheetError(f"has no sheet {name!r}; its sheets are {', '.join(map(repr, names))}")
    opened = workbook.get_sheet_by_name(name)
    rows: list[list[Any]] = opened.to_python(skip_empty_area=False)
    for row, column, text in _hidden(path, name, len(rows)):
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = text
    for row, column, sign in _signs(path, name):
        if row < len(rows) and column < len(rows[row]) and type(rows[row][column]) in (int, float):
            rows[row][column] = (sign, rows[row][column])
    return name, rows, list(opened.merged_cell_ranges or ())


def _hidden(path: str, sheet: str, height: int) -> Iterator[tuple[int, int, str]]:
    """Row, column (from 0) and text of cells that calamine leaves empty though something stands there.

    These are errors such as #REF!, and formulas that nobody has worked out, as programs write them: without them an
    unreadable amount would become null. `height`: how many rows the sheet has.
    """
    if not zipfile.is_zipfile(path):
        return
    with zipfile.ZipFile(path) as archive:
        if _ODS in archive.namelist():
            yield from _hidden_in_ods(archive, sheet, height)
            return
        part = _sheet_part(archive, sheet)
        if part is None or not _MAY_HIDE.search(archive.read(part)):
            return
        with archive.open(part) as stream:
            for _, element in ElementTree.iterparse(stream):
                if element.tag.endswith("}c"):
                    match, text = _CELL.fullmatch(element.get("r", "")), _hidden_text(element)
                    if match and text:
                        yield int(match[2]) - 1, _column(match[1]), text
                elif element.tag.endswith("}row"):
                    element.clear()


def _hidden_text(cell: ElementTree.Element) -> str | None:
    """The error of a cell, or its formula where that has no result; an empty text is one."""
    parts = {child.tag.rpartition("}")[2]: child.text for child in cell}
    if cell.get("t") == "e":
        return parts.get("v")
    has_none = "f" in parts and not parts.get("v") and cell.get("t", "n") == "n"
    return f"={parts['f'] or '…'}" if has_none else None


def _hidden_in_ods(archive: zipfile.ZipFile, sheet: str, height: int) -> Iterator[tuple[int, int, str]]:
    if b'value-type="error"' not in archive.read(_ODS):
        return
    row, is_wanted = 0, False
    with archive.open(_ODS) as stream:
        for event, element in ElementTree.iterparse(stream, ("start", "end")):
            kind, named = element.tag.rpartition("}")[2], _attributes(element)
            if kind == "table":
                is_wanted, row = event == "start" and named.get("name") == sheet, 0
            elif kind == "table-row" and event == "end":
                end = min(row + int(named.get("number-rows-repeated", 1)), height) if is_wanted else row
                yield from (
                    (number, column, text) for column, text in _errors_in_row(element) for number in range(row, end)
                )
                row = end
                element.clear()


def _errors_in_row(row: ElementTree.Element) -> list[tuple[int, str]]:
    column, found = 0, []
    for cell in row:
        width = int(_attributes(cell).get("number-columns-repeated", 1))
        # two attributes are called value-type: the one of the standard, which knows no errors, and LibreOffice's own
        if "error" in (value for name, value in cell.attrib.items() if name.endswith("}value-type")):
            text = " ".join("".join(part.itertext()) for part in cell if part.tag.endswith("}p"))
            found += [(number, text) for number in range(column, column + width)]
        column += width
    return found


def _attributes(element: ElementTree.Element) -> dict[str, str]:
    return {name.rpartition("}")[2]: value for name, value in element.attrib.items()}


def _signs(path: str, sheet: str) -> list[tuple[int, int, str]]:
    """Row, column (from 0) and sign of amounts in columns whose number formats show several currencies.

    Calamine gives the numbers alone, and euros and dollars would be added up.
    """
    if not zipfile.is_zipfile(path):
        return []
    with zipfile.ZipFile(path) as archive:
        part, of_styles = _sheet_part(archive, sheet), _signs_of_styles(archive)
        if part is None or len(set(of_styles.values())) < 2:
            return []
        found: list[tuple[int, int, str]] = []
        with archive.open(part) as stream:
            for _, element in ElementTree.iterparse(stream):
                if element.tag.endswith("}c"):
                    match, sign = _CELL.fullmatch(element.get("r", "")), of_styles.get(element.get("s", ""))
                    if match and sign and element.get("t", "n") == "n":
                        found.append((int(match[2]) - 1, _column(match[1]), sign))
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


if __name__ == "__main__":
    main()
