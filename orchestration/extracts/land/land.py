"""Land the files of one source table: each file is one transaction with its manifest row: all of it or none."""

import errno
import tempfile
from collections import deque
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import duckdb

from orchestration.errors import ExtractError, LacksMemoryError, ReaderFailedError
from orchestration.extracts.feed import Feed, connector_feed, sheet_feeds
from orchestration.extracts.find.archive import Copy, copying, is_wanted
from orchestration.extracts.find.content import fetch, fingerprint
from orchestration.extracts.find.discover import discover_sheet, discover_source
from orchestration.extracts.find.listing import FoundFile
from orchestration.extracts.land.archive_index import note_loads, write_index
from orchestration.extracts.land.columns_seen import learn_columns
from orchestration.extracts.land.copies import land_lost
from orchestration.extracts.land.forget import forget_feeds, forget_vanished
from orchestration.extracts.land.former_source import with_former_source
from orchestration.extracts.land.land_file import Landed, land_file
from orchestration.extracts.land.landing_memory import give_all_memory
from orchestration.extracts.land.layout import bring_up_to_date, read_again
from orchestration.extracts.land.manifest import (
    Load,
    clear_refusal,
    loads,
    next_load_id,
    note_version,
    record_refusal,
    refusals,
)
from orchestration.extracts.land.raw_tables import count_rows, ensure_table
from orchestration.extracts.land.replacing import rivals
from orchestration.extracts.limits import limited_by, one_file, raised
from orchestration.extracts.source_specs import SourceSpec, TableSpec
from orchestration.extracts.sources import SHEETS
from orchestration.progress import note
from orchestration.settings import Settings, mistake, person_key

Progress = Callable[[str, int, int], None]
"""Called as (file, bytes done, bytes in all) while a file over a few MB is read."""

Reload = Callable[[str], bool]
"""Says of a file (its name relative to the source's root) whether to read it again although nothing changed."""

_Ids = Collection[int]
Journal = Callable[[_Ids], None]
_LARGE = 4 << 20


@dataclass
class LandingResult:
    """What landing one source table did. Rows are counted over the files loaded by this call only."""

    source: str
    table: str
    loaded: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)  # file: reason
    new_columns: dict[str, list[str]] = field(default_factory=dict)  # file: columns that no earlier extract had
    notes: list[str] = field(default_factory=list)
    rows_in: int = 0
    rows_empty: int = 0
    rows_filtered: int = 0
    rows_totals: int = 0
    rows_refused: int = 0
    rows_landed: int = 0
    rows_unreadable: int = 0  # landed rows with at least one value that could not be read
    table_rows: int = 0  # rows of the raw table afterwards


def land_source_table(
    connection: duckdb.DuckDBPyConnection,
    settings: Settings,
    source: SourceSpec,
    table: TableSpec,
    progress: Progress | None = None,
    reload: Reload | None = None,
) -> LandingResult:
    """Load every new or changed file of `table` into its raw table; what is unchanged is left alone.

    A file that can't be read or lacks required columns is refused (named in the result and in
    `landing.refused_files`) and the others go on; what it gave before stays.

    Raises:
        SettingsError: the source isn't enabled in the workspace, or a path or pattern matches nothing.
        RemoteError: the source lies on another machine and can't be listed to its end; nothing of it was loaded.
    """
    result = LandingResult(source.name, table.name)
    work = _work(settings, source, table, result)
    bring_up_to_date(connection)
    _heal(connection, table, ensure_table(connection, table))
    result.notes += forget_feeds(connection, table, {feed.label for feed, _ in work})
    with limited_by(settings):
        for named, files in work:
            feed = with_former_source(connection, named)
            again = forget_vanished(connection, feed, files, result.notes)
            _land_feed(connection, settings, feed, files, result, progress, _either(again, reload))
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


def _work(
    settings: Settings, source: SourceSpec, table: TableSpec, result: LandingResult
) -> list[tuple[Feed, list[FoundFile]]]:
    if source.name == SHEETS:
        feeds = sheet_feeds(settings, table, person_key(settings))
        return [(feed, discover_sheet(settings, feed.position)) for feed in feeds if feed.position is not None]
    if source.name not in settings.sources:
        raise mistake(settings, "sources", f"{source.name} is not named there")
    found = discover_source(settings, source)
    if found.unmatched and table.name == next(iter(source.tables)):
        named = ", ".join(found.unmatched[:10]) + (", …" if len(found.unmatched) > 10 else "")
        result.notes.append(f"{len(found.unmatched)} files of no table of {source.name}: {named}")
    return [(connector_feed(settings, source, table, person_key(settings)), found.by_table[table.name])]


