"""Land the files of one source table: each file is one transaction with its manifest row: all of it or none."""

import errno
from collections import deque
from collections.abc import Callable, Collection
from functools import partial

import duckdb

from orchestration.errors import ExtractError, LacksMemoryError, ReaderFailedError
from orchestration.extracts.feed import Feed
from orchestration.extracts.find.archive import Copy, is_wanted
from orchestration.extracts.find.listing import FoundFile
from orchestration.extracts.land.ahead import Ahead, Reload
from orchestration.extracts.land.archive_index import note_loads, write_index
from orchestration.extracts.land.columns_seen import learn_columns
from orchestration.extracts.land.copies import land_lost
from orchestration.extracts.land.forget import forget_feeds, forget_vanished
from orchestration.extracts.land.former_source import with_former_source
from orchestration.extracts.land.land_file import write_rows
from orchestration.extracts.land.landing_memory import give_all_memory
from orchestration.extracts.land.landing_result import LandingResult
from orchestration.extracts.land.landing_threads import give_threads, in_one_thread, is_small
from orchestration.extracts.land.layout import bring_up_to_date, read_again
from orchestration.extracts.land.manifest import (
    Load,
    clear_refusal,
    next_load_id,
    note_version,
    record_refusal,
)
from orchestration.extracts.land.raw_tables import count_rows, ensure_table
from orchestration.extracts.land.reading import Reading
from orchestration.extracts.land.replacing import rivals
from orchestration.extracts.land.seen import Seen
from orchestration.extracts.land.work import find_work
from orchestration.extracts.limits import limited_by, one_file, raised
from orchestration.extracts.source_specs import SourceSpec, TableSpec
from orchestration.progress import note
from orchestration.settings import Settings

Progress = Callable[[str, int, int], None]
"""Called as (file, bytes done, bytes in all) while a file that is not small is read."""

_Ids = Collection[int]
Journal = Callable[[_Ids], None]


def land_source_table(
    connection: duckdb.DuckDBPyConnection,
    settings: Settings,
    source: SourceSpec,
    table: TableSpec,
    progress: Progress | None = None,
    reload: Reload | None = None,
    ahead: Ahead | None = None,
) -> LandingResult:
    """Load every new or changed file of `table` into its raw table; what is unchanged is left alone.

    `ahead`, which was begun with the same source, table and `reload`, reads files before their turn.

    A file that can't be read or lacks required columns is refused (named in the result and in
    `landing.refused_files`) and the others go on; what it gave before stays.

    Raises:
        SettingsError: the source isn't enabled in the workspace, or a path or pattern matches nothing.
        RemoteError: the source lies on another machine and can't be listed to its end; nothing of it was loaded.
    """
    result = LandingResult(source.name, table.name)
    work = ahead.work(table) if ahead else find_work(settings, source, table)
    result.notes += work.notes
    if ahead is None:  # which has done so already
        bring_up_to_date(connection)
    _heal(connection, table, ensure_table(connection, table))
    result.notes += forget_feeds(connection, table, {feed.label for feed, _ in work.feeds})
    with limited_by(settings), in_one_thread(connection):
        for named, files in work.feeds:
            feed = with_former_source(connection, named)
            again = forget_vanished(connection, feed, files, result.notes)
            _land_feed(connection, settings, feed, files, result, progress, _either(again, reload), ahead)
            learn_columns(connection, feed)
            land_lost(connection, settings, feed, {file.name for file in files}, result.notes)
    _write_index(connection, settings, table, result)
    row = connection.execute(f"select count(*) from {table.relation}").fetchone()
    result.table_rows = int(row[0]) if row else 0
    return result


def _write_index(
    connection: duckdb.DuckDBPyConnection, settings: Settings, table: TableSpec, result: LandingResult
) -> None:
    """Without an index nothing comes back from the archive, but what was landed is landed; a full disk is an error."""
    try:
        write_index(connection, settings, table)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise
        result.notes.append(f"{table.source}.{table.name}: no index in the archive: {error}")


def _heal(connection: duckdb.DuckDBPyConnection, table: TableSpec, lacking: list[str]) -> None:
    """Read again where the raw table lost columns or rows that the manifest says it has."""
    relation = f"{table.schema}.{table.name}"
    there, landed = count_rows(connection, table)
    if there < landed:
        note(f"{relation} has {there} rows of the {landed} that were landed: its extracts are read again")
    elif lacking:
        note(f"{relation} lacked the columns {', '.join(lacking)}: its extracts are read again")
    else:
        return
    read_again(connection, table.source, table.name)


