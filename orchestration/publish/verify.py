"""Look at the new mart as a reader will, before anyone sees it."""

from collections.abc import Mapping
from pathlib import Path

import duckdb

from orchestration.errors import DamagedMartError, PublishError
from orchestration.extracts.sql import identifier
from orchestration.publish.calls import Database
from orchestration.publish.lake import lies_in

REQUIRED = ("mart.kpi_total", "_meta.run", "_meta.checks")


def verify(path: Path, expected_rows: Mapping[str, int]) -> None:
    """Open `path` read-only in a fresh connection and compare it with what the working database holds.

    Raises:
        PublishError: it doesn't open, a table or rows are missing, or it carries a failed critical check.
    """
    try:
        with Database(path, read_only=True) as mart:
            tables = mart.execute(
                "select table_schema || '.' || table_name, table_type = 'VIEW' from information_schema.tables"
                " where table_catalog = current_database()"
            ).fetchall()
            name_of_file = mart.execute("select current_database()").fetchall()[0][0]
            in_lake = lies_in(mart, name_of_file)
            rows = {}
            for table, is_view in tables:
                schema, name = table.split(".", 1)
                if is_view and name not in in_lake:  # that it can be read, not what it gives
                    mart.execute(f'select * from {schema}."{name}" limit 0')
                    continue
                row = mart.execute(f'select count(*) from {schema}."{name}"').fetchone()
                rows[table] = row[0] if row else 0
            _compare(path, rows, expected_rows)
            failed = mart.execute(
                "select \"check\" from _meta.checks where severity = 'critical' and not success"
                " and accepted_because is null"
            ).fetchall()
    except duckdb.Error as error:
        raise PublishError(f"{path}: the new mart does not read back: {error}") from error
    if failed:
        raise PublishError(f"{path}: the new mart carries failed critical checks: {', '.join(c for (c,) in failed)}")


def _compare(path: Path, rows: Mapping[str, int], expected: Mapping[str, int]) -> None:
    missing = [table for table in REQUIRED if table not in rows]
    if missing:
        raise PublishError(f"{path}: the new mart has no {', '.join(missing)}; expected a complete build")
    if rows != expected:
        different = sorted(
            f"{table}: {rows.get(table)} instead of {expected.get(table)}"
            for table in rows.keys() | expected.keys()
            if rows.get(table) != expected.get(table)
        )
        raise PublishError(f"{path}: rows of the new mart differ from the working database: {'; '.join(different)}")
    if rows["_meta.run"] != 1:
        raise PublishError(f"{path}: _meta.run has {rows['_meta.run']} rows; expected 1")


def read_to_its_end(path: Path) -> None:
    """Read every value of a kept mart before it is published again: a disk may have damaged it since.

    Raises:
        DamagedMartError: it is none, or can't be read to its end.
    """
    try:
        with Database(path, read_only=True) as mart:
            if not mart.execute("select 1 from _meta.run").fetchall():
                raise DamagedMartError(f"{path}: does not say which run built it; expected a mart that was published")
            tables = mart.execute(
                "select schema_name, table_name, list(column_name order by column_index) from duckdb_columns()"
                " join duckdb_tables() using (database_name, schema_name, table_name)"
                " where database_name = current_database() group by all order by all"
            ).fetchall()
            for schema, table, columns in tables:
                values = ", ".join(map(identifier, columns))
                mart.execute(f"select bit_xor(hash({values})) from {identifier(schema)}.{identifier(table)}").fetchall()
    except duckdb.Error as error:
        raise DamagedMartError(f"{path}: this kept mart can't be read to its end: {error}") from error
