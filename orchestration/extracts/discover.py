"""Which files feed which table: local folders, fsspec URLs, glob patterns and the members of zip archives."""

import datetime as dt
import fnmatch
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

import fsspec

from orchestration.errors import SettingsError
from orchestration.extracts.sources import SourceSpec
from orchestration.settings import SETTINGS_FILE, Settings

# What editors, spreadsheets, browsers and job systems leave beside the data.
_LITTER = re.compile(r"^(\.|~\$|_SUCCESS$|__MACOSX)|\.(tmp|part|crdownload|swp|crc|md|bak)$", re.IGNORECASE)
_GLOB = re.compile(r"[*?\[]")


@dataclass(frozen=True)
class FoundFile:
    """One file to land; `name` is what `_file` says: its path relative to the source's root, `archive.zip/member`."""

    filesystem: Any
    path: str
    name: str
    size: int
    modified_at: dt.datetime | None
    member: str | None = None

    @property
    def is_local(self) -> bool:
        """Whether the file (or the archive it is in) lies on this machine."""
        return "file" in _protocols(self.filesystem)

    @property
    def basename(self) -> str:
        """Last part of the name."""
        return PurePosixPath(self.name).name


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
    """
    if source.name not in settings.sources:
        raise SettingsError(f"{settings.workspace / SETTINGS_FILE}: sources: {source.name} is not named there")
    key = f"sources.{source.name}.path"
    files = list(_list(settings, key, settings.sources[source.name].path))
    own = {file.name for file in files if file.basename.lower().startswith(f"{source.name}_")}
    found = Discovery({name: [] for name in source.tables})
    for file in files:
        table = _best_table(source, file)
        if table is None or (own and file.name not in own):
            found.unmatched.append(file.name)
        else:
            found.by_table[table].append(file)
    return found


def discover_sheet(settings: Settings, position: int) -> list[FoundFile]:
    """The files of the sheet at `position` in `sources.sheets`, name-sorted, each once.

    Raises:
        SettingsError: a pattern matches no file.
    """
    files: dict[str, FoundFile] = {}
    for pattern in settings.sheets[position].files:
        matched = list(_list(settings, f"sources.sheets[{position}].files", pattern))
        if not matched:
            raise _nothing(settings, f"sources.sheets[{position}].files", pattern)
        files.update({file.name: file for file in matched})
    return [files[name] for name in sorted(files)]


def _best_table(source: SourceSpec, file: FoundFile) -> str | None:
    names = {file.name.lower(), file.basename.lower()}
    best, best_score = None, -1
    for table in source.tables.values():
        for pattern in table.files:
            score = len(re.sub(r"\[[^\]]*\]|[*?]", "", pattern))
            if score > best_score and any(fnmatch.fnmatchcase(name, pattern.lower()) for name in names):
                best, best_score = table.name, score
    return best


def _list(settings: Settings, key: str, location: str) -> Iterator[FoundFile]:
    """Files at `location`: a folder (with all below it), one file, or a glob pattern; local or an fsspec URL."""
    remote = "://" in location
    absolute = location if remote else str((settings.workspace / Path(location).expanduser()).absolute())
    try:
        filesystem, path = fsspec.core.url_to_fs(absolute)
        if _GLOB.search(path):
            infos: dict[str, Any] = filesystem.glob(path, detail=True)
            root = path[: _GLOB.search(path).start()].rpartition("/")[0]  # type: ignore[union-attr]
        elif filesystem.isdir(path):
            infos, root = filesystem.find(path, detail=True), path
        elif filesystem.exists(path):
            infos, root = {path: filesystem.info(path)}, path.rpartition("/")[0]
        else:
            raise _nothing(settings, key, location)
    except (OSError, ValueError, ImportError) as error:
        raise SettingsError(
            f"{settings.workspace / SETTINGS_FILE}: {key}: {location} can't be listed: {error}"
        ) from error
    if key.startswith("sources.sheets"):
        root = "" if remote else str(settings.workspace.absolute())
    for path, info in sorted(infos.items()):
        if info["type"] != "directory" and not any(_LITTER.search(part) for part in _below(path, root).split("/")):
            yield from _members(filesystem, path, _below(path, root), info)


def _below(path: str, root: str) -> str:
    return path[len(root) :].lstrip("/") if root and path.startswith(root.rstrip("/") + "/") else path.lstrip("/")


def _members(filesystem: Any, path: str, name: str, info: dict[str, Any]) -> Iterator[FoundFile]:
    """The file itself, or what a zip archive holds. A broken archive is passed on: landing refuses it by name."""
    modified = _modified(info)
    if name.lower().endswith(".zip"):
        try:
            with filesystem.open(path, "rb") as stream, zipfile.ZipFile(stream) as archive:
                members = [member for member in archive.infolist() if not member.is_dir()]
        except zipfile.BadZipFile:
            members = []
        kept = [m for m in members if not any(_LITTER.search(part) for part in m.filename.split("/"))]
        for member in sorted(kept, key=lambda m: m.filename):
            yield FoundFile(
                filesystem, path, f"{name}/{member.filename}", member.file_size, modified, member=member.filename
            )
        if kept:
            return
    yield FoundFile(filesystem, path, name, int(info.get("size") or 0), modified)


def _modified(info: dict[str, Any]) -> dt.datetime | None:
    value = info.get("mtime") or info.get("LastModified") or info.get("updated") or info.get("created")
    if isinstance(value, int | float):
        return dt.datetime.fromtimestamp(value, dt.UTC)
    return value if isinstance(value, dt.datetime) else None


def _nothing(settings: Settings, key: str, location: str) -> SettingsError:
    return SettingsError(
        f"{settings.workspace / SETTINGS_FILE}: {key}: {location} matches no file; expected a path or pattern "
        f"relative to {settings.workspace}, or a URL"
    )


def _protocols(filesystem: Any) -> Iterable[str]:
    return (filesystem.protocol,) if isinstance(filesystem.protocol, str) else filesystem.protocol
