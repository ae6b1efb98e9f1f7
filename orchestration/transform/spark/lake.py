"""What lies in the lake: raw tables that landing hands over to Spark, and what Spark has built of them.

    <storage>/raw/<schema>/<table>/<load>-<hash>/   typed Parquet, one folder a table and load
    <storage>/raw/tables.json                       which folders are the tables of now, and their columns
    <storage>/builds/<id>/                          tables that one dbt process has built
    <storage>/built.json                            which of them are the newest

A folder of a load is complete before it has its name, is named by its content and never written to again: a load is
there whole or not at all, and one whose rows a newer extract has replaced gets another folder.
"""

import glob
import json
import os
import re
import shutil
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

import duckdb

from orchestration.extracts.sql import identifier, literal

_OTHER = {
    "VARCHAR": "string",
    "JSON": "string",
    "UUID": "string",
    "TIMESTAMP": "timestamp_ntz",
    "HUGEINT": "decimal(38, 0)",
}
_OTHER |= {"TIMESTAMP WITH TIME ZONE": "timestamp", "UBIGINT": "decimal(20, 0)"}
_PART = ".part"
LARGE = 50_000_000  # bytes of Parquet
# Spark has no list of the time zones that it knows: macros/engine/time_zones.sql.
_ZONES = ("lake", "time_zones", "(select distinct name from pg_timezone_names())")


@dataclass(frozen=True)
class Raw:
    """A raw table as Spark is told of it: its columns with their types, and the folders of its current loads."""

    schema: str
    name: str
    columns: dict[str, str]
    folders: tuple[str, ...]


@dataclass(frozen=True)
class Built:
    """A table, or a view written as one, that Spark has built, and the folder of its Parquet files.

    A view of the mart, or one that shows a part of a table and says so in a comment, is no data of its own: it has its
    query instead.
    """

    schema: str
    name: str
    folder: str = ""
    query: str = ""
    comment: str = ""


def built_path(storage: Path) -> Path:
    """The list of what Spark has built."""
    return storage / "built.json"


def built_folder(storage: Path, schema: str, name: str) -> Path | None:
    """The folder of the Parquet files of a table that Spark has built; None where it has built no such table."""
    path = built_path(storage)
    for one in json.loads(path.read_text()) if path.exists() else ():
        if (one["schema"], one["name"]) == (schema, name) and one["folder"]:
            return Path(one["folder"])
    return None


def left_in_lake(warehouse: duckdb.DuckDBPyConnection) -> frozenset[str]:
    """Tables (`schema.name`) of which the working database has but views of their Parquet files."""
    found = warehouse.execute(
        "select schema_name || '.' || view_name from duckdb_views()"
        " where database_name = current_database() and not internal and contains(sql, 'read_parquet(')"
    ).fetchall()
    return frozenset(name for (name,) in found)


def empty(storage: Path) -> None:
    """Remove what the next run makes again: it may name who must not be known any more."""
    for folder in ("raw", "builds"):
        shutil.rmtree(storage / folder, ignore_errors=True)
    built_path(storage).unlink(missing_ok=True)


def hand_over(warehouse: duckdb.DuckDBPyConnection, storage: Path) -> None:
    """Write what is new of the tables that landing and the settings fill into the lake, and remove what is no more."""
    folder = storage / "raw"
    tables = warehouse.execute(
        "select schema_name, table_name from duckdb_tables() where database_name = current_database()"
        " and (starts_with(schema_name, 'raw_') or schema_name in ('landing', 'settings')) order by all"
    ).fetchall()
    found = [
        _hand_over_table(warehouse, folder, schema, name, f"{identifier(schema)}.{identifier(name)}")
        for schema, name in tables
    ]
    found.append(_hand_over_table(warehouse, folder, *_ZONES))
    write_list(folder / "tables.json", found)
    kept = {path for raw in found for path in raw.folders}
    for path in folder.glob("*/*/*"):
        if str(path) not in kept:
            shutil.rmtree(path)


def raw_tables(storage: Path) -> list[Raw]:
    """The raw tables of now."""
    listed = json.loads((storage / "raw" / "tables.json").read_text())
    return [Raw(one["schema"], one["name"], one["columns"], tuple(one["folders"])) for one in listed]


def raw_bytes(storage: Path) -> int:
    """Size of the files of the raw tables of now."""
    folders = (Path(folder) for raw in raw_tables(storage) for folder in raw.folders)
    return sum(file.stat().st_size for folder in folders for file in folder.iterdir())


def raw_statements(storage: Path) -> Iterator[str]:
    """What tells Spark the raw tables of now; with their columns, since to look for them takes Spark a job a folder."""
    tables = raw_tables(storage)
    for schema in sorted({raw.schema for raw in tables}):
        yield f"create schema if not exists `{schema}`"
    for raw in tables:
        name = f"`{raw.schema}`.`{raw.name}`"
        columns = ", ".join(f"`{column}` {kind}" for column, kind in raw.columns.items())
        folder = storage / "raw" / raw.schema / raw.name
        yield f"drop table if exists {name}"  # the files stay, which are not this session's
        yield f"create table {name} ({columns}) using parquet options (recursiveFileLookup true) location '{folder}'"


