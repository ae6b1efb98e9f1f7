"""Land one file that was read aside: its raw table and the manifest change in one transaction."""

import datetime as dt
from collections.abc import Callable, Collection
from dataclasses import dataclass

import duckdb

from orchestration.extracts.feed import Feed
from orchestration.extracts.find.listing import FoundFile
from orchestration.extracts.land.columns_seen import note_columns
from orchestration.extracts.land.manifest import Counts, Load, move_to_replaced, record_columns, record_load
from orchestration.extracts.land.raw_tables import add_columns, insert_rows
from orchestration.extracts.land.read_rows import Rows
from orchestration.extracts.land.replacing import Rivals, replace_rows
from orchestration.extracts.read.table import READ_TABLE
from orchestration.extracts.type.prepare import INCOMING
from orchestration.extracts.type.problems import shape_of


@dataclass(frozen=True)
class Landed:
    """What one file gave: its row counts, columns that the raw table did not have before, what is doubtful about it."""

    counts: Counts
    new_columns: list[str]
    doubts: tuple[str, ...] = ()


def write_rows(
    connection: duckdb.DuckDBPyConnection,
    feed: Feed,
    found: FoundFile,
    rows: Rows,
    load: Load,
    rivals: Rivals,
    before_commit: Callable[[Collection[int]], None] | None = None,
) -> Landed:
    """Put what `read_rows` left in the connection into the raw table under `load`, and into the manifest.

    `before_commit` is given the loads whose manifest rows change; what it raises takes all back. A load that has a
    `loaded_at` keeps it.
    """
    read, prepared, counts = rows.read, rows.prepared, rows.counts
    now = load.loaded_at or dt.datetime.now(dt.UTC).replace(tzinfo=None)
    connection.begin()
    try:
        rows.told.note(connection)
        new = add_columns(connection, feed.table, prepared.extras)
        note_columns(connection, feed, load, read)
        record_columns(connection, feed, load, new, now, is_first=not (rivals.older or rivals.newer))
        gone = replace_rows(connection, feed, found.name, rivals)
        move_to_replaced(connection, gone)
        kept = insert_rows(connection, feed.table, prepared, rows.people, found.name, load.load_id, now)
        counts.rows_replaced, counts.rows_landed = counts.rows_landed - kept, kept
        _keep_refused_rows(connection, feed, found.name, load.load_id, rows.width)
        record_load(connection, feed, found, load, now, (read.format, read.encoding, read.delimiter), counts)
        if before_commit:
            before_commit({load.load_id, *gone})
    except BaseException:
        connection.rollback()
        raise
    connection.commit()
    _drop_temporary(connection)
    return Landed(counts, new, (*read.doubts, *([read.currency_doubt] if read.currency_doubt else ())))


def _keep_refused_rows(
    connection: duckdb.DuckDBPyConnection, feed: Feed, file: str, load_id: int, columns: int
) -> None:
    connection.execute("delete from landing.refused_rows where load_id = ?", [load_id])
    connection.execute(
        f"""insert into landing.refused_rows
        select ?, ?, ?, ?, _row, null, {shape_of("left(_overflow, 200)")}, ?
        from {INCOMING} where _status = 'refused' order by _row""",
        [load_id, feed.table.source, feed.table.name, file, f"more fields than the {columns} of the header"],
    )


def _drop_temporary(connection: duckdb.DuckDBPyConnection) -> None:
    """Free the memory of the last file before the next is read."""
    connection.execute(f"drop table if exists {INCOMING}")
    connection.execute(f"drop table if exists {READ_TABLE}")
