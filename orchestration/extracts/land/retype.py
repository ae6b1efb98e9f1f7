"""Raw tables that were landed before their columns had these types: typed from raw's own text, once."""

from collections.abc import Mapping

import duckdb

from orchestration.counted import counted
from orchestration.errors import FunnelmartError
from orchestration.extracts.source_specs import ColumnSpec, TableSpec
from orchestration.extracts.sql import identifier, literal
from orchestration.extracts.type.stored import stored


def retype(connection: duckdb.DuckDBPyConnection, table: TableSpec, there: Mapping[str, str]) -> None:
    """Give the columns of the raw table the types that are declared, where `there` (name -> type) has others.

    What could not be read when it was landed stands in `_unreadable` and leaves its column; nothing else may.

    Raises:
        FunnelmartError: something else would be lost; the table stays as it was.
    """
    kinds = {name.lower(): kind.replace(" ", "").lower() for name, kind in there.items()}
    changed = [c for c in table.columns if kinds.get(c.name.lower()) not in (None, c.raw_type.replace(" ", ""))]
    if not changed:
        return
    values = {column: _retyped(column, kinds[column.name.lower()]) for column in changed}
    lost = _lost(connection, table, values)
    if lost:
        named = ", ".join(f"{name} ({counted(rows, 'row')})" for name, rows in lost.items())
        raise FunnelmartError(
            f"raw table {table.schema}.{table.name} was landed as text and holds values that their columns can't: "
            f"{named}; delete the warehouse and land all extracts again"
        )
    replaced = ", ".join(f"{value} as {identifier(column.name)}" for column, value in values.items())
    aside = f"{identifier(table.schema)}.{identifier('_retyped_' + table.name)}"
    connection.begin()
    try:
        connection.execute(f"create or replace table {aside} as select * replace ({replaced}) from {table.relation}")
        connection.execute(f"drop table {table.relation} cascade")
        connection.execute(f"alter table {aside} rename to {identifier(table.name)}")
    except BaseException:
        connection.rollback()
        raise
    connection.commit()


def _retyped(column: ColumnSpec, kind: str) -> str:
    name = identifier(column.name)
    if kind == "varchar" and column.raw_type != "varchar":
        return stored(name, column)
    if kind == "timestamp" and column.raw_type == "date":
        return f"cast({name} as date)"
    return f"try_cast({name} as {column.raw_type})"


def _lost(connection: duckdb.DuckDBPyConnection, table: TableSpec, values: Mapping[ColumnSpec, str]) -> dict[str, int]:
    """Rows of each column whose value neither its new type nor `_unreadable` keeps."""
    tests = ", ".join(
        f"count(*) filter ({identifier(column.name)} is not null and {value} is null "
        f"and not contains(coalesce(_unreadable, ''), {literal(chr(34) + column.name + chr(34))}))"
        for column, value in values.items()
    )
    row = connection.execute(f"select {tests} from {table.relation}").fetchone() or ()
    return {column.name: rows for column, rows in zip(values, row, strict=True) if rows}
