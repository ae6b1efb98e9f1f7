"""What the tables of a working database were made from, so that dbt builds none that would come out as it is.

The lines of models and tests are written by dbt (dbt_project/macros/engine/kept.sql), those of raw tables and settings
here, before it starts.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import duckdb

from orchestration.extracts.sql import identifier, literal
from orchestration.transform.blank.blueprint import relation
from orchestration.transform.blank.built import SCHEMA, tables

_TABLE = f"{SCHEMA}.made"
_CODE = "code"


def note_sources(
    connection: duckdb.DuckDBPyConnection, manifest: Mapping[str, Any], by: str, forget: bool = False
) -> None:
    """Note what raw tables and settings hold now.

    Args:
        connection: to the working database.
        manifest: dbt's.
        by: `code_and_columns` of the database; what was noted under another is forgotten.
        forget: let nothing count that was noted before.
    """
    connection.begin()
    try:
        if forget or _noted_by(connection) != by:
            connection.execute(f"create schema if not exists {SCHEMA}")
            connection.execute(f"create or replace table {_TABLE} (name varchar, made_from varchar, content varchar)")
            connection.execute(f"insert into {_TABLE} values (?, ?, '')", [_CODE, by])
        there = tables(connection)
        contents = [
            query for source in manifest["sources"].values() if relation(source) in there for query in _contents(source)
        ]
        connection.execute(f"create or replace temp table content as {' union all '.join(contents or [_NONE])}")
        connection.execute(f"delete from {_TABLE} where name in (select name from content)")
        connection.execute(f"insert into {_TABLE} select name, null, content from content")
        connection.execute("drop table content")
    except BaseException:
        connection.rollback()
        raise
    connection.commit()


def forget_made(connection: duckdb.DuckDBPyConnection) -> None:
    """Another engine builds the tables now: what is noted of them will no longer be so."""
    connection.execute(f"drop table if exists {_TABLE}")


_NONE = "select null as name, null as content where false"


def _contents(source: Mapping[str, Any]) -> Iterator[str]:
    """Queries for the name and the content of a source: of one row of settings, each column by itself."""
    name = relation(source)
    table = ".".join(map(identifier, name.split(".", 1)))
    if source.get("meta", {}).get("kept_by_column"):
        for column in source["columns"]:
            value = f"coalesce(max(cast({identifier(column)} as varchar)), '-')"
            yield f"select {literal(f'{name}.{column}')} as name, md5({value}) as content from {table}"
    else:
        yield (
            f"select {literal(name)} as name, count(*) || ':' || coalesce(sum(hash(rows_of)), 0) as content "
            f"from {table} as rows_of"
        )


def _noted_by(connection: duckdb.DuckDBPyConnection) -> str | None:
    """Under which code and columns the notes were made; None where there are none."""
    try:
        row = connection.execute(f"select made_from from {_TABLE} where name = ?", [_CODE]).fetchone()
    except duckdb.CatalogException:
        return None
    return str(row[0]) if row else None
