"""What Spark has built: Parquet in the lake, and how it comes back into the working database."""

import glob
import posixpath
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from graphlib import TopologicalSorter

import duckdb

from orchestration.extracts.sql import identifier, literal
from orchestration.transform.spark.storage import Storage
from orchestration.warehouse import reach_bucket

BUILT = "built.json"
LARGE = 50_000_000  # bytes of Parquet


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


def read_built(storage: Storage) -> list[Built]:
    """What Spark has built; nothing where it has not."""
    return [Built(**one) for one in storage.read_list(BUILT)]


def built_folder(storage: Storage, schema: str, name: str) -> str | None:
    """The folder of the Parquet files of a table that Spark has built; None where it has built no such table."""
    found = (one.folder for one in read_built(storage) if (one.schema, one.name) == (schema, name))
    return next(found, None) or None


def left_in_lake(warehouse: duckdb.DuckDBPyConnection) -> frozenset[str]:
    """Tables (`schema.name`) of which the working database has but views of their Parquet files."""
    found = warehouse.execute(
        "select schema_name || '.' || view_name from duckdb_views()"
        " where database_name = current_database() and not internal and contains(sql, 'read_parquet(')"
    ).fetchall()
    return frozenset(name for (name,) in found)


def bring_back(
    warehouse: duckdb.DuckDBPyConnection,
    storage: Storage,
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
    built = read_built(storage)
    sizes: Counter[str] = Counter()
    for name, size in storage.files("builds").items():
        sizes[posixpath.dirname(name)] += size
    reach_bucket(warehouse, storage.root)
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
        is_table = not (one.schema == "mart" and one.name in stay) and (
            one.schema in copied or sizes[one.folder] <= large
        )
        with storage.here(one.folder) if is_table else nullcontext(storage.location(one.folder)) as folder:
            files = literal(f"{glob.escape(str(folder))}/*.parquet")
            rows = f"select {columns or '*'} from read_parquet({files}, hive_partitioning = false)"
            warehouse.execute(f"create {'table' if is_table else 'view'} {table} as {rows}")
    warehouse.commit()
    kept = {"/".join(one.folder.split("/")[:2]) for one in built if one.folder}
    for build in set(storage.folders("builds")) - kept:
        storage.remove(build)


def _tables_first(built: Sequence[Built]) -> Iterator[Built]:
    """All of them, a view after what it reads."""
    views = {f"{one.schema}.{one.name}": one for one in built if one.query}
    yield from (one for one in built if not one.query)
    reads = {
        name: {other for other in views if other != name and re.search(rf"\b{re.escape(other)}\b", one.query)}
        for name, one in views.items()
    }
    yield from (views[name] for name in TopologicalSorter(reads).static_order())


def _kind(warehouse: duckdb.DuckDBPyConnection, schema: str, name: str) -> str | None:
    row = warehouse.execute(
        "select case table_type when 'VIEW' then 'view' else 'table' end from information_schema.tables"
        " where table_catalog = current_database() and table_schema = ? and table_name = ?",
        [schema, name],
    ).fetchone()
    return None if row is None else str(row[0])
