"""The raw tables: created as declared, widened for new columns, filled from the incoming rows."""

import dataclasses
import datetime as dt
from collections.abc import Iterable

import duckdb

from orchestration.extracts.land.people_hashes import Hashes
from orchestration.extracts.land.retype import retype
from orchestration.extracts.source_specs import UNREAD_AS, TableSpec
from orchestration.extracts.sql import identifier
from orchestration.extracts.type.erased import PREFIX
from orchestration.extracts.type.prepare import INCOMING, Prepared
from orchestration.extracts.type.problems import shapes


def ensure_table(connection: duckdb.DuckDBPyConnection, table: TableSpec) -> list[str]:
    """Create the raw table with every declared column, or give it the columns and types that were declared since.

    Returns:
        The columns that a table with rows did not have: empty in those rows until their files are read again.

    Raises:
        FunnelmartError: a column holds what its declared type can't hold and no rule of landing refused.
    """
    wanted = table.raw_columns
    columns = ", ".join(f"{identifier(name)} {kind}" for name, kind in wanted.items())
    connection.execute(f"create schema if not exists {identifier(table.schema)}")
    connection.execute(f"create table if not exists {table.relation} ({columns})")
    _add_unread_as(connection, table)
    added = add_columns(connection, table, wanted)
    there = connection.sql(f"from {table.relation} limit 0")
    retype(connection, table, dict(zip(there.columns, map(str, there.types), strict=True)))
    return added if added and connection.execute(f"select 1 from {table.relation} limit 1").fetchone() else []


def _add_unread_as(connection: duckdb.DuckDBPyConnection, table: TableSpec) -> None:
    """In rows of before, what could not be read still stands as it was written where now its shape does."""
    if UNREAD_AS in column_names(connection, table):
        return
    connection.begin()
    try:
        add_columns(connection, table, [UNREAD_AS])
        connection.execute(f"update {table.relation} set {UNREAD_AS} = _unreadable where _unreadable is not null")
        connection.execute(
            f"update {table.relation} set _unreadable = {shapes('_unreadable')} where _unreadable is not null"
        )
    except BaseException:
        connection.rollback()
        raise
    connection.commit()


def add_columns(connection: duckdb.DuckDBPyConnection, table: TableSpec, names: Iterable[str]) -> list[str]:
    """Add the columns that the raw table doesn't have yet, and name them."""
    there = {name.lower() for name in column_names(connection, table)}
    added = [name for name in names if name.lower() not in there]
    for name in added:
        kind = table.raw_columns.get(name, "varchar")
        connection.execute(f"alter table {table.relation} add column {identifier(name)} {kind}")
    return added


def column_names(connection: duckdb.DuckDBPyConnection, table: TableSpec) -> list[str]:
    """Columns of the raw table."""
    described = connection.execute(f"select * from {table.relation} limit 0").description
    return [column[0] for column in described]


def as_it_is(connection: duckdb.DuckDBPyConnection, table: TableSpec) -> TableSpec:
    """The table with those of its columns that the working database has.

    One that an older version made lacks some, or their hashes, until its extracts are read again.
    """
    there = {name.lower() for name in column_names(connection, table)}
    columns = (
        column
        for column in table.columns
        if {column.name.lower(), *([f"{column.name}_hash".lower()] if column.personal else [])} <= there
    )
    return dataclasses.replace(table, columns=tuple(columns))


def count_rows(connection: duckdb.DuckDBPyConnection, table: TableSpec) -> tuple[int, int]:
    """Rows of the raw table, and rows that the manifest says it has."""
    row = connection.execute(
        f"""select (select count(*) from {table.relation}), coalesce(sum(rows_landed), 0)
        from landing.files where source = ? and table_name = ?""",
        [table.source, table.name],
    ).fetchone()
    return (int(row[0]), int(row[1])) if row else (0, 0)


def insert_rows(
    connection: duckdb.DuckDBPyConnection,
    table: TableSpec,
    prepared: Prepared,
    people: list[Hashes],
    file: str,
    load_id: int,
    now: dt.datetime,
) -> int:
    """Insert the incoming rows that are to be landed; how many there were."""
    targets = [identifier(name) for name in prepared.columns]
    hashes = [identifier(found.target) for found in people]
    erased = {identifier(name) for found in people for name in found.columns}  # of the forgotten the hash alone stays
    values = [
        f"case when not starts_with(incoming.{name}, '{PREFIX}') then incoming.{name} end" if name in erased
        else f"incoming.{name}" for name in targets
    ] + [f"p{n}.hash" for n in range(len(people))]  # fmt: skip
    joins = "".join(found.joined(number) for number, found in enumerate(people))
    own = ["_row", "_row_hash", UNREAD_AS, "_unreadable", "_file", "_load_id", "_loaded_at"]
    names = ", ".join([*targets, *hashes, *own])
    unread = f"incoming._unreadable, {shapes('incoming._unreadable')}"
    row = connection.execute(
        f"""insert into {table.relation} ({names})
        select {", ".join(values)}, incoming._row, incoming._row_hash, {unread}, ?, ?, ?
        from {INCOMING} as incoming{joins} where _status = 'landed'""",
        [file, load_id, now],
    ).fetchone()
    return int(row[0]) if row else 0
