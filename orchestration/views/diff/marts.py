"""Every table of two published marts, the equal ones told apart by their contents alone."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from orchestration.errors import CannotCompareError
from orchestration.extracts.sql import identifier
from orchestration.publish.content import content, content_columns, parts_of
from orchestration.temporary import NOT_SPILT
from orchestration.views.diff.found import NEW, OLD, Columns, MartDiff, Row, Side, TableDiff, Tolerance
from orchestration.views.diff.keys import unique_key
from orchestration.views.diff.pairs import compare_by_key, rows
from orchestration.views.diff.same_views import same_views
from orchestration.views.diff.whole_rows import compare_whole_rows
from orchestration.warehouse import Config

SCHEMA = "mart"


def compare_marts(
    old: Path, new: Path, tolerance: Tolerance | None = None, limit: int = 10, config: Config = NOT_SPILT
) -> MartDiff:
    """Compare the tables and views of schema `mart` of two files; neither is written to.

    Tables whose recorded contents (`_meta.tables`) are the same are not read, nor are views of such tables alone whose
    SQL is the same. `limit` is how many examples and moved
    figures each table keeps, `config` how DuckDB is opened.

    Raises:
        CannotCompareError: one of the files is missing or is no mart.
    """
    with both(old, new, config) as connection:
        before, after = (_compared(connection, side) for side in (OLD, NEW))
        recorded = _recorded(connection, OLD), _recorded(connection, NEW)
        same = {table for table in before if before[table] == after.get(table)}
        unread = {table for table in same if recorded[0].get(table, 0) == recorded[1].get(table, 1)}
        follow = same_views(connection, SCHEMA, same - unread, unread)
        tables = []
        for table in sorted(before.keys() | after.keys()):
            if table not in before or table not in after:
                tables.append(_on_one_side(connection, table, NEW if table in after else OLD))
            elif table in unread:
                tables.append(TableDiff(table, recorded[0][table][0], recorded[1][table][0]))
            elif table in follow:
                tables.append(TableDiff(table, None, None, follows=True))
            else:
                tables.append(_compare(connection, table, (before[table], after[table]), tolerance, limit))
        return MartDiff(Side(old, _run(connection, OLD)), Side(new, _run(connection, NEW)), tables)


def _compared(connection: duckdb.DuckDBPyConnection, side: str) -> dict[str, dict[str, str]]:
    """The columns of each table and view; one that shows a part of a table says nothing that this one doesn't."""
    parts = parts_of(connection, side)
    columns = content_columns(connection, side, SCHEMA)
    return {table: named for table, named in columns.items() if table not in parts}


def _on_one_side(connection: duckdb.DuckDBPyConnection, table: str, side: str) -> TableDiff:
    count = connection.execute(f"select count(*) from {_relation(side, table)}").fetchall()[0][0]
    return TableDiff(table, count, None) if side == OLD else TableDiff(table, None, count)


def _compare(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    columns: tuple[Columns, Columns],
    tolerance: Tolerance | None,
    limit: int,
) -> TableDiff:
    """Hash the common columns of both sides first: most tables are the same, and that tells it soonest."""
    before, after = columns
    common = [name for name in after if name in before]
    relations = _relation(OLD, table), _relation(NEW, table)
    (old_rows, old_hash), (new_rows, new_hash) = (
        content(connection, relation, {name: types[name] for name in common})
        for relation, types in zip(relations, columns, strict=True)
    )
    found = TableDiff(
        table,
        old_rows,
        new_rows,
        columns_only_old=[name for name in before if name not in after],
        columns_only_new=[name for name in after if name not in before],
        types={name: (before[name], after[name]) for name in common if before[name] != after[name]},
    )
    if common and old_hash != new_hash:
        found.key = unique_key(connection, relations, {name: after[name] for name in common if name not in found.types})
        if found.key:
            compare_by_key(connection, found, relations, columns, tolerance, limit)
        else:
            compare_whole_rows(connection, found, relations, columns, limit)
    return found


@contextmanager
def both(old: Path, new: Path, config: Config = NOT_SPILT) -> Iterator[duckdb.DuckDBPyConnection]:
    """Attach both files under names of their own: a file called as its schema would be ambiguous."""
    with duckdb.connect(config=dict(config)) as connection:
        connection.execute("set TimeZone = 'UTC'")
        for side, path in ((OLD, old), (NEW, new)):
            if not path.is_file():
                raise CannotCompareError(f"{path}: no such file; expected a published mart")
            try:
                connection.execute(f"attach '{str(path).replace(chr(39), chr(39) * 2)}' as {side} (read_only)")
            except duckdb.Error as error:
                raise CannotCompareError(f"{path}: can't be read as a mart: {error}") from error
            if not content_columns(connection, side, SCHEMA):
                raise CannotCompareError(f"{path}: has no tables in a schema {SCHEMA}; expected a published mart")
        try:
            yield connection
        except duckdb.Error as error:
            raise CannotCompareError(f"{old} and {new} could not be compared: {error}") from error


def _run(connection: duckdb.DuckDBPyConnection, side: str) -> Row:
    """What `_meta.run` says; a mart made by hand may have none."""
    if "run" not in content_columns(connection, side, "_meta"):
        return {}
    found = rows(connection, f"select * from {side}._meta.run")
    return found[0] if found else {}


def _recorded(connection: duckdb.DuckDBPyConnection, side: str) -> dict[str, tuple[int, str]]:
    """Rows and content of each table as the publication recorded them; none in marts of before that was recorded."""
    if "tables" not in content_columns(connection, side, "_meta"):
        return {}
    found = connection.execute(
        f"select table_name, rows, content_hash from {side}._meta.tables where content_hash is not null"
    ).fetchall()
    return {table: (count, digest) for table, count, digest in found}


def _relation(side: str, table: str) -> str:
    return f"{side}.{SCHEMA}.{identifier(table)}"
