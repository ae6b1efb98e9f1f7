"""Build the new mart in a file aside: copied tables, `_meta`, views, and comments for every table and column."""

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from data_checks.results import CHECK_COLUMNS, CheckResult, to_rows
from orchestration.publish.calls import Database
from orchestration.publish.content import TABLES_COLUMNS, contents, views_of
from orchestration.publish.records import (
    CHECKS_DESCRIPTION,
    RUN_COLUMNS,
    RUN_DESCRIPTION,
    TABLES_DESCRIPTION,
    RunInfo,
    TableDescription,
    run_row,
)
from orchestration.publish.views import View, portable_views
from orchestration.settings import Settings
from orchestration.warehouse import engine_config

PUBLISHED_SCHEMAS = ("mart", "_meta")
# The oldest DuckDB that reads the file; without it a newer library may write what the tools of others can't open.
STORAGE_VERSION = "v1.0.0"
WRITTEN_HERE = {"_meta.run": RUN_DESCRIPTION, "_meta.checks": CHECKS_DESCRIPTION, "_meta.tables": TABLES_DESCRIPTION}


def build_aside(
    path: Path,
    settings: Settings,
    run: RunInfo,
    checks: Sequence[CheckResult],
    descriptions: Mapping[str, TableDescription],
) -> dict[str, int]:
    """Write a complete mart into `path`, a new file, and flush it into that one file (no write-ahead log stays).

    Returns:
        The rows of each table (`schema.table`) as the working database holds them: what verification compares with.
    """
    now = dt.datetime.now(dt.UTC)
    config = engine_config(settings, "publish") | {"storage_compatibility_version": STORAGE_VERSION}
    with Database(path, config=dict(config)) as mart:
        mart.execute("set TimeZone = 'UTC'")
        mart.execute(f"attach {_literal(str(settings.warehouse_path))} as warehouse (read_only)")
        views = portable_views(mart, "warehouse", PUBLISHED_SCHEMAS)
        rows = _copy(mart, views)
        mart.execute("detach warehouse")
        mart_rows = sum(count for table, count in rows.items() if table.startswith("mart."))
        run_types = {name: data_type for name, (data_type, _) in RUN_COLUMNS.items()}
        rows["_meta.run"] = _write(mart, "_meta.run", run_types, [run_row(settings, run, now, mart_rows)])
        rows["_meta.checks"] = _write(mart, "_meta.checks", CHECK_COLUMNS, to_rows(checks, now))
        for view in views:
            mart.execute(view.create)
        table_types = {name: data_type for name, (data_type, _) in TABLES_COLUMNS.items()}
        rows["_meta.tables"] = _write(mart, "_meta.tables", table_types, contents(mart))
        _comment(mart, {**descriptions, **WRITTEN_HERE})
        mart.execute("checkpoint")
    return rows


def _copy(mart: Database, views: Sequence[View]) -> dict[str, int]:
    """Copy the tables of the published schemas, and as tables the views that are not among `views`; rows keep order."""
    found = mart.execute(
        "select table_schema, table_name from information_schema.tables"
        " where table_catalog = 'warehouse' and list_contains(?, table_schema) order by all",
        [list(PUBLISHED_SCHEMAS)],
    ).fetchall()
    for schema in PUBLISHED_SCHEMAS:
        mart.execute(f"create schema {schema}")
    kept_as_views = {(view.schema, view.name) for view in views}
    rows: dict[str, int] = {}
    for schema, table in found:
        if f"{schema}.{table}" in WRITTEN_HERE:
            continue
        source = f"warehouse.{schema}.{_name(table)}"
        if (schema, table) not in kept_as_views:
            mart.execute(f"create table {schema}.{_name(table)} as select * from {source}")
        rows[f"{schema}.{table}"] = _scalar(mart, f"select count(*) from {source}")
    return rows


def _write(mart: Database, table: str, types: Mapping[str, str], rows: Sequence[Mapping[str, Any]]) -> int:
    columns = ", ".join(f"{_name(name)} {data_type}" for name, data_type in types.items())
    mart.execute(f"create table {table} ({columns})")
    if rows:
        marks = ", ".join("?" for _ in types)
        mart.executemany(f"insert into {table} values ({marks})", [[row[name] for name in types] for row in rows])
    return len(rows)


def _comment(mart: Database, descriptions: Mapping[str, TableDescription]) -> None:
    """CTAS loses comments: write those of the tables and columns that exist again, in one transaction."""
    columns = mart.execute(
        "select table_schema || '.' || table_name, column_name from information_schema.columns"
        " where list_contains(?, table_schema)",
        [list(PUBLISHED_SCHEMAS)],
    ).fetchall()
    database = mart.execute("select current_database()").fetchall()[0][0]
    views = {f"{schema}.{view}" for schema in PUBLISHED_SCHEMAS for view in views_of(mart, database, schema)}
    comments = []
    for table in sorted({table for table, _ in columns} & descriptions.keys()):
        kind = "view" if table in views else "table"
        comments.append(f"comment on {kind} {_table(table)} is {_literal(descriptions[table].description)}")
    for table, column in columns:
        text = descriptions[table].columns.get(column) if table in descriptions else None
        if text:
            comments.append(f"comment on column {_table(table)}.{_name(column)} is {_literal(text)}")
    mart.execute("; ".join(["begin", *comments, "commit"]))


def _scalar(connection: Database, query: str) -> int:
    row = connection.execute(query).fetchone()
    return int(row[0]) if row else 0


def _table(qualified: str) -> str:
    schema, table = qualified.split(".", 1)
    return f"{schema}.{_name(table)}"


def _name(identifier: str) -> str:
    return '"' + identifier.replace('"', '""') + '"'


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
