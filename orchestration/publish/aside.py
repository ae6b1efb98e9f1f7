"""Build the new mart in a file aside: copied tables, `_meta`, views, and comments for every table and column."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb

from data_checks.history import HISTORY_COLUMNS, history_text
from data_checks.results import CHECK_COLUMNS, CheckResult, to_rows
from orchestration.publish import calls
from orchestration.publish.calls import Database
from orchestration.publish.content import TABLES_COLUMNS, content_columns, contents, views_of
from orchestration.publish.history import name_at
from orchestration.publish.lake import lake_folder, write_lake
from orchestration.publish.records import (
    CHECKS_DESCRIPTION,
    HISTORY_DESCRIPTION,
    RELATIONSHIPS_COLUMNS,
    RELATIONSHIPS_DESCRIPTION,
    RUN_COLUMNS,
    RUN_DESCRIPTION,
    TABLES_DESCRIPTION,
    RunInfo,
    TableDescription,
    run_row,
)
from orchestration.publish.remembered import Remembered
from orchestration.publish.side_by_side import side_by_side, threads_of
from orchestration.publish.views import View, portable_views
from orchestration.settings import Settings
from orchestration.transform.memory import copying_memory
from orchestration.warehouse import engine_config

PUBLISHED_SCHEMAS = ("mart", "_meta")
# The oldest DuckDB that reads the file; without it a newer library may write what the tools of others can't open.
STORAGE_VERSION = "v1.0.0"
WRITTEN_HERE = {
    "_meta.run": RUN_DESCRIPTION,
    "_meta.checks": CHECKS_DESCRIPTION,
    "_meta.check_history": HISTORY_DESCRIPTION,
    "_meta.relationships": RELATIONSHIPS_DESCRIPTION,
    "_meta.tables": TABLES_DESCRIPTION,
}


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
        mart.execute(f"attach {_literal(str(settings.warehouse_path))} as warehouse (read_only)")
        in_lake = {("mart", table) for table in settings.publish.lake}
        found = portable_views(mart, "warehouse", PUBLISHED_SCHEMAS)
        views = [view for view in found if (view.schema, view.name) not in in_lake]
        threads = threads_of(settings)
        rows = _copy(mart, {(view.schema, view.name) for view in views} | in_lake, threads)
        name = name_at(now, run.run_id)
        for fact, create in write_lake(mart, settings, name).items():
            mart.execute(create)
            rows[f"mart.{fact}"] = _scalar(mart, f"select count(*) from warehouse.mart.{_name(fact)}")
        mart.execute("detach warehouse")
        held = _contents(mart, rows, remembered, threads)
        mart.execute("begin")  # to commit takes as long as to write hundreds of rows
        mart_rows = sum(count for table, count in rows.items() if table.startswith("mart."))
        rows["_meta.run"] = _write(mart, "_meta.run", _types(RUN_COLUMNS), [run_row(settings, run, now, mart_rows)])
        rows["_meta.checks"] = _write(mart, "_meta.checks", CHECK_COLUMNS, to_rows(checks, now))
        rows["_meta.check_history"] = _write_history(mart, history_text(settings))
        for view in views:
            mart.execute(view.create)
        relationships = _relationships(descriptions, rows.keys() | {f"{view.schema}.{view.name}" for view in views})
        rows["_meta.relationships"] = _write(mart, "_meta.relationships", _types(RELATIONSHIPS_COLUMNS), relationships)
        described = {**descriptions, **WRITTEN_HERE}
        parts = {view: table for view in views if (table := view.part_of(described)) is not None}
        folders = {table: str(lake_folder(settings).absolute() / Path(name).stem / table) for _, table in in_lake}
        part_of = {view.name: table.removeprefix("mart.") for view, table in parts.items()}
        told = contents(mart, "mart", part_of, folders, lambda _, relation, __: held[relation])
        rows["_meta.tables"] = _write(mart, "_meta.tables", _types(TABLES_COLUMNS), told)
        _comment(mart, described | {f"{v.schema}.{v.name}": _as_part(v, described.get(t)) for v, t in parts.items()})
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
            rows[f"{schema}.{table}"] = count = _scalar(mart, f"select count(*) from warehouse.{schema}.{_name(table)}")
            values[f"{schema}.{_name(table)}"] = count * columns

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
        return remembered.content(connection, f"mart.{_name(table)}", columns[table])

    found = side_by_side(mart, threads, content, tables)
    return {f"mart.{_name(table)}": told for table, told in zip(tables, found, strict=True)}


def _largest_first(values: Mapping[str, int]) -> list[str]:
    """Tables by their number of values: the largest is not the last to begin, while the other threads wait."""
    return sorted(values, key=lambda table: -values[table])


def _types(columns: Mapping[str, tuple[str, str]]) -> dict[str, str]:
    return {name: data_type for name, (data_type, _) in columns.items()}


def _relationships(descriptions: Mapping[str, TableDescription], there: Collection[str]) -> list[dict[str, str]]:
    """The rows of `_meta.relationships`, of tables that are there."""
    return [
        {
            "table_name": table.removeprefix("mart."),
            "column_name": reference.column,
            "to_table": reference.to_table.removeprefix("mart."),
            "to_column": reference.to_column,
        }
        for table in sorted(descriptions.keys() & there)
        for reference in descriptions[table].references
        if reference.to_table in there
    ]


def _as_part(view: View, table: TableDescription | None) -> TableDescription:
    """A view that shows a part of a table is described by its own comment and the table's columns."""
    return TableDescription(view.comment or "", table.columns if table else {})


def _write(mart: Database, table: str, types: Mapping[str, str], rows: Sequence[Mapping[str, Any]]) -> int:
    columns = ", ".join(f"{_name(name)} {data_type}" for name, data_type in types.items())
    mart.execute(f"create table {table} ({columns})")
    if rows:
        marks = ", ".join("?" for _ in types)
        mart.executemany(f"insert into {table} values ({marks})", [[row[name] for name in types] for row in rows])
    return len(rows)


def _write_history(mart: Database, lines: str) -> int:
    """Lines of JSON as a table: as one text, since a path of a workspace may hold what DuckDB takes for a pattern."""
    values = ", ".join(
        f"cast(said ->> '$.{name}' as {kind}) as {_name(name)}" for name, (kind, _) in HISTORY_COLUMNS.items()
    )
    mart.execute(
        f"""
        create table _meta.check_history as
        with lines as (select unnest(string_split(?, chr(10))) as line),
        said as (select cast(line as json) as said, row_number() over () as place from lines where json_valid(line)),
        named as (select place, {values} from said)
        select * exclude (place) from named
        qualify row_number() over (partition by run_id, "check" order by place desc) = 1 order by place
        """,
        [lines],
    )
    return _scalar(mart, "select count(*) from _meta.check_history")


def _comment(mart: Database, descriptions: Mapping[str, TableDescription]) -> None:
    """CTAS loses comments: write those of the tables and columns that exist again."""
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
    if comments:
        # thousands of statements: each would wake the other threads, which takes a third of the time
        threads = _scalar(mart, "select current_setting('threads')")
        mart.execute("; ".join(["set threads = 1", *comments, f"set threads = {threads}"]))


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
