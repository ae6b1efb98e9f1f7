"""The state of a workspace's extracts as one hash over names, sizes and times (or ETags): cheap enough to ask often."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from orchestration.extracts.find.discover import discover_sheet, discover_source
from orchestration.extracts.find.listing import FoundFile
from orchestration.extracts.sources import load_sources
from orchestration.settings import Settings
from orchestration.settings.noted import note, noted


def extracts_state(settings: Settings) -> str:
    """Return the hash; it differs when a file of an enabled source is new, changed or gone.

    Raises:
        SettingsError: a path or pattern of the settings matches nothing.
        RemoteError: a remote place can't be listed.
    """
    digest = hashlib.sha256()
    for feed, file in _files(settings):
        digest.update(f"{feed}\0{file.name}\0{file.version or _changes(file)}\n".encode())
    return digest.hexdigest()


def _changes(file: FoundFile) -> str:
    """What differs once a local file was written to: also where the writer kept its size and set its time back."""
    if not file.is_local:
        return f"{file.size}\0{file.modified_at}"
    try:
        found = os.lstat(file.path) if file.problem else os.stat(file.path)
    except FileNotFoundError:  # since it was listed: whoever looks next finds another state
        return "gone"
    return f"{file.size}\0{found.st_mtime_ns}\0{found.st_ctime_ns}\0{found.st_ino}"


def landed_state(settings: Settings) -> str | None:
    """Return the state that the last finished run found when it started; None before the first one."""
    return noted(_path(settings)) or None  # damaged: then everything is new


def record_landed(settings: Settings, state: str) -> None:
    """Note that the files in `state` are landed and published."""
    note(_path(settings), state)


def _path(settings: Settings) -> Path:
    return settings.state_path / "extracts.state"


def _files(settings: Settings) -> Iterator[tuple[str, FoundFile]]:
    sources = load_sources()
    for name in sorted(settings.sources):
        found = discover_source(settings, sources[name])
        for table in sorted(found.by_table):
            yield from ((f"{name}.{table}", file) for file in found.by_table[table])
    for position in range(len(settings.sheets)):
        yield from ((f"sheets[{position}]", file) for file in discover_sheet(settings, position))
