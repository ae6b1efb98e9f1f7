"""Land one file: read and prepare it aside, then change the raw table and the manifest in one transaction."""

import datetime as dt
import os
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

import duckdb

from orchestration.errors import ExtractError
from orchestration.extracts.feed import Feed
from orchestration.extracts.find.content import unpack
from orchestration.extracts.find.listing import FoundFile
from orchestration.extracts.land.columns_seen import note_columns
from orchestration.extracts.land.erase import erase_incoming
from orchestration.extracts.land.hide_people import hide_people
from orchestration.extracts.land.manifest import Counts, Load, move_to_replaced, record_columns, record_load
from orchestration.extracts.land.raw_tables import add_columns, insert_rows, people_tables
from orchestration.extracts.land.replacing import Rivals, replace_rows
from orchestration.extracts.limits import check_columns
from orchestration.extracts.read.file import read_file
from orchestration.extracts.read.table import READ_TABLE
from orchestration.extracts.sql import identifier
from orchestration.extracts.type.adapt import adapt
from orchestration.extracts.type.prepare import INCOMING, Prepared, prepare
from orchestration.extracts.type.problems import shape_of

_COUNTED_AT_ONCE = 5_000_000  # rows whose distinct ones are counted by one query: some 100 MB


@dataclass(frozen=True)
class Landed:
    """What one file gave: its row counts, columns that the raw table did not have before, what is doubtful about it."""

    counts: Counts
    new_columns: list[str]
    doubts: tuple[str, ...] = ()


def land_file(
    connection: duckdb.DuckDBPyConnection,
    feed: Feed,
    found: FoundFile,
    path: Path,
    folder: Path,
    load: Load,
    rivals: Rivals,
    step: Callable[[int], None] | None = None,
    before_commit: Callable[[Collection[int]], None] | None = None,
) -> Landed:
    """Read the stored bytes at `path` and put their rows into the raw table under `load`; `folder` is for copies.

    `before_commit` is given the loads whose manifest rows change; what it raises takes all back. A load that has a
    `loaded_at` keeps it.

    Raises:
        ExtractError: the file can't be read, lacks required columns, or changed meanwhile.
    """
    before = os.stat(path)
    plain = unpack(path, folder)
    read = read_file(connection, plain, found.name, feed.formats, feed.expected, folder, step, feed.layout)
    check_columns(len(read.header))
    width, read = len(read.header), adapt(connection, feed, read)
    prepared = prepare(connection, feed, read)
    hide_people(connection, feed, prepared)
    people = people_tables(connection, feed, prepared)
    if feed.forgotten and people:
        people = erase_incoming(connection, feed, prepared, people, feed.forgotten)
    after = os.stat(path)
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise ExtractError("changed while it was read; the next run will read it whole")
    counts = _counts(connection, feed, prepared)
    counts.rows_in += read.totals
    counts.rows_totals, counts.totals_doubted = read.totals, len(read.doubts)
    counts.currency_doubt = read.currency_doubt
    now = load.loaded_at or dt.datetime.now(dt.UTC).replace(tzinfo=None)
    connection.begin()
    try:
        new = add_columns(connection, feed.table, prepared.extras)
        note_columns(connection, feed, load, read)
        record_columns(connection, feed, load, new, now, is_first=not (rivals.older or rivals.newer))
        gone = replace_rows(connection, feed, found.name, rivals)
        move_to_replaced(connection, gone)
        kept = insert_rows(connection, feed.table, prepared, people, found.name, load.load_id, now)
        counts.rows_replaced, counts.rows_landed = counts.rows_landed - kept, kept
        _keep_refused_rows(connection, feed, found.name, load.load_id, width)
        record_load(connection, feed, found, load, now, (read.format, read.encoding, read.delimiter), counts)
        if before_commit:
            before_commit({load.load_id, *gone})
    except BaseException:
        connection.rollback()
        raise
    connection.commit()
    _drop_temporary(connection)
    return Landed(counts, new, (*read.doubts, *([read.currency_doubt] if read.currency_doubt else ())))


def _counts(connection: duckdb.DuckDBPyConnection, feed: Feed, prepared: Prepared) -> Counts:
    dated = next((name for name in _dated_columns(feed) if name in prepared.filled), None)
    newest = f"cast({identifier(dated)} as date)" if dated else "cast(null as date)"
    column_names = ", ".join(identifier(name) for name in (*prepared.columns, "_unreadable"))
    row = connection.execute(f"""
        select count(*), count(*) filter (_status = 'empty'), count(*) filter (_status in ('filtered', 'duplicate')),
            count(*) filter (_status = 'refused'), count(*) filter (_status = 'landed'),
            count(*) filter (_status = 'landed' and _unreadable is not null),
            max({newest}) filter (_status = 'landed' and _unreadable is null)
        from {INCOMING}""").fetchone()
    assert row is not None
    names = ("rows_in", "rows_empty", "rows_filtered", "rows_refused", "rows_landed", "rows_unreadable")
    duplicates = _exact_duplicates(connection, column_names)
    return Counts(**dict(zip(names, row[:6], strict=True)), exact_duplicates=duplicates, newest_data=row[6])


def _exact_duplicates(connection: duckdb.DuckDBPyConnection, column_names: str) -> int:
    """How many rows are the same in every column as another one.

    Distinct values are counted part by part: of all at once DuckDB keeps gigabytes beside its limit of memory.
    """
    created = connection.execute(f"""
        create or replace temp table row_hashes as
        select hash({column_names}) as hash from {INCOMING} where _status in ('landed', 'duplicate')""").fetchone()
    rows = int(created[0]) if created else 0
    parts, distinct = rows // _COUNTED_AT_ONCE + 1, 0
    for part in range(parts):
        found = connection.execute(
            f"select count(distinct hash) from row_hashes where hash % {parts} = {part}"
        ).fetchone()
        distinct += int(found[0]) if found else 0
    connection.execute("drop table row_hashes")
    return rows - distinct


def _dated_columns(feed: Feed) -> list[str]:
    """Date and time columns, those that rows are counted by first: required, of the key, then as declared."""
    first = [*feed.table.required, *feed.table.key, *(name for group in feed.table.one_of for name in group)]
    dated = [column.name for column in feed.table.columns if column.data_type in ("date", "timestamp", "month")]
    return [*(name for name in first if name in dated), *dated]


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