def _either(again: set[str], reload: Reload | None) -> Reload:
    return lambda name: name in again or (reload is not None and reload(name))


def _land_feed(
    connection: duckdb.DuckDBPyConnection,
    settings: Settings,
    feed: Feed,
    files: list[FoundFile],
    result: LandingResult,
    progress: Progress | None,
    reload: Reload,
    ahead: Ahead | None,
) -> None:
    """The files in the order of their names; one that is read again keeps its place among the extracts."""
    spec = feed.fingerprint()
    waiting = deque(files)
    while waiting:
        found = waiting.popleft()
        seen = Seen.of(connection, feed, found)
        again, content = reload(found.name), ""
        if seen.is_same_version(found, spec) and not again:
            result.unchanged.append(found.name)
            continue
        give_threads(connection, settings, found)
        taken = ahead.take(feed, found) if ahead else None
        try:
            with one_file(), taken or Reading(connection, settings, feed, found, _step(progress, found)) as reading:
                content = reading.content
                if not again and _is_settled(connection, settings, feed, found, seen, reading, spec, result):
                    continue
                rows, copy = reading.rows()
                load = _load(connection, feed, found, seen, content, spec)
                met = rivals(load.load_id, feed, found.name, seen.known)
                journal = partial(note_loads, reading.connection, settings, feed)
                keep = partial(_keep, copy, found, result, journal, reading)
                landed = write_rows(reading.connection, feed, found, rows, load, met, keep)
        except ExtractError as error:
            if isinstance(error, LacksMemoryError) and _is_more_memory(connection, settings, ahead):
                waiting.appendleft(found)
                continue
            result.refused[found.name] = str(error)
            told = "" if isinstance(error, ReaderFailedError) else content  # without it the next run tries again
            record_refusal(connection, feed, found, (told, _spec_of_refusal(spec)), str(error))
            continue
        result.add(found, landed, is_first=not seen.known)
        if feed.table.replace_by == "file":
            result.note_copies(feed, load, seen.known)


def _is_settled(
    connection: duckdb.DuckDBPyConnection,
    settings: Settings,
    feed: Feed,
    found: FoundFile,
    seen: Seen,
    reading: Reading,
    spec: str,
    result: LandingResult,
) -> bool:
    """Whether the same content was refused or landed before, read in the same way; then the result says so."""
    content = reading.content
    if seen.refused and seen.is_refused(content, _spec_of_refusal(spec)):
        result.refused[found.name] = seen.refused[2]
        return True
    if not (seen.current and seen.is_landed(content, spec)):
        return False
    result.unchanged.append(found.name)
    note_version(connection, seen.current, found)
    if seen.refused:
        clear_refusal(connection, feed, found.name)
    if is_wanted(settings, found, seen.current.loaded_at):  # landed before there was an archive
        _keep(reading.copy(seen.current.address), found, result)
    return True


def _spec_of_refusal(spec: str) -> str:
    """How a refused file was read: one refused for its size is looked at again once the limits are others."""
    return spec + raised()


def _load(
    connection: duckdb.DuckDBPyConnection, feed: Feed, found: FoundFile, seen: Seen, content: str, spec: str
) -> Load:
    same = seen.current is not None and seen.current.fingerprint == content
    number = seen.current.load_id if seen.current and same else next_load_id(connection)
    return Load(number, feed.label, found.name, content, spec, True, 0)


def _is_more_memory(connection: duckdb.DuckDBPyConnection, settings: Settings, ahead: Ahead | None) -> bool:
    """Give a file all memory that is allowed, and to itself; whether that is more than it had."""
    was_shared = ahead.stop() if ahead else False
    return give_all_memory(connection, settings) or was_shared


def _keep(
    copy: Copy | None,
    found: FoundFile,
    result: LandingResult,
    journal: Journal | None = None,
    reading: Reading | None = None,
    changed: _Ids = (),
) -> None:
    """Wait for the copy in the archive and note the load; the file is landed without, unless the disk is full."""
    if reading:
        reading.check_unchanged()
    try:
        if copy:
            copy.keep()
        if journal:
            journal(changed)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise
        result.notes.append(f"{found.name}: no copy in the archive: {error}")


def _step(progress: Progress | None, found: FoundFile) -> Callable[[int], None] | None:
    if progress is None or is_small(found):
        return None
    return lambda done: progress(found.name, min(done, found.size), found.size)
