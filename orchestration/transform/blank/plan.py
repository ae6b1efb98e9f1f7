"""What a whole build leaves out, decided before its first step and noted after its last."""

import dataclasses
from collections.abc import Mapping
from typing import Any

import duckdb

from orchestration.extracts.sql import identifier
from orchestration.progress import say
from orchestration.settings import Settings, cache
from orchestration.transform.blank import blueprint as blueprints
from orchestration.transform.blank.blueprint import Blueprint
from orchestration.transform.blank.built import built_by, code_and_columns, forget_built, note_built, tables
from orchestration.transform.blank.left_out import left_out, ready_made
from orchestration.transform.blank.made import note_sources
from orchestration.transform.command import dbt_target_path
from orchestration.transform.manifest import project_fingerprint
from orchestration.transform.parsed import SENT, keep_text


@dataclasses.dataclass(frozen=True)
class Plan:
    """Of one build: the nodes (dbt's ids) that it leaves out, and, as it goes, the SQL of those that it builds."""

    fingerprint: str
    by: str
    left_out: frozenset[str]
    is_drawn: bool
    compiled: dict[str, str] = dataclasses.field(default_factory=dict)


def begin(connection: duckdb.DuckDBPyConnection, manifest: Mapping[str, Any], settings: Settings, full: bool) -> Plan:
    """Plan a whole build of the working database, in which the raw tables are complete.

    A new database gets the empty tables of the blueprint. What other code has built counts for nothing, and with `full`
    nothing counts.

    Args:
        connection: to the working database.
        manifest: dbt's.
        settings: of the workspace.
        full: build everything.
    """
    fingerprint = project_fingerprint(settings)
    by = code_and_columns(connection, manifest, fingerprint)
    note_sources(connection, manifest, by, forget=full)
    drawn = blueprints.read(dbt_target_path(settings), fingerprint)
    if drawn and not full and drawn.by == by and not _has_models(connection, manifest):
        if _lay_out(connection, manifest, drawn):
            note_built(connection, by)
        else:
            drawn = None
    if drawn is None or full or built_by(connection) != by:
        forget_built(connection)
        return Plan(fingerprint, by, frozenset(), drawn is not None)
    return Plan(fingerprint, by, frozenset(left_out(connection, manifest, drawn)), is_drawn=True)


def begin_part(connection: duckdb.DuckDBPyConnection, manifest: Mapping[str, Any], settings: Settings) -> None:
    """Some models are built by themselves: by other code than the rest, they make the note of the whole untrue."""
    by = code_and_columns(connection, manifest, project_fingerprint(settings))
    note_sources(connection, manifest, by)
    if built_by(connection) not in (None, by):
        forget_built(connection)


def finish(connection: duckdb.DuckDBPyConnection, manifest: Mapping[str, Any], settings: Settings, plan: Plan) -> None:
    """Note that every model is built, and draw the blueprint where this build was the first of its code."""
    note_built(connection, plan.by)
    if not plan.is_drawn:
        drawn = blueprints.draw(connection, manifest, plan.compiled, plan.fingerprint, plan.by)
        target = dbt_target_path(settings)
        blueprints.write(target, drawn)
        if (sent := cache.kept_text(target / SENT)) is not None:
            keep_text(plan.fingerprint, SENT, sent)


def _has_models(connection: duckdb.DuckDBPyConnection, manifest: Mapping[str, Any]) -> bool:
    models = {blueprints.relation(node) for node in manifest["nodes"].values() if node["resource_type"] == "model"}
    return bool(tables(connection) & models)


def _lay_out(connection: duckdb.DuckDBPyConnection, manifest: Mapping[str, Any], drawn: Blueprint) -> bool:
    """Make the empty tables, all or none; whether DuckDB takes the statements that it wrote itself."""
    made = ready_made(connection, manifest, drawn)
    connection.begin()
    try:
        for schema in sorted({str(manifest["nodes"][node]["schema"]) for node in made}):
            connection.execute(f"create schema if not exists {identifier(schema)}")
        for node, statement in drawn.statements.items():
            if node in made:
                connection.execute(statement)
    except duckdb.Error as error:
        connection.rollback()
        say(f"the empty tables are built, since they can't be made as they were noted: {error}")
        return False
    connection.commit()
    return True
