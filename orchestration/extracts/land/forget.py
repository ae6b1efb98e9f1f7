"""What happens to landed rows whose file, or whose place in the settings, is gone."""

from collections.abc import Iterable

import duckdb

from orchestration.counted import counted
from orchestration.extracts.feed import Feed
from orchestration.extracts.find.listing import FoundFile
from orchestration.extracts.land.manifest import Load, clear_refusal, loads, refusals
from orchestration.extracts.source_specs import TableSpec


def forget_feeds(connection: duckdb.DuckDBPyConnection, table: TableSpec, labels: set[str]) -> list[str]:
    """Delete the rows of feeds that the settings no longer name: what nobody asked for must not count."""
    known = loads(connection, table.source, table.name)
    gone = [load for load in known if load.feed not in labels]
    connection.execute(
        "delete from landing.refused_files where source = ? and table_name = ? and not list_contains(?, feed)",
        [table.source, table.name, sorted(labels) or [""]],
    )
    if not any(load.is_current for load in gone):
        return []
    rows = _delete(connection, table, gone)
    files = sorted({load.file for load in gone if load.is_current})
    return [f"{counted(rows, 'row')} of {', '.join(files)} left: the settings no longer name these files so"]


def forget_vanished(
    connection: duckdb.DuckDBPyConnection, feed: Feed, files: Iterable[FoundFile], notes: list[str]
) -> set[str]:
    """Note the files that are gone; their rows stay, except in a snapshot that another landed file now is.

    Where none is landed yet, the one that comes replaces them as it lands: one that is refused replaces nothing.

    Returns the names of files that must be read again, since what had replaced them is gone.
    """
    table, listed = feed.table, list(files)
    there, unread = {file.name for file in listed}, tuple(f"{file.name}/" for file in listed if file.problem)
    for label, name in refusals(connection, table.source, table.name):
        if label == feed.label and name not in there:
            clear_refusal(connection, feed, name)
    current = [x for x in loads(connection, table.source, table.name) if x.is_current and x.feed == feed.label]
    # what an archive that can't be read holds is not gone
    gone = [load for load in current if load.file not in there and not load.file.startswith(unread)]
    if not gone:
        return set()
    names = list(dict.fromkeys(load.file for load in gone))
    named = ", ".join(names[:10]) + (", …" if len(names) > 10 else "")
    left = [load for load in current if load.file in there]
    if table.replace_by != "snapshot" or not left:
        are = "file is" if len(names) == 1 else "files are"
        until = " until another file is landed" if table.replace_by == "snapshot" else ""
        notes.append(f"{len(names)} landed {are} no longer there, the rows stay{until}: {named}")
        return set()
    rows = _delete(connection, table, gone)
    notes.append(f"snapshot files are no longer there, their {counted(rows, 'row')} left: {named}")
    return {left[-1].file} if left[-1].rows_replaced else set()


def _delete(connection: duckdb.DuckDBPyConnection, table: TableSpec, gone: list[Load]) -> int:
    ids = ", ".join(str(load.load_id) for load in gone)
    connection.begin()
    try:
        deleted = connection.execute(f"delete from {table.relation} where _load_id in ({ids})").fetchone()
        connection.execute(f"delete from landing.refused_rows where load_id in ({ids})")
        connection.execute(f"delete from landing.files where load_id in ({ids})")
    except BaseException:
        connection.rollback()
        raise
    connection.commit()
    return int(deleted[0]) if deleted else 0
