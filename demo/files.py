"""Writers whose bytes depend on the rows alone: no clock, no compression library's taste, no locale."""

import csv
import datetime as dt
import io
import json
import os
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

Row = Sequence[Any]
BLOCK = 65_535  # the largest block that deflate stores


class Folder:
    """A folder to write extracts into; every file gets the time at which its extract was taken."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def csv(
        self,
        name: str,
        taken: dt.datetime,
        header: Row | str,
        rows: Iterable[Row],
        delimiter: str = ",",
        bom: bool = False,
    ) -> None:
        """A delimited file in UTF-8; a name that ends in .gz is packed. A header of single words may be one text."""
        text = io.StringIO()
        writer = csv.writer(text, delimiter=delimiter, lineterminator="\n")
        writer.writerow(header.split() if isinstance(header, str) else header)
        writer.writerows(rows)
        self.text(name, taken, ("\ufeff" if bom else "") + text.getvalue())

    def jsonl(self, name: str, taken: dt.datetime, records: Iterable[dict[str, Any]]) -> None:
        """One JSON object a line."""
        self.text(name, taken, "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records))

    def text(self, name: str, taken: dt.datetime, text: str) -> None:
        """Text in UTF-8."""
        self.raw(name, taken, gzipped(text.encode()) if name.endswith(".gz") else text.encode())

    def xlsx(self, name: str, taken: dt.datetime, sheets: Mapping[str, Sequence[Row]]) -> None:
        """A workbook with these sheets, cells as text or numbers."""
        self.raw(name, taken, workbook(sheets))

    def raw(self, name: str, taken: dt.datetime, data: bytes) -> None:
        """Bytes as they are."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        seconds = int(taken.replace(tzinfo=dt.UTC).timestamp())
        os.utime(path, (seconds, seconds))


def gzipped(data: bytes) -> bytes:
    """A gzip file of stored blocks: zlib's builds compress differently, stored bytes are the same everywhere."""
    parts = [b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"]
    for start in range(0, max(len(data), 1), BLOCK):
        block = data[start : start + BLOCK]
        size = len(block).to_bytes(2, "little")
        parts += [b"\x01" if start + BLOCK >= len(data) else b"\x00", size, bytes(byte ^ 0xFF for byte in size), block]
    return b"".join([*parts, zlib.crc32(data).to_bytes(4, "little"), (len(data) % 2**32).to_bytes(4, "little")])


def workbook(sheets: Mapping[str, Sequence[Row]]) -> bytes:
    """A minimal XLSX file (Office Open XML), stored and with fixed times."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    numbered = list(enumerate(sheets.items(), start=1))
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
        + "".join(
            f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{kind}.worksheet+xml"/>'
            for n, _ in numbered
        )
        + "</Types>",
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="rId1" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
        + "".join(f'<sheet name="{escape(name)}" sheetId="{n}" r:id="rId{n}"/>' for n, (name, _) in numbered)
        + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships">'
        + "".join(
            f'<Relationship Id="rId{n}" Type="{office}/worksheet" Target="worksheets/sheet{n}.xml"/>'
            for n, _ in numbered
        )
        + "</Relationships>",
    }
    for n, (_, rows) in numbered:
        body = "".join(
            f'<row r="{r}">'
            + "".join(_cell(r, c, value) for c, value in enumerate(row) if value not in ("", None))
            + "</row>"
            for r, row in enumerate(rows, start=1)
        )
        parts[f"xl/worksheets/sheet{n}.xml"] = f'<worksheet xmlns="{main}"><sheetData>{body}</sheetData></worksheet>'
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, (2025, 1, 1, 0, 0, 0))
            entry.create_system = 3  # else it names the machine's system
            archive.writestr(entry, '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + content)
    return buffer.getvalue()


def _cell(row: int, column: int, value: Any) -> str:
    place = f"{chr(ord('A') + column)}{row}"
    if isinstance(value, int | float):
        return f'<c r="{place}"><v>{value}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t>{escape(str(value))}</t></is></c>'


def money(cents: int) -> str:
    """Cents as 1234.50."""
    sign, cents = ("-" if cents < 0 else ""), abs(cents)
    return f"{sign}{cents // 100}.{cents % 100:02d}"


def german(cents: int) -> str:
    """Cents as 1.234,50."""
    sign, cents = ("-" if cents < 0 else ""), abs(cents)
    return sign + f"{cents // 100:,}".replace(",", ".") + f",{cents % 100:02d}"