def _land_feed(
    connection: duckdb.DuckDBPyConnection,
    settings: Settings,
    feed: Feed,
    files: list[FoundFile],
    result: LandingResult,
    progress: Progress | None,
    reload: Reload,
) -> None:
    """The files in the order of their names; one that is read again keeps its place among the extracts."""
    spec = feed.fingerprint()
    spec_of_refusal = spec + raised()  # what was refused for its size is looked at again once the limits are others
    waiting = deque(files)
    while waiting:
        found = waiting.popleft()
        known = loads(connection, feed.table.source, feed.table.name)
        current = next((x for x in reversed(known) if (x.feed, x.file) == (feed.label, found.name)), None)
        refused = refusals(connection, feed.table.source, feed.table.name).get((feed.label, found.name))
        again, content, step = reload(found.name), "", _step(progress, found)
        if current and not again and not refused and _is_same(current, found, spec):
            result.unchanged.append(found.name)
            continue
        try:
            with one_file(), tempfile.TemporaryDirectory(prefix="funnelmart-") as folder:
                path = fetch(found, Path(folder))
                content = fingerprint(path, step)
                if refused and refused[:2] == (content, spec_of_refusal) and not again:
                    result.refused[found.name] = refused[2]
                    continue
                if current and (current.fingerprint, current.spec_fingerprint) == (content, spec) and not again:
                    result.unchanged.append(found.name)
                    note_version(connection, current, found)
                    if refused:
                        clear_refusal(connection, feed, found.name)
                    if is_wanted(settings, found, current.loaded_at):  # landed before there was an archive
                        with copying(settings, found, path, current.address) as copy:
                            _keep(copy, found, result)
                    continue
                same = current is not None and current.fingerprint == content
                number = current.load_id if current and same else next_load_id(connection)
                load = Load(number, feed.label, found.name, content, spec, True, 0)
                met = rivals(number, feed, found.name, known)
                with copying(settings, found, path, content) as copy:
                    journal = partial(note_loads, connection, settings, feed)
                    keep = partial(_keep, copy, found, result, journal)
                    landed = land_file(connection, feed, found, path, Path(folder), load, met, step, keep)
        except ExtractError as error:
            if isinstance(error, LacksMemoryError) and give_all_memory(connection, settings):
                waiting.appendleft(found)
                continue
            result.refused[found.name] = str(error)
            seen = "" if isinstance(error, ReaderFailedError) else content  # without it the next run tries again
            record_refusal(connection, feed, found, (seen, spec_of_refusal), str(error))
            continue
        _add(result, found, landed, is_first=not known)
        if feed.table.replace_by == "file":
            _note_copies(result, feed, load, known)


def _keep(
    copy: Copy | None, found: FoundFile, result: LandingResult, journal: Journal | None = None, changed: _Ids = ()
) -> None:
    """Wait for the copy in the archive and note the load; the file is landed without, unless the disk is full."""
    try:
        if copy:
            copy.keep()
        if journal:
            journal(changed)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise
        result.notes.append(f"{found.name}: no copy in the archive: {error}")


def _is_same(current: Load, found: FoundFile, spec: str) -> bool:
    """Whether a remote file needs no download: its version is the landed one. Local files are told by their bytes."""
    return found.version is not None and (current.version, current.spec_fingerprint) == (found.version, spec)


def _step(progress: Progress | None, found: FoundFile) -> Callable[[int], None] | None:
    if progress is None or found.size < _LARGE:
        return None
    return lambda done: progress(found.name, min(done, found.size), found.size)


def _add(result: LandingResult, found: FoundFile, landed: Landed, is_first: bool) -> None:
    counts = landed.counts
    result.loaded.append(found.name)
    if landed.new_columns and not is_first:
        result.new_columns[found.name] = landed.new_columns
    result.rows_in += counts.rows_in
    result.rows_empty += counts.rows_empty
    result.rows_filtered += counts.rows_filtered
    result.rows_totals += counts.rows_totals
    result.notes += [f"{found.name}: {doubt}" for doubt in landed.doubts]
    result.rows_refused += counts.rows_refused
    result.rows_landed += counts.rows_landed
    result.rows_unreadable += counts.rows_unreadable


def _note_copies(result: LandingResult, feed: Feed, load: Load, known: list[Load]) -> None:
    """The same content under another name adds up, as different files do; more often it is a download made twice."""
    same = [x for x in known if x.is_current and x.fingerprint == load.fingerprint and x.feed == feed.label]
    for other in same:
        if other.file != load.file:
            result.notes.append(f"{load.file} has the same content as {other.file}; both count")
