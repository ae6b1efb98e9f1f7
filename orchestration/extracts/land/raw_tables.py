"""The raw tables: created as declared, widened for new columns, filled from the incoming rows."""

import datetime as dt
from collections.abc import Iterable

import duckdb
import pyarrow as pa

from orchestration.extracts.feed import Feed
from orchestration.extracts.land.retype import retype
from orchestration.extracts.source_specs import ColumnSpec, TableSpec
from orchestration.extracts.sql import identifier
from orchestration.extracts.type.erased import PREFIX
from orchestration.extracts.type.people import hash_people
from orchestration.extracts.type.prepare import INCOMING, Prepared


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
    added = add_columns(connection, table, wanted)
    there = connection.sql(f"from {table.relation} limit 0")
    retype(connection, table, dict(zip(there.columns, map(str, there.types), strict=True)))
    return added if added and connection.execute(f"select 1 from {table.relation} limit 1").fetchone() else []


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


def count_rows(connection: duckdb.DuckDBPyConnection, table: TableSpec) -> tuple[int, int]:
    """Rows of the raw table, and rows that the manifest says it has."""
    row = connection.execute(
        f"""select (select count(*) from {table.relation}), coalesce(sum(rows_landed), 0)
        from landing.files where source = ? and table_name = ?""",
        [table.source, table.name],
    ).fetchone()
    return (int(row[0]), int(row[1])) if row else (0, 0)


def people_tables(connection: duckdb.DuckDBPyConnection, feed: Feed, prepared: Prepared) -> dict[str, str]:
    """Column -> temporary table (value, hash) for each personal column of the incoming rows; each value hashed once."""
    tables = {}
    for number, column in enumerate(_personal(feed.table, prepared)):
        name = identifier(column.name)
        rows = connection.execute(
            f"select distinct {name} from {INCOMING} where _status = 'landed' and {name} is not null"
        ).fetchall()
        values = [row[0] for row in rows]
        assert column.personal is not None
        hashes = hash_people(values, column.personal, feed.phone_region, feed.person_key)
        tables[column.name] = f"temp.funnelmart_people_{number}"
        batch = pa.table({"value": pa.array(values, pa.string()), "hash": pa.array(hashes, pa.string())})
        connection.register("funnelmart_people", batch)
        connection.execute(f"create or replace temp table {tables[column.name]} as select * from funnelmart_people")
        connection.unregister("funnelmart_people")
    return tables


def insert_rows(
    connection: duckdb.DuckDBPyConnection,
    table: TableSpec,
    prepared: Prepared,
    people: dict[str, str],
    file: str,
    load_id: int,
    now: dt.datetime,
) -> int:
    """Insert the incoming rows that are to be landed; how many there were."""
    targets = [identifier(name) for name in prepared.columns]
    hashes = [identifier(f"{name}_hash") for name in people]
    erased = {identifier(name) for name in people}  # of people who were forgotten the hash alone stays
    values = [
        f"case when not starts_with(incoming.{name}, '{PREFIX}') then incoming.{name} end" if name in erased
        else f"incoming.{name}" for name in targets
    ] + [f"p{n}.hash" for n in range(len(people))]  # fmt: skip
    joins = "".join(
        f" left join {source} as p{n} on p{n}.value = incoming.{identifier(name)}"
        for n, (name, source) in enumerate(people.items())
    )
    names = ", ".join([*targets, *hashes, "_row", "_row_hash", "_unreadable", "_file", "_load_id", "_loaded_at"])
    row = connection.execute(
        f"""insert into {table.relation} ({names})
        select {", ".join(values)}, incoming._row, incoming._row_hash, incoming._unreadable, ?, ?, ?
        from {INCOMING} as incoming{joins} where _status = 'landed'""",
        [file, load_id, now],
    ).fetchone()
    return int(row[0]) if row else 0


def _personal(table: TableSpec, prepared: Prepared) -> list[ColumnSpec]:
    return [column for column in table.columns if column.personal and column.name in prepared.filled]
