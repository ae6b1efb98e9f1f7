"""Raw tables as landing hands them over to Spark: typed Parquet, one folder a table and load.

A folder of a load has one file, which is there whole or not at all, is named by its content and never written to
again: one whose rows a newer extract has replaced gets another folder.
"""

import posixpath
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import duckdb

from orchestration.extracts.sql import identifier, literal
from orchestration.transform.spark.storage import Storage

_OTHER = {
    "VARCHAR": "string",
    "JSON": "string",
    "UUID": "string",
    "TIMESTAMP": "timestamp_ntz",
    "TIMESTAMP WITH TIME ZONE": "timestamp",
    "HUGEINT": "decimal(38, 0)",
    "UBIGINT": "decimal(20, 0)",
}
_TABLES = "raw/tables.json"
_ROWS = "rows.parquet"
# Spark has no list of the time zones that it knows: macros/engine/time_zones.sql.
_ZONES = ("lake", "time_zones", "(select distinct name from pg_timezone_names())")


@dataclass(frozen=True)
class Raw:
    """A raw table as Spark is told of it: its columns with their types, and the folders of its current loads."""

    schema: str
    name: str
    columns: dict[str, str]
    folders: tuple[str, ...]


def hand_over(warehouse: duckdb.DuckDBPyConnection, storage: Storage) -> None:
    """Write what is new of the tables that landing and the settings fill into the lake, and remove what is no more."""
    tables = warehouse.execute(
        "select schema_name, table_name from duckdb_tables() where database_name = current_database()"
        " and (starts_with(schema_name, 'raw_') or schema_name in ('landing', 'settings')) order by all"
    ).fetchall()
    there = {posixpath.dirname(name) for name in storage.files("raw") if posixpath.basename(name) == _ROWS}
    found = [
        _hand_over_table(warehouse, storage, there, schema, name, f"{identifier(schema)}.{identifier(name)}")
        for schema, name in tables
    ]
    found.append(_hand_over_table(warehouse, storage, there, *_ZONES))
    storage.put_list(_TABLES, found)
    kept = {folder for raw in found for folder in raw.folders}
    for folder in {posixpath.dirname(name) for name in storage.files("raw")} - kept - {posixpath.dirname(_TABLES)}:
        storage.remove(folder)


def raw_tables(storage: Storage) -> list[Raw]:
    """The raw tables of now."""
    listed = storage.read_list(_TABLES)
    return [Raw(one["schema"], one["name"], one["columns"], tuple(one["folders"])) for one in listed]


def raw_bytes(storage: Storage) -> int:
    """Size of the files of the raw tables of now."""
    return sum(size for name, size in storage.files("raw").items() if posixpath.basename(name) == _ROWS)


def raw_statements(storage: Storage) -> Iterator[str]:
    """What tells Spark the raw tables of now; with their columns, since to look for them takes Spark a job a folder."""
    tables = raw_tables(storage)
    for schema in sorted({raw.schema for raw in tables}):
        yield f"create schema if not exists `{schema}`"
    for raw in tables:
        name = f"`{raw.schema}`.`{raw.name}`"
        columns = ", ".join(f"`{column}` {kind}" for column, kind in raw.columns.items())
        folder = storage.for_spark(f"raw/{raw.schema}/{raw.name}")
        yield f"drop table if exists {name}"  # the files stay, which are not this session's
        yield f"create table {name} ({columns}) using parquet options (recursiveFileLookup true) location '{folder}'"


def _hand_over_table(
    warehouse: duckdb.DuckDBPyConnection, storage: Storage, there: Collection[str], schema: str, name: str, table: str
) -> Raw:
    described = warehouse.execute(f"select column_name, column_type from (describe {table})").fetchall()
    load = "_load_id" if "_load_id" in dict(described) and schema.startswith("raw_") else "0"
    loads = warehouse.execute(
        f"select {load}, cast(sum(hash(rows)) % 18446744073709551616 as varchar) || '-' || count(*)"
        f" from {table} as rows group by all order by all"
    ).fetchall()
    folders = []
    for number, content in loads:
        folder = f"raw/{schema}/{name}/{number}-{content}"
        if folder not in there:
            rows = f"select * from {table} where {load} = {number}"
            storage.put(f"{folder}/{_ROWS}", partial(_copy, warehouse, rows))
        folders.append(folder)
    return Raw(schema, name, {column: _spark_type(kind) for column, kind in described}, tuple(folders))


def _copy(warehouse: duckdb.DuckDBPyConnection, rows: str, path: Path) -> None:
    warehouse.execute(f"copy ({rows}) to {literal(str(path))} (format parquet)")


def _spark_type(kind: str) -> str:
    return f"array<{_spark_type(kind[:-2])}>" if kind.endswith("[]") else _OTHER.get(kind, kind.lower())
