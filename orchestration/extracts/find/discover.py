"""Which files feed which table."""

import fnmatch
import re
from dataclasses import dataclass, field

from orchestration.extracts.find.listing import FoundFile, list_files, nothing_there
from orchestration.extracts.source_specs import SourceSpec
from orchestration.settings import Settings, mistake


@dataclass
class Discovery:
    """The files of one source by table, name-sorted, and those that no table takes."""

    by_table: dict[str, list[FoundFile]] = field(default_factory=dict)
    unmatched: list[str] = field(default_factory=list)


def discover_source(settings: Settings, source: SourceSpec) -> Discovery:
    """Match every file under the source's path to the table whose pattern fits it best.

    The pattern with the most literal characters wins, then the order of the tables: a file `ad_group_stats` must not be
    swallowed by a broader `*stats*`. Where a folder is shared by several sources (some names start with this source's
    name), only files that start with it are its own.

    Raises:
        SettingsError: the path doesn't exist.
        RemoteError: it can't be listed to its end.
    """
    if source.name not in settings.sources:
        raise mistake(settings, "sources", f"{source.name} is not named there")
    key = f"sources.{source.name}.path"
    files = list(list_files(settings, key, settings.sources[source.name].path))
    own = {file.name for file in files if file.basename.lower().startswith(f"{source.name}_")}
    found = Discovery({name: [] for name in source.tables})
    for file in files:
        table = table_by_name(source, file)
        if table is None or (own and file.name not in own):
            found.unmatched.append(file.name)
        else:
            found.by_table[table].append(file)
    return found


def discover_sheet(settings: Settings, position: int) -> list[FoundFile]:
    """The files of the sheet at `position` in `sources.sheets`, name-sorted, each once.

    Raises:
        SettingsError: a pattern matches no file.
        RemoteError: a place can't be listed to its end.
    """
    files: dict[str, FoundFile] = {}
    for pattern in settings.sheets[position].files:
        matched = list(list_files(settings, f"sources.sheets[{position}].files", pattern))
        if not matched:
            raise nothing_there(settings, f"sources.sheets[{position}].files", pattern)
        files.update({file.name: file for file in matched})
    return [files[name] for name in sorted(files)]


def table_by_name(source: SourceSpec, file: FoundFile) -> str | None:
    """The table whose pattern fits the file's name best."""
    names = {file.name.lower(), file.basename.lower()}
    best, best_score = None, -1
    for table in source.tables.values():
        for pattern in table.files:
            score = len(re.sub(r"\[[^\]]*\]|[*?]", "", pattern))
            if score > best_score and any(fnmatch.fnmatchcase(name, pattern.lower()) for name in names):
                best, best_score = table.name, score
    return best
