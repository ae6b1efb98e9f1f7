"""Settings checked against the source registry and the files' headers, before anything is written."""

import tempfile
from collections.abc import Mapping
from pathlib import Path

from orchestration.errors import ExtractError
from orchestration.extracts.feed import ROW_KEY, Feed, overridden, sheet_feeds
from orchestration.extracts.find.content import fetch, unpack
from orchestration.extracts.find.discover import discover_sheet, discover_source
from orchestration.extracts.find.listing import FoundFile
from orchestration.extracts.find.remote import is_url
from orchestration.extracts.limits import limited_by, one_file
from orchestration.extracts.read.file import read_header
from orchestration.extracts.read.header import clean_names, position
from orchestration.extracts.source_specs import SourceSpec, TableSpec
from orchestration.extracts.sources import SHEETS, load_sources
from orchestration.extracts.type.meant import no_column, sheet_error
from orchestration.extracts.type.unfold import unfolded_names
from orchestration.settings import Settings, cut, mistake, near
from orchestration.temporary import in_memory


def check_settings(
    settings: Settings, sources: Mapping[str, SourceSpec] | None = None, look_at_remote: bool = True
) -> None:
    """Find every mistake that needs the source registry or a look at the files' headers. Nothing is written.

    A run leaves remote places to its extract steps, where one that can't be reached doesn't keep others from loading.

    Raises:
        SettingsError: unknown source, entity or column, a path that matches nothing, a column that no file has, a
            required column that nothing fills, a constant of the wrong type.
        RemoteError: a remote place can't be listed.
    """
    with limited_by(settings):
        _check(settings, load_sources() if sources is None else sources, look_at_remote)


def _check(settings: Settings, sources: Mapping[str, SourceSpec], look_at_remote: bool) -> None:
    for name in settings.sources:
        if name not in sources or name == SHEETS:
            known = sorted(set(sources) - {SHEETS})
            problem = f"unknown source; expected one of {', '.join(known)}{near(name, known)}"
            raise mistake(settings, f"sources.{name}", problem)
        overridden(settings, sources[name])
        if look_at_remote or not is_url(settings.sources[name].path):
            discover_source(settings, sources[name])
    tables = sources[SHEETS].tables
    for number, sheet in enumerate(settings.sheets):
        if sheet.entity not in tables:
            expected = f"expected one of {', '.join(tables)}"
            unknown = f"unknown entity {cut(sheet.entity)}"
            raise sheet_error(settings, number, "entity", f"{unknown}; {expected}{near(sheet.entity, tables)}")
        _check_columns(settings, number, tables[sheet.entity])
    for table in tables.values():
        for feed in sheet_feeds(settings, table):
            assert feed.position is not None
            if look_at_remote or not any(map(is_url, settings.sheets[feed.position].files)):
                _check_files(settings, feed)
    _check_rules(settings, tables)


def _check_columns(settings: Settings, number: int, table: TableSpec) -> None:
    sheet = settings.sheets[number]
    key = sheet.key if isinstance(sheet.key, list) else []
    slices = sheet.replace_by if isinstance(sheet.replace_by, list) else []
    for setting, names in (("fields", sheet.fields), ("values", sheet.values), ("key", key), ("replace_by", slices)):
        for name in names:
            if table.column(name) is None:
                raise sheet_error(settings, number, f"{setting}.{name}", no_column(table, name))
    for name in sheet.fields:
        if name in sheet.constants:
            raise sheet_error(
                settings, number, f"constants.{name}", f"{name} is among fields too; expected one of them"
            )


def _check_files(settings: Settings, feed: Feed) -> None:
    """Every column that the settings name must be in at least one file, and every required column must be filled.

    Looks at as few headers as needed. A file that can't be read says nothing here: landing refuses it by name.
    """
    assert feed.position is not None
    named = {f"fields.{name}": theirs for name, theirs in feed.fields.items() if theirs.strip()}
    named |= {f"where.{theirs}": theirs for theirs in (*feed.where, *feed.where_not)}
    named |= {f"timezones.{theirs}": theirs for theirs in settings.sheets[feed.position].timezones}
    required = [name for name in feed.table.required if name not in {**feed.fields, **feed.constants, **feed.defaults}]
    if feed.table.key == ROW_KEY:
        required = [name for name in required if not name.endswith("_id")]
    files, columns, looked = discover_sheet(settings, feed.position), list[str](), False
    for found in files:
        if looked and not named and not required:
            return
        try:
            names = header_of(found, feed) if found.is_local else None
        except ExtractError:
            continue
        if names is None:
            continue
        looked, columns = True, [*columns, *names]
        named = {key: theirs for key, theirs in named.items() if position(names, theirs) is None}
        required = [name for name in required if position(names, name) is None]
    if not looked:
        return
    has = f"its columns are {', '.join(dict.fromkeys(name for name in columns if name))[:500]}"
    for key, theirs in named.items():
        raise sheet_error(
            settings,
            feed.position,
            key,
            f"no file has a column {cut(theirs)}; {has}{near(theirs, filter(None, columns))}",
        )
    if required:
        raise sheet_error(
            settings, feed.position, "fields", f"nothing fills the required column {', '.join(required)}; {has}"
        )
    given = {*feed.fields, *feed.constants, *feed.defaults}
    groups = [[name for name in group if name not in given] for group in feed.table.one_of]
    if groups and not any(all(position(columns, name) is not None for name in group) for group in groups):
        expected = " or ".join(", ".join(group) for group in feed.table.one_of)
        raise sheet_error(settings, feed.position, "fields", f"nothing fills {expected}; {has}")


def header_of(found: FoundFile, feed: Feed) -> list[str]:
    """Cleaned column names of a file.

    Raises:
        ExtractError: the file can't be read.
    """
    with (
        one_file(),
        tempfile.TemporaryDirectory(prefix="funnelmart-") as folder,
        in_memory(Path(folder)) as connection,
    ):
        path = unpack(fetch(found, Path(folder)), Path(folder))
        header = read_header(
            connection, path, found.name, feed.formats, feed.expected, Path(folder), layout=feed.layout
        )
        return unfolded_names(clean_names(header), feed.unfold)


def _check_rules(settings: Settings, tables: Mapping[str, TableSpec]) -> None:
    columns = {column.name for table in tables.values() for column in table.columns}
    rules = {
        "qualified_when": settings.qualified_when,
        "duplicate_when": settings.duplicate_when,
        "test_when": settings.test_when,
    }
    for rule, fields in rules.items():
        for name in fields:
            if name not in columns:
                raise mistake(
                    settings,
                    f"{rule}.{name}",
                    f"no entity has a column {name}; expected one of {', '.join(sorted(columns))}{near(name, columns)}",
                )
