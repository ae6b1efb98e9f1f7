"""What a build by one version of the code leaves of a workspace without rows: its empty tables, and what keeps them so.

Drawn from the first whole build, and kept for all workspaces of the user beside what dbt read of the project.
"""

import dataclasses
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb

from orchestration.settings import cache
from orchestration.transform import parsed
from orchestration.transform.blank.condition import Condition, Reader

_FILE = "blank.json"


@dataclasses.dataclass(frozen=True)
class Blueprint:
    """Of one version of the code: when each node has no rows, and the statements that make its tables and views.

    `conditions` by dbt's id: of a model's rows, of the rows that a test finds at fault. `statements` by dbt's id, in an
    order in which each finds what it names; they hold where code and raw columns are `by` (see `code_and_columns`).
    """

    fingerprint: str
    by: str
    conditions: dict[str, Condition]
    statements: dict[str, str]


def read(target: Path, fingerprint: str) -> Blueprint | None:
    """The blueprint of the code with this fingerprint, from dbt's target folder or else from another workspace."""
    texts = (cache.kept_text(target / _FILE), parsed.kept_text(fingerprint, _FILE))
    found = [blueprint for blueprint in map(_loaded, texts) if blueprint and blueprint.fingerprint == fingerprint]
    return found[0] if found else None


def write(target: Path, blueprint: Blueprint) -> None:
    """Keep it in dbt's target folder, and for other workspaces where what dbt read is kept, too."""
    text = json.dumps(dataclasses.asdict(blueprint))
    aside = target / f".{_FILE}"
    aside.write_text(text, encoding="utf-8")
    os.replace(aside, target / _FILE)
    parsed.keep_text(blueprint.fingerprint, _FILE, text)


def draw(
    connection: duckdb.DuckDBPyConnection,
    manifest: Mapping[str, Any],
    compiled: Mapping[str, str],
    fingerprint: str,
    by: str,
) -> Blueprint:
    """Draw it from a working database that was just built.

    Args:
        connection: to it.
        manifest: dbt's.
        compiled: SQL of each node that was built, by dbt's id.
        fingerprint: of the code.
        by: `code_and_columns` of the database.
    """
    reader = Reader(connection)
    conditions = {node: reader.when_empty(sql) for node, sql in compiled.items()}
    made = dict(connection.execute("select schema_name || '.' || table_name, sql from duckdb_tables()").fetchall())
    nodes = {node: manifest["nodes"][node] for node in compiled}
    models = [node for node, said in nodes.items() if said["resource_type"] == "model"]
    statements = {
        # a view by its own SQL: what DuckDB writes of it is not always what it takes
        node: made.get(relation(nodes[node])) or f"create view {relation(nodes[node])} as ({compiled[node]})"
        for node in _parents_first(models, manifest)
    }
    return Blueprint(fingerprint, by, conditions, statements)


def relation(node: Mapping[str, Any]) -> str:
    """`schema.table` of a model, seed or source."""
    return f"{node['schema']}.{node.get('alias') or node['identifier']}".lower()


def _parents_first(models: list[str], manifest: Mapping[str, Any]) -> list[str]:
    ordered: dict[str, None] = {}

    def place(model: str) -> None:
        for parent in manifest["nodes"][model]["depends_on"]["nodes"]:
            if parent in wanted and parent not in ordered:
                place(parent)
        ordered[model] = None

    wanted = set(models)
    for model in models:
        if model not in ordered:
            place(model)
    return list(ordered)


def _loaded(text: str | None) -> Blueprint | None:
    """None for what can't be read: then everything is built, and the blueprint drawn again."""
    try:
        return None if text is None else Blueprint(**json.loads(text))
    except (ValueError, TypeError):
        return None
