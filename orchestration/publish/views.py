"""Views of the working database as views of the published file.

A file is renamed when it is published, kept in the history and attached under any name (but `mart`), and DuckDB calls
a database after its file. So a view may name `mart.t`, but never a catalog: dbt's views name the working database's,
which is taken out of the parsed query, not out of its text.
"""

import dataclasses
import graphlib
import json
import re
from collections.abc import Collection, Iterator
from typing import Any

from orchestration.errors import PublishError
from orchestration.extracts.sql import identifier
from orchestration.publish.calls import Executes

_NAME = r'(?:"(?:[^"]|"")+"|\w+)'
_CREATED = re.compile(rf"create view {_NAME}(?:\.{_NAME})*\s*(\([^)]*\))? as (.*?);?\s*", re.DOTALL | re.IGNORECASE)


@dataclasses.dataclass(frozen=True)
class View:
    """A view that reads nothing but what is published; `create` makes it in a file of any name."""

    schema: str
    name: str
    reads: frozenset[tuple[str, str]]
    create: str
    comment: str | None = None

    def part_of(self, described: Collection[str]) -> str | None:
        """The table (`schema.table`) of which it shows a part: the only one it reads, where it is no model of its own.

        `described` are the models; what is none and has a comment was made beside its table (`grain_views`).
        """
        if self.comment is None or f"{self.schema}.{self.name}" in described or len(self.reads) != 1:
            return None
        ((schema, table),) = self.reads
        return f"{schema}.{table}"


def portable_views(connection: Executes, catalog: str, schemas: Collection[str]) -> list[View]:
    """Return the views of `schemas` that read only tables and views of `schemas`, each after those that it reads.

    A view that reads something else is not among them: the file has no such table, so its rows must be copied.

    Raises:
        PublishError: a view's query can't be read.
    """
    found = connection.execute(
        "select schema_name, view_name, sql, comment from duckdb_views()"
        " where database_name = ? and list_contains(?, schema_name) order by all",
        [catalog, list(schemas)],
    ).fetchall()
    views = {}
    for schema, name, sql, comment in found:
        view = dataclasses.replace(_portable(connection, catalog, schema, name, sql), comment=comment)
        if all(read_schema in schemas for read_schema, _ in view.reads):
            views[schema, name] = view
    order = graphlib.TopologicalSorter({key: view.reads & views.keys() for key, view in views.items()}).static_order()
    return [views[key] for key in order]


def _portable(connection: Executes, catalog: str, schema: str, name: str, sql: str) -> View:
    created = _CREATED.fullmatch(sql)
    if created is None:
        raise PublishError(f"{schema}.{name}: this view can't be published: {sql[:200]}")
    tree = json.loads(_scalar(connection, "select json_serialize_sql(?)", created[2]))
    if tree["error"]:
        raise PublishError(f"{schema}.{name}: this view can't be published: {tree['error_message']}")
    reads = set()
    for node in _nodes(tree):
        if node.get("type") == "BASE_TABLE" and node["schema_name"]:
            if node["catalog_name"] == catalog:
                node["catalog_name"] = ""
            # a table of another database stands under a schema that no mart has
            reads.add((f"{node['catalog_name']}.{node['schema_name']}".removeprefix("."), node["table_name"]))
        elif node.get("type") == "COLUMN_REF" and len(node["column_names"]) > 3 and node["column_names"][0] == catalog:
            del node["column_names"][0]
    query = _scalar(connection, "select json_deserialize_sql(?)", json.dumps(tree))
    if created[1]:  # names of columns before `as`: DuckDB takes no comments on them
        query = f"select * from ({query}) as named{created[1]}"
    return View(schema, name, frozenset(reads), f"create view {identifier(schema)}.{identifier(name)} as {query}")


def _nodes(tree: Any) -> Iterator[dict[str, Any]]:
    parts = [tree]
    while parts:
        part = parts.pop()
        if isinstance(part, dict):
            yield part
            parts.extend(part.values())
        elif isinstance(part, list):
            parts.extend(part)


def _scalar(connection: Executes, query: str, parameter: str) -> str:
    return str(connection.execute(query, [parameter]).fetchall()[0][0])
