"""The working database again, from the archive alone: every load in its order, under its id, at its time."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import duckdb

from orchestration.counted import counted
from orchestration.errors import ArchiveError, ExtractError, NewerWarehouseError
from orchestration.extracts.feed import Feed, connector_feed, sheet_feeds
from orchestration.extracts.land.archive_index import read_indexes
from orchestration.extracts.land.copies import Archived, archived, land_copy
from orchestration.extracts.land.layout import LAYOUT, bring_up_to_date, program
from orchestration.extracts.land.manifest import insert_row
from orchestration.extracts.land.raw_tables import ensure_table
from orchestration.extracts.limits import limited_by
from orchestration.extracts.source_specs import SourceSpec
from orchestration.extracts.sources import SHEETS
from orchestration.settings import Settings, person_key


@dataclass
class Rebuilt:
    """What came back: loads, rows, and sentences about what did not."""

    loads: int = 0
    rows: int = 0
    notes: list[str] = field(default_factory=list)


def rebuild(
    connection: duckdb.DuckDBPyConnection,
    settings: Settings,
    sources: Mapping[str, SourceSpec],
    without_missing: bool = False,
) -> Rebuilt:
    """Land every load of the archive into an empty working database.

    Loads of sources and sheets that the settings no longer name are left out. The caller holds the workspace's lock.

    Args:
        connection: the new working database.
        settings: the workspace.
        sources: the registry.
        without_missing: go on where a copy is missing or damaged; else nothing is made.

    Raises:
        ArchiveError: there is no archive, its index is damaged, or copies of loads whose rows count are missing.
        NewerWarehouseError: a newer program wrote the archive.
    """
    said = _index(settings)
    result = Rebuilt()
    todo: list[tuple[dict[str, Any], Feed, Archived | None]] = []
    bring_up_to_date(connection)
    for document in said:
        for row in document["loads"]:
            feed = _feed(settings, sources, row, document["former_sheets"])
            if feed is None:
                result.notes.append(f"{row['file']}: left out, the settings no longer name it so")
                continue
            todo.append((row, feed, archived(settings, row)))
    _check(settings, todo, without_missing, result)
    for feed in {(feed.table.source, feed.table.name): feed for _, feed, _ in todo}.values():
        ensure_table(connection, feed.table)
    with limited_by(settings):
        for row, feed, found in sorted(todo, key=lambda load: load[0]["load_id"]):
            _land(connection, row, feed, found, without_missing, result)
    return result


def _land(
    connection: duckdb.DuckDBPyConnection,
    row: dict[str, Any],
    feed: Feed,
    found: Archived | None,
    without_missing: bool,
    result: Rebuilt,
) -> None:
    if found is None:
        if not row["rows_landed"]:  # none of its rows count: the line alone says all
            insert_row(connection, {name: value for name, value in row.items() if value is not None})
        return
    try:
        landed = land_copy(connection, feed, found)
    except (ArchiveError, ExtractError) as error:
        if not without_missing:
            raise ArchiveError(f"{row['file']} (load {row['load_id']}): {error}") from error
        result.notes.append(f"{row['file']}: left out: {error}")
        return
    result.loads += 1
    result.rows += landed.counts.rows_landed


def _index(settings: Settings) -> list[dict[str, Any]]:
    try:
        found = list(read_indexes(settings))
    except ValueError as error:
        raise ArchiveError(f"{settings.archive_path / 'loads'}: an index is damaged: {error}") from error
    if not found:
        raise ArchiveError(
            f"{settings.archive_path}: no archive; expected what runs keep there (`archive` in settings)"
        )
    newest = max(document["layout"] for document in found)
    if newest > LAYOUT:
        raise NewerWarehouseError(
            f"{settings.archive_path}: written in layout {newest}; this is funnelmart {program()}, which knows {LAYOUT}"
        )
    return found


def _check(
    settings: Settings,
    todo: list[tuple[dict[str, Any], Feed, Archived | None]],
    without_missing: bool,
    result: Rebuilt,
) -> None:
    missing = [row for row, _, found in todo if found is None and row["rows_landed"]]
    if not missing:
        return
    named = ", ".join(f"{row['file']} (load {row['load_id']})" for row in missing[:10])
    named += ", …" if len(missing) > 10 else ""
    if not without_missing:
        raise ArchiveError(
            f"{settings.archive_path}: no copies of {counted(len(missing), 'extract')} whose rows count: {named}"
        )
    left = counted(len(missing), "extract is", "extracts are")
    result.notes.append(f"{left} left out, since the archive has no copy: {named}")


def _feed(settings: Settings, sources: Mapping[str, SourceSpec], row: dict[str, Any], former: list[str]) -> Feed | None:
    """How the load's file is read now; None where the settings don't name it."""
    source = sources.get(row["source"])
    table = source.tables.get(row["table_name"]) if source else None
    if source is None or table is None:
        return None
    key = person_key(settings)
    if source.name != SHEETS:
        return connector_feed(settings, source, table, key) if source.name in settings.sources else None
    feed = next((feed for feed in sheet_feeds(settings, table, key) if feed.label == row["feed"]), None)
    if feed is None or not feed.owns_source or row["feed"] not in former:
        return feed
    own = {"source": SHEETS}
    return replace(feed, constants={**feed.constants, **own}, defaults={**feed.defaults, **own})
