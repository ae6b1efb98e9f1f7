"""A comparison of two marts as people read it, and as one JSON document."""

import datetime as dt
import math
from collections.abc import Iterator
from typing import Any

from orchestration.counted import counted
from orchestration.views.diff import MartDiff, Move, TableDiff
from orchestration.views.diff.found import Row, Side

EXAMPLES = 3


def diff_lines(found: MartDiff) -> Iterator[str]:
    """Return the lines: both sides, every table that differs, how many there are."""
    yield f"old  {_side(found.old)}"
    yield f"new  {_side(found.new)}"
    settings = {side.run.get("settings_fingerprint") for side in (found.old, found.new)} - {None}
    if len(settings) > 1:
        yield "the settings of the workspace were not the same"
    for table in found.different:
        yield ""
        yield from _table_lines(table)
    yield ""
    verbs = ("differs", "is equal") if len(found.tables) == 1 else ("differ", "are equal")
    verb = verbs[0] if found.different else verbs[1]
    number = f"{len(found.different)} of " if found.different else ""
    yield f"{number}{counted(len(found.tables), 'table')} {verb}"


def diff_document(found: MartDiff) -> dict[str, Any]:
    """Return the same as a JSON document; tables that are equal have their rows only, views that follow none."""
    return {
        "equal": not found.different,
        "old": {"path": found.old.path, "run": found.old.run},
        "new": {"path": found.new.path, "run": found.new.run},
        "tables": [_table_document(table) for table in found.tables],
    }


def _table_lines(table: TableDiff) -> Iterator[str]:
    if table.old_rows is None or table.new_rows is None:
        side = "new" if table.old_rows is None else "old"
        yield f"{table.table}: only in the {side} mart ({counted(table.new_rows or table.old_rows or 0, 'row')})"
        return
    by = f"by {', '.join(table.key)}" if table.key else "by whole rows"
    counts = ", ".join(f"{getattr(table, what):,} {what}" for what in ("added", "removed", "changed"))
    yield f"{table.table}: {table.old_rows:,} → {counted(table.new_rows, 'row')}: {counts}" + (
        f" ({by})" if _rows(table) else ""
    )
    for side, columns in (("old", table.columns_only_old), ("new", table.columns_only_new)):
        if columns:
            yield f"  columns only in the {side} mart: {', '.join(columns)}"
    if table.types:
        yield f"  types: {', '.join(f'{name} {old} → {new}' for name, (old, new) in table.types.items())}"
    if table.changed_columns:
        by_count = sorted(table.changed_columns.items(), key=lambda item: -item[1])
        yield f"  changed: {', '.join(f'{name} {count:,}' for name, count in by_count)}"
    for what in ("added", "removed") if table.moves else ("added", "removed", "changed"):
        for row in table.examples.get(what, [])[:EXAMPLES]:
            yield f"  {what}: {_where(row)}"
    for move in table.moves:
        yield f"  {_move(move)}"


def _rows(table: TableDiff) -> bool:
    return bool(table.added or table.removed or table.changed)


def _move(move: Move) -> str:
    name = move.kpi if move.kpi == move.column else f"{move.kpi} ({move.column})"
    change = "" if move.old is None or move.new is None else f" ({_number(move.new - move.old, '+')})"
    return f"{name} · {_where(move.where)}: {_number(move.old)} → {_number(move.new)}{change}"


def _where(row: Row) -> str:
    return " · ".join("null" if value is None else str(value) for value in row.values())


def _number(value: float | None, sign: str = "") -> str:
    return "null" if value is None else f"{value:{sign},.9g}"


def _side(side: Side) -> str:
    said = [str(side.path)]
    if isinstance(finished := side.run.get("finished_at"), dt.datetime):
        said.append(f"built {finished:%Y-%m-%d %H:%M} UTC")
    said += [f"{name} {side.run[name]}" for name in ("today", "version") if side.run.get(name) is not None]
    return ", ".join(said)


def _table_document(table: TableDiff) -> dict[str, Any]:
    document = {"table": table.table, "equal": table.is_equal, "old_rows": table.old_rows, "new_rows": table.new_rows}
    if table.is_equal:
        return document
    return document | {
        "key": table.key,
        "added": table.added,
        "removed": table.removed,
        "changed": table.changed,
        "columns_only_old": table.columns_only_old,
        "columns_only_new": table.columns_only_new,
        "types": {name: {"old": old, "new": new} for name, (old, new) in table.types.items()},
        "changed_columns": table.changed_columns,
        "examples": {
            what: [{name: _plain(value) for name, value in row.items()} for row in rows]
            for what, rows in table.examples.items()
        },
        "moves": [
            {
                "kpi": move.kpi,
                "column": move.column,
                "where": {name: _plain(value) for name, value in move.where.items()},
                "old": _plain(move.old),
                "new": _plain(move.new),
                "size": _plain(move.size),
            }
            for move in table.moves
        ],
    }


def _plain(value: Any) -> Any:
    """JSON has no word for what is no number, and knows few types."""
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    return value if value is None or isinstance(value, bool | int | str | dt.date | dt.datetime) else str(value)
