"""By which code the tables of a working database were built, noted in the database itself."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

import duckdb

from orchestration.extracts.sql import identifier, literal

SCHEMA = "models"
_TABLE = f"{SCHEMA}.built"
_AT_ONCE = 50  # tables asked in one query, which costs a quarter of so many queries


def built_by(connection: duckdb.DuckDBPyConnection) -> str | None:
    """What `note_built` noted last; None where a build has not come to its end, or was another's."""
    try:
        row = connection.execute(f"select code_and_columns from {_TABLE}").fetchone()
    except duckdb.CatalogException:
        return None
    return str(row[0]) if row else None


def note_built(connection: duckdb.DuckDBPyConnection, by: str) -> None:
    """All models are now as the code and the columns `by` say (see `code_and_columns`)."""
    connection.execute(f"create schema if not exists {SCHEMA}")
    connection.execute(f"create or replace table {_TABLE} as select ?::varchar as code_and_columns", [by])


def forget_built(connection: duckdb.DuckDBPyConnection) -> None:
    """Tables will be of this and that code until the next whole build."""
    connection.execute(f"drop table if exists {_TABLE}")


def code_and_columns(connection: duckdb.DuckDBPyConnection, manifest: Mapping[str, Any], fingerprint: str) -> str:
    """Hash of all that the columns of models depend on: the code, DuckDB, and the types of the raw columns it names."""
    types = {
        (schema, table, column): kind
        for schema, table, column, kind in connection.execute(
            "select schema_name, table_name, column_name, data_type from duckdb_columns() where not internal"
        ).fetchall()
    }
    declared = [
        (source["schema"], source["identifier"], column)
        for _, source in sorted(manifest["sources"].items())
        for column in sorted(source["columns"])
    ]
    found = [types.get(column) for column in declared]
    return hashlib.sha256(json.dumps([fingerprint, duckdb.__version__, found]).encode()).hexdigest()


def tables(connection: duckdb.DuckDBPyConnection) -> set[str]:
    """Tables and views of the database as `schema.table`."""
    found = connection.execute("""
        select schema_name || '.' || table_name from duckdb_tables() where database_name = current_database()
        union all
        select schema_name || '.' || view_name from duckdb_views() where not internal
    """).fetchall()
    return {str(name).lower() for (name,) in found}


def without_rows(connection: duckdb.DuckDBPyConnection, candidates: set[str]) -> set[str]:
    """Those of the tables and views (`schema.table`, all of which exist) that hold no row."""
    names = sorted(candidates)
    filled: set[str] = set()
    for first in range(0, len(names), _AT_ONCE):
        asked = (
            f"(select {literal(name)} from {'.'.join(map(identifier, name.split('.', 1)))} limit 1)"
            for name in names[first : first + _AT_ONCE]
        )
        filled.update(name for (name,) in connection.execute(" union all ".join(asked)).fetchall())
    return candidates - filled
