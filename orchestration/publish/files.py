"""The file system side of a publication: flushed to disk, swapped atomically, nothing half there at any moment."""

import contextlib
import os
import shutil
from pathlib import Path

ASIDE_PREFIX = ".mart-"


def aside_path(folder: Path, name: str) -> Path:
    """Where a file is built before it gets its real name: hidden, same folder, so that renaming is atomic."""
    return folder / f"{ASIDE_PREFIX}{name}.duckdb"


def remove_leftovers(folder: Path) -> list[str]:
    """Remove what killed runs left aside (the caller holds the workspace lock); returns the names."""
    leftovers = sorted(path for path in folder.glob(f"{ASIDE_PREFIX}*") if path.is_file())
    for path in leftovers:
        path.unlink()
    return [path.name for path in leftovers]


def flush(path: Path) -> None:
    """Force a file, or the entries of a folder, to disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def clone(source: Path, target: Path) -> None:
    """Give `source` a second name (hard link); where the file system has no links, copy and flush it."""
    try:
        os.link(source, target)
    except FileExistsError:
        if os.path.samefile(source, target):
            return
        raise
    except OSError:
        shutil.copy2(source, target)
        flush(target)


def swap_in(new: Path, published: Path) -> None:
    """Put the complete file `new` in the place of `published`: readers see the old one or the new one, never none.

    A write-ahead log beside the published file belongs to somebody's writes into the old one: it must not be replayed
    into the new.
    """
    flush(new)
    with contextlib.suppress(FileNotFoundError):
        published.with_name(published.name + ".wal").unlink()
    os.replace(new, published)
    flush(published.parent)
