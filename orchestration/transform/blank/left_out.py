"""Which nodes a build leaves out: their tables are what they would be again."""

from collections.abc import Mapping
from typing import Any

import duckdb

from orchestration.transform.blank.blueprint import Blueprint, relation
from orchestration.transform.blank.built import tables, without_rows
from orchestration.transform.blank.condition import Condition

_TABLES = ("table", "incremental")


def left_out(connection: duckdb.DuckDBPyConnection, manifest: Mapping[str, Any], blueprint: Blueprint) -> set[str]:
    """Nodes (by dbt's id) that need not run in a database that was built by the code of the blueprint.

    A table that has no row, and of whose inputs so many have none that it can't get one; a test that can find nothing,
    for the same reason; a view, which is its text; a seed, which is its file. Never a model with a hook, which makes
    more than its table.
    """
    existing = tables(connection)
    sources = {relation(source) for source in manifest["sources"].values()} & existing
    rowless = _Rowless(manifest, blueprint, without_rows(connection, sources))
    chosen: set[str] = set()
    candidates: dict[str, str] = {}
    for node, said in manifest["nodes"].items():
        if said["resource_type"] == "test":
            if rowless.holds(blueprint.conditions.get(node, False)):
                chosen.add(node)
        elif said["resource_type"] in ("model", "seed") and relation(said) in existing and not _has_hooks(said):
            kind = said["config"]["materialized"]
            if kind in ("view", "seed"):
                chosen.add(node)
            elif kind in _TABLES and rowless.is_model(relation(said)):
                candidates[relation(said)] = node
    return chosen | {candidates[name] for name in without_rows(connection, set(candidates))}


def ready_made(connection: duckdb.DuckDBPyConnection, manifest: Mapping[str, Any], blueprint: Blueprint) -> set[str]:
    """What a new workspace begins with, by dbt's id: models that can get no row from its sources, and views.

    Of views those that read raw tables and such models alone: the others have nothing to read yet.
    """
    sources = {relation(source) for source in manifest["sources"].values()} & tables(connection)
    rowless = _Rowless(manifest, blueprint, without_rows(connection, sources))
    found: set[str] = set()
    for node in blueprint.statements:  # parents first
        said = manifest["nodes"][node]
        parents = {parent for parent in said["depends_on"]["nodes"] if not parent.startswith("source.")}
        if not _has_hooks(said) and (
            parents <= found if said["config"]["materialized"] == "view" else rowless.is_model(relation(said))
        ):
            found.add(node)
    return found


def _has_hooks(node: Mapping[str, Any]) -> bool:
    return any(node["config"].get(hook) for hook in ("pre-hook", "post-hook"))


class _Rowless:
    """Which models can have no row, from the sources that have none."""

    def __init__(self, manifest: Mapping[str, Any], blueprint: Blueprint, empty_sources: set[str]) -> None:
        models = {node: said for node, said in manifest["nodes"].items() if said["resource_type"] == "model"}
        self._conditions = {relation(said): blueprint.conditions.get(node, False) for node, said in models.items()}
        self._known: dict[str, bool] = dict.fromkeys(empty_sources, True)

    def is_model(self, table: str) -> bool:
        """Whether the table (`schema.table`) can have no row; False for all that is neither model nor source."""
        if table not in self._known:
            self._known[table] = False  # a model that reads itself has its rows from elsewhere
            self._known[table] = self.holds(self._conditions.get(table, False))
        return self._known[table]

    def holds(self, condition: Condition) -> bool:
        """Whether what the condition says is so."""
        if isinstance(condition, bool):
            return condition
        if isinstance(condition, str):
            return self.is_model(condition)
        ((kind, parts),) = condition.items()
        return (any if kind == "any" else all)(self.holds(part) for part in parts)
