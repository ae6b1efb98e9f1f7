"""Read one file aside: its rows as they are to be landed, in temporary tables of the connection that reads it."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb

from orchestration.errors import ExtractError
from orchestration.extracts.feed import Feed
from orchestration.extracts.find.content import unpack
from orchestration.extracts.find.listing import FoundFile
from orchestration.extracts.land.erase import erase_incoming
from orchestration.extracts.land.hide_people import hide_people
from orchestration.extracts.land.manifest import Counts
from orchestration.extracts.land.people_hashes import Hashes, Told, people_tables
from orchestration.extracts.limits import check_columns
from orchestration.extracts.read.file import read_file
from orchestration.extracts.read.table import ReadTable
from orchestration.extracts.sql import identifier
from orchestration.extracts.type.adapt import adapt
from orchestration.extracts.type.prepare import INCOMING, Prepared, prepare

_COUNTED_AT_ONCE = 5_000_000  # rows whose distinct ones are counted by one query: some 100 MB


@dataclass(frozen=True)
class Rows:
    """What a file gave, in temporary tables of the connection that read it; `width` is that of its own header."""

    read: ReadTable
    width: int
    prepared: Prepared
    people: list[Hashes]
    told: Told
    counts: Counts


def read_rows(
    connection: duckdb.DuckDBPyConnection,
    feed: Feed,
    found: FoundFile,
    path: Path,
    folder: Path,
    step: Callable[[int], None] | None = None,
) -> Rows:
    """Read the stored bytes at `path` into temporary tables of the connection; `folder` is for copies.

    Nothing else is looked at or changed, so that it may be done while another file is written.

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
    told = Told()
    people = people_tables(connection, feed, prepared, told)
    if feed.forgotten and people:
        people = erase_incoming(connection, feed, prepared, people, told, feed.forgotten)
    check_unchanged(before, path)
    counts = _counts(connection, feed, prepared)
    counts.rows_in += read.totals
    counts.rows_totals, counts.totals_doubted = read.totals, len(read.doubts)
    counts.currency_doubt = read.currency_doubt
    return Rows(read, width, prepared, people, told, counts)


def check_unchanged(before: os.stat_result, path: Path) -> None:
    """Refuse a file that is no longer as it was."""
    after = os.stat(path)
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise ExtractError("changed while it was read; the next run will read it whole")


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
