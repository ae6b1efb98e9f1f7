"""A person leaves the archive: a copy that names them is written again with pseudonyms, under a new address."""

import html
import json
import re
import tempfile
import zipfile
from functools import partial
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from orchestration.errors import ExtractError
from orchestration.extracts.find.archive import place, put, restore
from orchestration.extracts.find.content import fingerprint, unpack
from orchestration.extracts.read.file import kind_of
from orchestration.extracts.type.erased import Eraser
from orchestration.settings import Settings

_XML = (".xml", ".rels", ".txt")
# A telephone may have been a number: a pseudonym is a text there.
_NUMBER_CELL = re.compile(r'<c ((?:(?! t=)[^>])*?)(?: t="n")?((?:(?! t=)[^>])*)><v>(?=forgotten:)')
_JSON_PART = re.compile(r'"(?:[^"\\]|\\.)*"|[^\s,:{}\[\]"]+')


def erase_copy(settings: Settings, address: str, name: str, encoding: str | None, eraser: Eraser) -> str | None:
    """Write the copy again without the person; returns its new address, None where it does not name them.

    The old copy stays until the manifest says the new address.

    Args:
        settings: the workspace.
        address: of the copy.
        name: what the extract was called.
        encoding: of a text file, as landing found it.
        eraser: of the person.

    Raises:
        ExtractError: it is in a format that can't be written again (xls, xlsb).
        ArchiveError: the copy is damaged.
    """
    with tempfile.TemporaryDirectory(prefix="funnelmart-") as folder:
        whole, erased = Path(folder) / "stored", Path(folder) / "erased"
        restore(place(settings, address), address, whole)
        plain = unpack(whole, Path(folder))
        kind = kind_of(plain, name)
        if kind == "parquet":
            changed = _parquet(plain, erased, eraser)
        elif kind == "workbook":
            changed = _workbook(plain, erased, eraser)
        else:
            changed = _text(plain, erased, encoding or "utf-8", eraser, kind == "json")
        if not changed:
            return None
        new = fingerprint(erased)
        put(settings, erased, new)
        return new


def _text(plain: Path, erased: Path, encoding: str, eraser: Eraser, is_json: bool) -> bool:
    """Line by line, since a line is a record of most files; JSON in one line is one record."""
    changed = False
    as_json = eraser.spelled(lambda value: json.dumps(value)[1:-1])  # letters beyond ASCII may be written \\u00fc
    with (
        open(plain, encoding=encoding, errors="surrogateescape", newline="") as lines,
        open(erased, "w", encoding=encoding, errors="surrogateescape", newline="") as copy,
    ):
        for line in lines:
            after = _json(line, eraser, as_json) if is_json else eraser.erase(line)
            changed |= after != line
            copy.write(after)
    return changed


def _json(line: str, eraser: Eraser, as_json: Eraser) -> str:
    """The strings and numbers of a line, each by itself: a number becomes a string."""
    if not (eraser.finds(line) or as_json.finds(line)):
        return line

    def part(found: re.Match[str]) -> str:
        after = as_json.erase(eraser.erase(found[0], with_names=True), with_names=True)
        return after if after == found[0] or found[0].startswith('"') else f'"{after}"'

    return _JSON_PART.sub(part, line)


def _parquet(plain: Path, erased: Path, eraser: Eraser) -> bool:
    table, changed = pq.read_table(plain), False
    for index, field in enumerate(table.schema):
        if not (pa.types.is_string(field.type) or pa.types.is_large_string(field.type)):
            continue
        values = table.column(index).to_pylist()
        after = [value and eraser.erase(value) for value in values]
        if after != values:
            table, changed = table.set_column(index, field, pa.array(after, field.type)), True
    # A name stands in a column of its own: it goes where another column of the row named the person.
    if changed and eraser.names:
        table = _names(table, eraser)
    if changed:
        pq.write_table(table, erased)
    return changed


def _names(table: pa.Table, eraser: Eraser) -> pa.Table:
    rows = [False] * table.num_rows
    texts = [n for n, f in enumerate(table.schema) if pa.types.is_string(f.type) or pa.types.is_large_string(f.type)]
    for index in texts:
        found = pc.match_substring_regex(table.column(index), "forgotten:[0-9a-f]{64}").to_pylist()
        rows = [was or bool(is_) for was, is_ in zip(rows, found, strict=True)]
    for index in texts:
        values = table.column(index).to_pylist()
        after = [v and eraser.erase(v, with_names=is_) for v, is_ in zip(values, rows, strict=True)]
        table = table.set_column(index, table.schema.field(index), pa.array(after, table.schema.field(index).type))
    return table


def _workbook(plain: Path, erased: Path, eraser: Eraser) -> bool:
    """The texts of a workbook are XML in a zip archive; a text may be shared by several cells."""
    if not zipfile.is_zipfile(plain):
        return _unless_found(plain.read_bytes(), eraser)
    escaped = eraser.spelled(partial(html.escape, quote=False))
    changed = False
    with zipfile.ZipFile(plain) as archive, zipfile.ZipFile(erased, "w", zipfile.ZIP_DEFLATED) as copy:
        if "xl/workbook.bin" in archive.namelist():
            return _unless_found(b"".join(map(archive.read, archive.namelist())), eraser)
        for member in archive.infolist():
            data = archive.read(member)
            if member.filename.endswith(_XML):
                text = data.decode("utf-8", "surrogateescape")
                after = _NUMBER_CELL.sub(r'<c \1\2 t="str"><v>', escaped.erase(text))
                changed |= after != text
                data = after.encode("utf-8", "surrogateescape")
            copy.writestr(member, data)
    return changed


def _unless_found(data: bytes, eraser: Eraser) -> bool:
    """Raise where the person stands in a workbook of a binary format."""
    if any(eraser.finds(data.decode(encoding, "replace")) for encoding in ("utf-16-le", "latin-1")):
        raise ExtractError("is a workbook of a format that can't be written again")
    return False
