"""Views that say the same on both sides because they are the same SQL over the same rows: they need not be reckoned.

The comparisons of a large company alone take more memory than all of its tables.
"""

from collections.abc import Collection

import duckdb

from orchestration.views.diff.found import NEW, OLD

_WRITTEN = "select view_name, sql from duckdb_views() where database_name = ? and schema_name = ?"


def same_views(
    connection: duckdb.DuckDBPyConnection, schema: str, names: Collection[str], equal_tables: Collection[str]
) -> set[str]:
    """Those of `names` that are views whose SQL is the same on both sides and reads nothing but `equal_tables`.

    No other view is looked at: to ask for what one reads opens the files that it reads, which may be gone.
    """
    old, new = (dict(connection.execute(_WRITTEN, [side, schema]).fetchall()) for side in (OLD, NEW))
    equal = {f"{schema}.{table}" for table in equal_tables}
    connection.execute(f"use {NEW}.{schema}")  # where the names are found
    read = {view: _read(connection, sql) for view, sql in new.items() if view in names and old.get(view) == sql}
    connection.execute("use memory")
    return {view for view, tables in read.items() if tables and tables <= equal}


def _read(connection: duckdb.DuckDBPyConnection, sql: str) -> set[str]:
    """What a view's query reads, with the schema; DuckDB adds the other name under which a table is read."""
    _, _, query = sql.partition(" AS ")
    return {name.partition(" AS ")[0] for name in connection.get_table_names(query, qualified=True)}
