"""What lies at a place that the settings name: a folder, a file or a pattern, on this machine or behind a URL."""

import datetime as dt
import glob
import os
import re
import shlex
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any

import fsspec

from orchestration.errors import ExtractError, SettingsError
from orchestration.extracts.find.regular import leads_out, printable, problem_of
from orchestration.extracts.find.remote import GLOB, is_url, list_remote, open_remote, reaching, version_of, walk
from orchestration.extracts.limits import one_file
from orchestration.settings import SETTINGS_FILE, Settings, mistake

# What editors, spreadsheets, browsers and job systems leave beside the data.
_LITTER = re.compile(r"^(\.|~\$|_SUCCESS$|__MACOSX)|\.(tmp|part|crdownload|swp|crc|md|bak)$", re.IGNORECASE)


@dataclass(frozen=True)
class FoundFile:
    """One file to land; `name` is what `_file` says: its path relative to the source's root, `archive.zip/member`.

    `version` changes whenever a remote file does (its ETag, else size and time of change); None for local ones.
    `stored_size` is how many bytes a download must give, None where the listing can't say. `problem` is why it may not
    be opened: landing refuses it by its name. `address` is set where the file itself is gone and its copy in the
    archive stands for it.
    """

    filesystem: Any
    path: str
    name: str
    size: int
    modified_at: dt.datetime | None
    member: str | None = None
    version: str | None = None
    stored_size: int | None = None
    problem: str | None = None
    address: str | None = None

    @property
    def is_local(self) -> bool:
        """Whether the file (or the archive it is in) lies on this machine."""
        return "file" in _protocols(self.filesystem)

    @property
    def basename(self) -> str:
        """Last part of the name."""
        return PurePosixPath(self.name).name


def list_files(settings: Settings, key: str, location: str) -> Iterator[FoundFile]:
    """Files at `location` (the value of the setting `key`), sorted by path; zip archives are looked into.

    Raises:
        SettingsError: there is no such place, or a local folder can't be listed.
        RemoteError: a remote place can't be listed to its end; then nothing of it is given.
    """
    where = f"{settings.workspace / SETTINGS_FILE}: {key}"
    if is_url(location):
        filesystem, path = open_remote(where, location)
        with reaching(f"{where}: {location} can't be listed"):
            infos = list_remote(filesystem, path)
            root = "" if key.startswith("sources.sheets") else _root(path, infos)
            found = list(_found(filesystem, infos, root))
    else:
        filesystem = fsspec.filesystem("file")  # by its name: to fsspec `a::b` is a chain of URLs
        try:
            path = str((settings.workspace / Path(location).expanduser()).absolute())
            infos = _list_local(filesystem, path, settings.workspace)
        except (OSError, RuntimeError, ValueError) as error:  # of a home that nobody knows, of a name with a zero byte
            raise SettingsError(f"{where}: {location} can't be listed: {error}") from error
        own = _own_part(path, settings.workspace)
        root = str(settings.workspace.absolute()) if key.startswith("sources.sheets") else _root(path, infos, own)
        found = list(_found(filesystem, infos, root))
    if not infos and not GLOB.search(path, _own_part(path, settings.workspace)) and not filesystem.isdir(path):
        raise nothing_there(settings, key, location)
    yield from found


def nothing_there(settings: Settings, key: str, location: str) -> SettingsError:
    """The mistake of naming a place where nothing is, or where nothing has been pulled yet."""
    source = settings.sources.get(key.split(".")[1])
    if source is not None and source.pull is not None:
        expected = f"what `funnelmart pull -w {shlex.quote(str(settings.workspace))}` writes"
        return mistake(settings, key, f"{location} is not there yet; expected {expected}")
    expected = f"a path or pattern relative to {settings.workspace}, or a URL"
    return mistake(settings, key, f"{location} matches no file; expected {expected}")


def _own_part(path: str, workspace: Path) -> int:
    """Where in a path the setting begins: what is before is the workspace's own folder, whatever it is called."""
    base = f"{workspace.absolute()}/"
    return len(base) if path.startswith(base) else 0


