"""Which files feed a raw table, by the settings as they are."""

from collections.abc import Iterable
from dataclasses import dataclass

from orchestration.counted import counted
from orchestration.extracts.feed import Feed, connector_feed, sheet_feeds
from orchestration.extracts.find.discover import discover_sheet, discover_source
from orchestration.extracts.find.listing import FoundFile
from orchestration.extracts.find.remote import is_url
from orchestration.extracts.source_specs import SourceSpec, TableSpec
from orchestration.extracts.sources import SHEETS
from orchestration.settings import Settings, mistake, person_key


@dataclass(frozen=True)
class Work:
    """The feeds of a raw table with their files in the order in which they are landed, and what is to be said."""

    feeds: list[tuple[Feed, list[FoundFile]]]
    notes: tuple[str, ...] = ()


def find_work(settings: Settings, source: SourceSpec, table: TableSpec) -> Work:
    """List the files of a table.

    Raises:
        SettingsError: the source isn't enabled in the workspace, or a path or pattern matches nothing.
        RemoteError: the source lies on another machine and can't be listed to its end.
    """
    if source.name == SHEETS:
        feeds = sheet_feeds(settings, table, person_key(settings))
        return Work([(feed, discover_sheet(settings, feed.position)) for feed in feeds if feed.position is not None])
    if source.name not in settings.sources:
        raise mistake(settings, "sources", f"{source.name} is not named there")
    found, notes = discover_source(settings, source), []
    if found.unmatched and table.name == next(iter(source.tables)):
        named = ", ".join(found.unmatched[:10]) + (", …" if len(found.unmatched) > 10 else "")
        notes.append(f"{counted(len(found.unmatched), 'file')} of no table of {source.name}: {named}")
    return Work(
        [(connector_feed(settings, source, table, person_key(settings)), found.by_table[table.name])], (*notes,)
    )


def list_work(settings: Settings, source: SourceSpec, tables: Iterable[TableSpec]) -> dict[str, Work | Exception]:
    """The work of several tables; what went wrong is given in its place, to be raised where the table's turn comes."""
    listed: dict[str, Work | Exception] = {}
    for table in tables:
        try:
            listed[table.name] = find_work(settings, source, table)
        except Exception as error:
            listed[table.name] = error
    return listed


def is_here(settings: Settings, source: SourceSpec) -> bool:
    """Whether all files of a source are to be found on this machine."""
    if source.name == SHEETS:
        return not any(is_url(place) for sheet in settings.sheets for place in sheet.files)
    configured = settings.sources.get(source.name)
    return configured is not None and not is_url(configured.path)
