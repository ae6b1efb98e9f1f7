"""JSON (an array of objects, or one object holding it) and JSON Lines; nested objects become dotted columns."""

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import duckdb

from orchestration.errors import ExtractError
from orchestration.extracts.limits import check_nesting
from orchestration.extracts.read.encoding import as_utf8
from orchestration.extracts.read.json_layout import JsonLayout, answered
from orchestration.extracts.read.table import ReadTable, fill_read_table
from orchestration.extracts.read.typed import as_text
from orchestration.settings import Formats

PLAIN = JsonLayout()


class _Number(str):
    """A JSON number as it was written: 0.10 stays 0.10, and a long id loses no digit."""

    __slots__ = ()


def read_json(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    formats: Formats,
    folder: Path,
    lines: bool = False,
    layout: JsonLayout = PLAIN,
) -> ReadTable:
    """Read records; `_row` is the number of the record (JSON) or of the line (JSON Lines).

    A file is JSON Lines where its name says so (`lines`) or its first of several lines is an object by itself.

    Raises:
        ExtractError: it is no JSON, or holds something else than objects.
    """
    text = as_utf8(path, formats.encoding, folder)
    encoding = "utf-8-sig" if text.encoding == "utf-8-sig" else "utf-8"
    columns: dict[str, int] = {}  # grows while records are read: some first appear in the last one
    records = _records(text.path, encoding, lines, layout)
    fill_read_table(connection, columns, _rows(records, columns, formats, layout))
    return ReadTable(tuple(columns), typed=True, format="json", encoding=text.encoding)


def _rows(
    records: Iterator[tuple[int, dict[str, Any]]], columns: dict[str, int], formats: Formats, layout: JsonLayout
) -> Iterator[tuple[int, list[str | None]]]:
    """The fields of each record, as many as there are columns so far."""
    folded: dict[str, str] = {}
    for number, record in records:
        values = _columns(record, layout)
        if not values.keys() <= columns.keys():
            values = _as_before(values, columns, folded)
        fields: list[str | None] = [None] * len(columns)
        for name, value in values.items():
            fields[columns[name]] = (
                value.replace(".", formats.decimal) if isinstance(value, _Number) else as_text(value, formats)
            )
        yield number, fields
    if not columns:
        columns.update({name: number for number, name in enumerate(layout.columns)})
    if not columns:
        raise ExtractError("holds no records")


def _as_before(values: dict[str, Any], columns: dict[str, int], folded: dict[str, str]) -> dict[str, Any]:
    """The values of a record with new names, which become columns.

    `amount` is `Amount` of the records before it, unless it stands beside that: two columns would each be half empty.
    """
    named: dict[str, Any] = {}
    for name, value in values.items():
        alike = folded.setdefault(name.lower(), name)
        known = name if name in columns or alike in values or alike in named else alike
        columns.setdefault(known, len(columns))
        named[known] = value
    return named


def _columns(record: dict[str, Any], layout: JsonLayout) -> dict[str, Any]:
    """The record flat, and what is picked out of its lists."""
    flat = _flat(record)
    for name, paths in layout.paths.items():
        # a member whose name differs in case only is the same column
        plain = [flat.pop(alike) for alike in [key for key in flat if key.lower() == name.lower()]]
        picked = next((v for path in paths if not path.outer and (v := path.first(record)) is not None), None)
        if picked is not None:
            flat[name] = _unquoted(picked) if isinstance(picked, list | dict) else picked
        elif plain:
            flat[name] = plain[0]
    return flat


def _records(path: Path, encoding: str, lines: bool, layout: JsonLayout) -> Iterator[tuple[int, dict[str, Any]]]:
    with open(path, encoding=encoding) as file:
        several = _is_object(file.readline()) and bool(file.readline().strip())
        file.seek(0)
        if lines or several:
            yield from _of_lines(file, layout)
            return
        whole = _parse(file.read(), "")
    found = answered(whole, layout) if layout.records else _list(whole)
    for number, record in enumerate(found, start=1):
        yield number, _object(record, f"record {number}")


def _of_lines(file: Iterable[str], layout: JsonLayout) -> Iterator[tuple[int, dict[str, Any]]]:
    """One record on each line, numbered by it; lines that are answers of an API have their records counted."""
    count = 0
    for number, line in enumerate(file, start=1):
        if line.strip():
            value = _parse(line, f"line {number}: ")
            found = answered(value, layout) if layout.records else [value]
            for record in found:
                count += 1
                yield number if record is value else count, _object(record, f"line {number}")


def _is_object(line: str) -> bool:
    """Whether the first line is an object by itself, which makes the file JSON Lines."""
    try:
        return isinstance(json.loads(line), dict)
    except RecursionError:
        check_nesting(sys.getrecursionlimit())
        raise
    except ValueError:
        return False


def _parse(text: str, where: str) -> Any:
    try:
        return json.loads(
            text, parse_int=_Number, parse_float=_Number, parse_constant=_Number, object_pairs_hook=_members
        )
    except RecursionError:
        check_nesting(sys.getrecursionlimit())
        raise
    except ValueError as error:
        raise ExtractError(f"{where}is no JSON: {error}") from error


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object; which of two values of one key is meant, nobody can say."""
    members = dict(pairs)
    if len(members) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ExtractError(f"has the key {twice!r} twice in one object; expected each key once")
    return members


def _list(whole: Any) -> list[Any]:
    """The records: the array itself, the only array of objects in the object around it, or that object alone."""
    if isinstance(whole, list):
        return whole
    if isinstance(whole, dict):
        arrays = [value for value in whole.values() if isinstance(value, list) and value and isinstance(value[0], dict)]
        return arrays[0] if len(arrays) == 1 else [whole]
    raise ExtractError("holds neither an array of objects nor an object")


def _object(value: Any, where: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ExtractError(f"{where} is no object but {_kind(value)}")
    return value


def _kind(value: Any) -> str:
    """What a value is in the words of JSON."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    return "a number" if isinstance(value, _Number) else "a list" if isinstance(value, list) else "a text"


def _flat(record: dict[str, Any], prefix: str = "", depth: int = 1) -> dict[str, Any]:
    check_nesting(depth)
    flat: dict[str, Any] = {}
    for name, value in record.items():
        if isinstance(value, dict) and value:
            flat.update(_flat(value, f"{prefix}{name}.", depth + 1))
        else:
            flat[prefix + name] = _unquoted(value, depth) if isinstance(value, list | dict) else value
    return flat


def _unquoted(value: Any, depth: int = 1) -> str | None:
    """A list as JSON text; an empty object is nothing."""
    return None if value == {} else _json(value, depth + 1)


def _json(value: Any, depth: int) -> str:
    """JSON text in which numbers are written as they came; `depth`: how many levels the value itself is in."""
    check_nesting(depth)
    if isinstance(value, _Number):
        return str(value)
    if isinstance(value, list):
        return "[" + ", ".join(_json(item, depth + 1) for item in value) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(name)}: {_json(item, depth + 1)}" for name, item in value.items()) + "}"
    return json.dumps(value, ensure_ascii=False)