def _list_local(filesystem: Any, path: str, workspace: Path) -> dict[str, Any]:
    begin = _own_part(path, workspace)
    if GLOB.search(path, begin) and GLOB.search(path[:begin]):
        names = glob.glob(path[begin:], root_dir=path[:begin], recursive=True)
        return dict(_there(filesystem, [path[:begin] + name for name in names]))
    if GLOB.search(path, begin):
        return dict(filesystem.glob(path, detail=True))
    if filesystem.isdir(path):
        return dict(walk(filesystem, path))
    return dict(_there(filesystem, [path]))


def _there(filesystem: Any, paths: Iterable[str]) -> Iterator[tuple[str, Any]]:
    """What is known of those of the paths where something is; it may go while others are looked at."""
    for path in paths:
        try:
            yield path, filesystem.info(path)
        except FileNotFoundError:
            if os.path.islink(path):  # it is there, and what it leads to is not: that is said of it by name
                yield path, {"name": path, "size": 0, "type": "other"}


def _root(path: str, infos: dict[str, Any], begin: int = 0) -> str:
    """The folder that names are relative to; a pattern may begin at `begin`."""
    if pattern := GLOB.search(path, begin):
        path = path[: pattern.start()]
    elif path not in infos:
        return path
    return path.rpartition("/")[0]


def _found(filesystem: Any, infos: dict[str, Any], root: str) -> Iterator[FoundFile]:
    for path, info in sorted(infos.items()):
        if info["type"] != "directory" and not any(_LITTER.search(part) for part in _below(path, root).split("/")):
            yield from _members(filesystem, path, _below(path, root), info)


def _below(path: str, root: str) -> str:
    return path[len(root) :].lstrip("/") if root and path.startswith(root.rstrip("/") + "/") else path.lstrip("/")


def _members(filesystem: Any, path: str, name: str, info: dict[str, Any]) -> Iterator[FoundFile]:
    """The file itself, or what a zip archive holds. A broken archive is passed on: landing refuses it by name."""
    whole = FoundFile(filesystem, path, printable(name), int(info.get("size") or 0), _modified(info))
    if whole.is_local and (problem := problem_of(path, info)):
        yield replace(whole, problem=problem)
        return
    if not whole.is_local:
        sized = None if info.get("contentEncoding") else info.get("size")  # what the store unpacks has another size
        whole = replace(whole, version=version_of(info), stored_size=sized)
    if name.lower().endswith(".zip"):
        try:
            members = _listed(filesystem, path, whole.is_local)
        except ExtractError as error:
            yield replace(whole, problem=str(error))
            return
        kept = [m for m in members if leads_out(m.filename) or not any(map(_LITTER.search, m.filename.split("/")))]
        for member in sorted(kept, key=lambda m: m.filename):
            problem = "its name leads out of the archive; nothing of it is read" if leads_out(member.filename) else None
            inside = printable(f"{name}/{member.filename}")
            yield replace(whole, name=inside, size=member.file_size, member=member.filename, problem=problem)
        if kept:
            return
    yield whole


def _listed(filesystem: Any, path: str, is_local: bool) -> list[zipfile.ZipInfo]:
    """The members of a zip archive.

    Raises:
        ExtractError: it is none; or it lies on this machine and is gone meanwhile, or may not be read.
    """
    with one_file() if is_local else nullcontext(), filesystem.open(path, "rb") as stream:
        try:
            with zipfile.ZipFile(stream) as archive:
                return [member for member in archive.infolist() if not member.is_dir()]
        except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError) as error:
            raise ExtractError(f"is no readable zip archive: {error}") from error


def _modified(info: dict[str, Any]) -> dt.datetime | None:
    value = info.get("mtime") or info.get("LastModified") or info.get("updated") or info.get("created")
    if isinstance(value, int | float):
        return dt.datetime.fromtimestamp(value, dt.UTC)
    return value if isinstance(value, dt.datetime) else None


def _protocols(filesystem: Any) -> Iterable[str]:
    return (filesystem.protocol,) if isinstance(filesystem.protocol, str) else filesystem.protocol
