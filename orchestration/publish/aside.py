"""Build the new mart in a file aside: copied tables, `_meta`, views, and comments for every table and column."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import duckdb

from data_checks.history import history_text
from data_checks.results import CHECK_COLUMNS, CheckResult, to_rows
from orchestration.extracts.sql import identifier, literal
from orchestration.publish import calls
from orchestration.publish.calls import Database
from orchestration.publish.comments import as_part, comment
from orchestration.publish.content import TABLES_COLUMNS, content_columns, contents
from orchestration.publish.history import name_at
from orchestration.publish.lake import lake_folder, write_lake
from orchestration.publish.meta_tables import WRITTEN_HERE, relationships, scalar, types_of, write, write_history
from orchestration.publish.records import (
    PUBLISHED_SCHEMAS,
    RELATIONSHIPS_COLUMNS,
    RUN_COLUMNS,
    RunInfo,
    TableDescription,
    run_row,
)
from orchestration.publish.remembered import Remembered
from orchestration.publish.side_by_side import side_by_side, threads_of
from orchestration.publish.views import portable_views
from orchestration.settings import Settings
from orchestration.transform.memory import copying_memory
from orchestration.warehouse import engine_config

# The oldest DuckDB that reads the file; without it a newer library may write what the tools of others can't open.
STORAGE_VERSION = "v1.0.0"


def build_aside(
    path: Path,
    settings: Settings,
    run: RunInfo,
    checks: Sequence[CheckResult],
    descriptions: Mapping[str, TableDescription],
    remembered: Remembered,
) -> dict[str, int]:
    """Write a complete mart into `path`, a new file, and flush it into that one file (no write-ahead log stays).

    What `remembered` knows of a table's content is not worked out again. Tables are copied in little memory; where that
    is too little, once more in all that is allowed.

    Returns:
        The rows of each table (`schema.table`) as the working database holds them: what verification compares with.
    """
    memory = copying_memory(settings) if not settings.publish.lake else settings.engine.memory_limit
    try:
        return _build(path, settings, run, checks, descriptions, remembered, memory)
    except duckdb.OutOfMemoryException:
        if memory == settings.engine.memory_limit:
            raise
    calls.remove(path)
    return _build(path, settings, run, checks, descriptions, remembered, settings.engine.memory_limit)


def _build(
    path: Path,
    settings: Settings,
    run: RunInfo,
    checks: Sequence[CheckResult],
    descriptions: Mapping[str, TableDescription],
    remembered: Remembered,
    memory: str,
) -> dict[str, int]:
    now = dt.datetime.now(dt.UTC)
    config = engine_config(settings, "publish") | {
        "memory_limit": memory,
        "storage_compatibility_version": STORAGE_VERSION,
    }
    with Database(path, config=dict(config)) as mart:
        mart.execute("set TimeZone = 'UTC'")
        mart.reach(settings.storage)
        mart.execute(f"attach {literal(str(settings.warehouse_path))} as warehouse (read_only)")
        in_lake = {("mart", table) for table in settings.publish.lake}
        found = portable_views(mart, "warehouse", PUBLISHED_SCHEMAS)
        views = [view for view in found if (view.schema, view.name) not in in_lake]
        threads = threads_of(settings)
        rows = _copy(mart, {(view.schema, view.name) for view in views} | in_lake, threads)
        name = name_at(now, run.run_id)
        for fact, create in write_lake(mart, settings, name).items():
            mart.execute(create)
            rows[f"mart.{fact}"] = scalar(mart, f"select count(*) from warehouse.mart.{identifier(fact)}")
        mart.execute("detach warehouse")
        held = _contents(mart, rows, remembered, threads)
        mart.execute("begin")  # to commit takes as long as to write hundreds of rows
        mart_rows = sum(count for table, count in rows.items() if table.startswith("mart."))
        rows["_meta.run"] = write(mart, "_meta.run", types_of(RUN_COLUMNS), [run_row(settings, run, now, mart_rows)])
        rows["_meta.checks"] = write(mart, "_meta.checks", CHECK_COLUMNS, to_rows(checks, now))
        rows["_meta.check_history"] = write_history(mart, history_text(settings))
        for view in views:
            mart.execute(view.create)
        references = relationships(descriptions, rows.keys() | {f"{view.schema}.{view.name}" for view in views})
        rows["_meta.relationships"] = write(mart, "_meta.relationships", types_of(RELATIONSHIPS_COLUMNS), references)
        described = {**descriptions, **WRITTEN_HERE}
        parts = {view: table for view in views if (table := view.part_of(described)) is not None}
        folders = {table: str(lake_folder(settings).absolute() / Path(name).stem / table) for _, table in in_lake}
        part_of = {view.name: table.removeprefix("mart.") for view, table in parts.items()}
        told = contents(mart, "mart", part_of, folders, lambda _, relation, __: held[relation])
        rows["_meta.tables"] = write(mart, "_meta.tables", types_of(TABLES_COLUMNS), told)
        comment(mart, described | {f"{v.schema}.{v.name}": as_part(v, described.get(t)) for v, t in parts.items()})
        mart.execute("commit")
        mart.execute("checkpoint")
    return rows


def _copy(mart: Database, left_out: Collection[tuple[str, str]], threads: int) -> dict[str, int]:
    """Copy tables of the published schemas, and views as tables, but for those `left_out`; rows keep their order.

    Returns:
        The rows of what is a table now: to count those of a view is to compute it.
    """
    found = mart.execute(
        "select table_schema, table_name, count(*) from information_schema.columns"
        " where table_catalog = 'warehouse' and list_contains(?, table_schema) group by all order by all",
        [list(PUBLISHED_SCHEMAS)],
    ).fetchall()
    for schema in PUBLISHED_SCHEMAS:
        mart.execute(f"create schema {schema}")
    rows: dict[str, int] = {}
    values: dict[str, int] = {}
    for schema, table, columns in found:
        if f"{schema}.{table}" not in WRITTEN_HERE and (schema, table) not in left_out:
            rows[f"{schema}.{table}"] = count = scalar(
                mart, f"select count(*) from warehouse.{schema}.{identifier(table)}"
            )
            values[f"{schema}.{identifier(table)}"] = count * columns

    def copy(connection: Database, table: str) -> None:
        connection.execute(f"create table {table} as select * from warehouse.{table}")

    mart.execute("set threads = 1")
    side_by_side(mart, threads, copy, _largest_first(values))
    mart.execute(f"set threads = {threads}")
    return rows


def _contents(
    mart: Database, rows: Mapping[str, int], remembered: Remembered, threads: int
) -> dict[str, tuple[int, str]]:
    """Rows and content of every relation that the schema `mart` has by now."""
    database = mart.execute("select current_database()").fetchall()[0][0]
    columns = content_columns(mart, database, "mart")
    tables = _largest_first({table: rows[f"mart.{table}"] * len(types) for table, types in columns.items()})

    def content(connection: Database, table: str) -> tuple[int, str]:
        return remembered.content(connection, f"mart.{identifier(table)}", columns[table])

    found = side_by_side(mart, threads, content, tables)
    return {f"mart.{identifier(table)}": told for table, told in zip(tables, found, strict=True)}


def _largest_first(values: Mapping[str, int]) -> list[str]:
    """Tables by their number of values: the largest is not the last to begin, while the other threads wait."""
    return sorted(values, key=lambda table: -values[table])
