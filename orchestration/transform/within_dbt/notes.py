"""What a node would be made from now, and whether that is what it was made from; dbt's materializations ask.

`models.made` (transform/blank/made.py) has a line for each table that was built or read and for each test. Between two
builds others write to it, within one only dbt does: what was read of it holds for the build.
"""

import hashlib
import re
import threading
from collections.abc import Callable, Iterable, Mapping
from typing import Any

Query = Callable[[str], Any]  # sends SQL within the node's transaction, and returns (connection, cursor) as dbt does
_NONE = "-"


class Notes:
    """The lines of `models.made` as far as a build has asked for them: name -> (what it was made from, content)."""

    def __init__(self) -> None:
        self._noted: dict[str, tuple[str, str]] = {}
        self._are_kept: bool | None = None
        self._lock = threading.Lock()  # dbt may build two models at a time, and both may read what nobody has noted

    def forget(self) -> None:
        """A build begins, and others may have written since the last one."""
        self._noted.clear()
        self._are_kept = None

    def know(self, name: str, made_from: str, content: str) -> None:
        """A line that was just written."""
        self._noted[name] = (made_from, content)

    def making(
        self,
        query: Query,
        graph: Mapping[str, Any],
        model: Mapping[str, Any],
        code: str,
        name: str,
        parts: Mapping[str, Any] | None = None,
        is_full: bool = False,
    ) -> dict[str, Any] | None:
        """What `name` would be made from by `code`: {name, made_from, is_kept, rest, is_rest_kept}.

        `rest` is what is not read in parts (macros/engine/in_parts.sql). None where there is no `models.made`, so that
        nothing is to be kept.

        Args:
            query: sends SQL.
            graph: dbt's, with all nodes and sources.
            model: the node.
            code: its compiled SQL.
            name: of its line.
            parts: how its rows hang together, where it says so.
            is_full: nothing counts that was built before.
        """
        parts = parts or {}
        with self._lock:
            if self._are_kept is None:
                where = "database_name = current_database() and schema_name = 'models' and table_name = 'made'"
                self._are_kept = bool(_rows(query, f"select 1 from duckdb_tables() where {where}"))
            if not self._are_kept:
                return None
            inputs: dict[str, bool] = {}
            _add_inputs(inputs, graph, model, code, parts)
            self._read(query, [*inputs, name, f"{name}#rest"])
            of_rest: list[str] = [code]
            of_parts: list[str] = []
            for one, is_read_in_parts in sorted(inputs.items()):
                reading = _read_as_a_whole(parts, one)
                content = _value(query, one, reading) if reading else self._content(query, one)
                is_accounted = one in parts.get("accounted", ())
                (of_parts if is_read_in_parts or is_accounted else of_rest).append(f"{one} {content}")
            rest = _hash(of_rest)
            made_from = _hash([*of_parts, rest])
            before, rest_before = (self._noted.get(line, (_NONE,))[0] for line in (name, f"{name}#rest"))
            is_kept = not is_full and before == made_from
            if not is_kept:  # these lines will be other ones
                for line in (name, f"{name}#rest"):
                    self._noted.pop(line, None)
            return {
                "name": name,
                "made_from": made_from,
                "is_kept": is_kept,
                "rest": rest,
                "is_rest_kept": not is_full and rest_before == rest,
            }

    def _read(self, query: Query, names: Iterable[str]) -> None:
        if unknown := [name for name in names if name not in self._noted]:
            wanted = ", ".join(map(_literal, unknown))
            lines = _rows(query, f"select name, made_from, content from models.made where name in ({wanted})")
            for name, made_from, content in lines:
                self.know(name, made_from or _NONE, content)

    def _content(self, query: Query, name: str) -> str:
        """Content of a table; one that nothing has noted yet is looked at, and noted."""
        if name not in self._noted:
            content = "count(*) || ':' || coalesce(sum(hash(rows_of)), 0)"
            query(f"insert into models.made select {_literal(name)}, null, {content} from {name} as rows_of")
            self._read(query, [name])
        return self._noted[name][1]


def _add_inputs(
    inputs: dict[str, bool],
    graph: Mapping[str, Any],
    node: Mapping[str, Any],
    code: str | None,
    parts: Mapping[str, Any],
    within_parts: bool = False,
) -> None:
    """Add the tables that a node reads, also through views, as `schema.table`, and whether in parts alone.

    Of a source of one row that says so (kept_by_column) the columns that `code` names are added.
    """
    of_parts = {*parts.get("of", ()), *parts.get("watched", ())}

    def add(name: str, in_parts: bool) -> None:
        inputs[name] = in_parts and inputs.get(name, True)

    for id_ in node["depends_on"]["nodes"]:
        source = graph["sources"].get(id_)
        other = source or graph["nodes"][id_]
        name = f"{other['schema']}.{other['identifier'] if source else other['alias']}".lower()
        in_parts = within_parts or other["name"] in of_parts
        if source and source["meta"].get("kept_by_column"):
            for column in source["columns"]:
                if not code or re.search(rf"\b{column}\b", code):
                    add(f"{name}.{column}", in_parts)
        elif not source and other["config"]["materialized"] in ("view", "ephemeral"):
            _add_inputs(inputs, graph, other, None, {}, in_parts)
        else:
            add(name, in_parts)


def _read_as_a_whole(parts: Mapping[str, Any], name: str) -> str | None:
    """Content of what is read of an input as a whole; None where that is all its rows."""
    expressions = parts.get("read_as", {}).get(name.split(".")[1])
    return f"md5(concat_ws(chr(31), {', '.join(expressions)}))" if expressions else None


def _value(query: Query, name: str, expression: str) -> str:
    """Value of an expression over all rows of a table."""
    ((value,),) = _rows(query, f"select 'as:' || {expression} from {name}")
    return str(value)


def _rows(query: Query, sql: str) -> list[tuple[Any, ...]]:
    _, cursor = query(sql)
    rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _hash(lines: list[str]) -> str:
    return hashlib.md5("\n".join(lines).encode(), usedforsecurity=False).hexdigest()


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
