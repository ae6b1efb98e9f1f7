"""The file system side of a publication: flushed to disk, swapped atomically, nothing half there at any moment."""

import os
from pathlib import Path

from orchestration.publish import calls

ASIDE_PREFIX = ".mart-"


def aside_path(folder: Path, name: str) -> Path:
    """Where a file is built before it gets its real name: hidden, same folder, so that renaming is atomic."""
    return folder / f"{ASIDE_PREFIX}{name}.duckdb"


def remove_leftovers(folder: Path) -> list[str]:
    """Remove what killed runs left aside (the caller holds the workspace lock); returns the names."""
    leftovers = [path for path in calls.found(folder, f"{ASIDE_PREFIX}*") if path.is_file()]
    for path in leftovers:
        calls.remove(path)
    return [path.name for path in leftovers]


def clone(source: Path, target: Path) -> None:
    """Give `source` a second name (hard link); where the file system has no links, copy and flush it."""
    try:
        calls.link(source, target)
    except FileExistsError:
        if os.path.samefile(source, target):
            return
        raise
    except OSError:
        calls.copy(source, target)
        calls.flush(target)


def swap_in(new: Path, published: Path) -> None:
    """Put the complete file `new` in the place of `published`: readers see the old one or the new one, never none.

    A write-ahead log beside the published file belongs to somebody's writes into the old one: it must not be replayed
    into the new.
    """
    calls.flush(new)
    calls.remove(published.with_name(published.name + ".wal"))
    try:
        calls.replace(new, published)
    except OSError:
        if new.exists():
            raise
        # A network file system may report the failure of a renaming that it has done: then the new mart is in place.