def bring_back(
    warehouse: duckdb.DuckDBPyConnection,
    storage: Path,
    copied: Sequence[str],
    types: Mapping[str, Mapping[str, str]],
    large: int = LARGE,
    stay: Collection[str] = (),
) -> None:
    """Let the warehouse have what Spark has built, in one transaction: readers find the build before or this one.

    Args:
        warehouse: the working database.
        storage: the lake.
        copied: schemas of which everything becomes a table.
        types: of what has a contract (`schema.name`), the type of each column.
        large: what takes more bytes than these is a view of its Parquet files, the rest become tables.
        stay: names of marts that are views of their files however small, since they are published so.
    """
    built = [Built(**one) for one in json.loads(built_path(storage).read_text())]
    warehouse.begin()
    for one in _tables_first(built):
        existing, table = _kind(warehouse, one.schema, one.name), f"{identifier(one.schema)}.{identifier(one.name)}"
        warehouse.execute(f"create schema if not exists {identifier(one.schema)}")
        if existing:
            warehouse.execute(f"drop {existing} {table}")
        if one.query:
            warehouse.execute(f"create view {table} as {one.query}")
            if one.comment:
                warehouse.execute(f"comment on view {table} is {literal(one.comment)}")
            continue
        typed = types.get(f"{one.schema}.{one.name}", {}).items()
        columns = ", ".join(f"cast({identifier(column)} as {kind}) as {identifier(column)}" for column, kind in typed)
        files = literal(f"{glob.escape(one.folder)}/*.parquet")
        rows = f"select {columns or '*'} from read_parquet({files}, hive_partitioning = false)"
        size = sum(file.stat().st_size for file in Path(one.folder).iterdir())
        is_table = not (one.schema == "mart" and one.name in stay) and (one.schema in copied or size <= large)
        warehouse.execute(f"create {'table' if is_table else 'view'} {table} as {rows}")
    warehouse.commit()
    kept = {Path(one.folder).relative_to(storage / "builds").parts[0] for one in built if one.folder}
    for build in (storage / "builds").iterdir():
        if build.name not in kept:
            shutil.rmtree(build)


def _tables_first(built: Sequence[Built]) -> Iterator[Built]:
    """All of them, a view after what it reads."""
    views = {f"{one.schema}.{one.name}": one for one in built if one.query}
    yield from (one for one in built if not one.query)
    reads = {
        name: {other for other in views if other != name and re.search(rf"\b{re.escape(other)}\b", one.query)}
        for name, one in views.items()
    }
    yield from (views[name] for name in TopologicalSorter(reads).static_order())


def write_list(path: Path, content: Sequence[Any]) -> None:
    """Write a list of `Raw` or `Built`, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_suffix(".tmp")
    aside.write_text(json.dumps([asdict(one) for one in content]))
    os.replace(aside, path)


def _hand_over_table(warehouse: duckdb.DuckDBPyConnection, folder: Path, schema: str, name: str, table: str) -> Raw:
    described = warehouse.execute(f"select column_name, column_type from (describe {table})").fetchall()
    load = "_load_id" if "_load_id" in dict(described) and schema.startswith("raw_") else "0"
    loads = warehouse.execute(
        f"select {load}, cast(sum(hash(rows)) % 18446744073709551616 as varchar) || '-' || count(*)"
        f" from {table} as rows group by all order by all"
    ).fetchall()
    folders = []
    for number, content in loads:
        path = folder / schema / name / f"{number}-{content}"
        if not path.exists():
            aside = path.with_name(path.name + _PART)
            shutil.rmtree(aside, ignore_errors=True)
            aside.mkdir(parents=True)
            rows = f"select * from {table} where {load} = {number}"
            warehouse.execute(f"copy ({rows}) to {literal(str(aside / 'rows.parquet'))} (format parquet)")
            aside.rename(path)
        folders.append(str(path))
    return Raw(schema, name, {column: _spark_type(kind) for column, kind in described}, tuple(folders))


def _spark_type(kind: str) -> str:
    return f"array<{_spark_type(kind[:-2])}>" if kind.endswith("[]") else _OTHER.get(kind, kind.lower())


def _kind(warehouse: duckdb.DuckDBPyConnection, schema: str, name: str) -> str | None:
    row = warehouse.execute(
        "select case table_type when 'VIEW' then 'view' else 'table' end from information_schema.tables"
        " where table_catalog = current_database() and table_schema = ? and table_name = ?",
        [schema, name],
    ).fetchone()
    return None if row is None else str(row[0])
