"""What dbt read of the project, kept for all workspaces of a user.

To read the project takes ten seconds of processor time, and gives the same for every workspace with the same sources.
"""

import hashlib
import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

from orchestration.progress import say
from orchestration.settings import cache

_FILES = ("manifest.json", "partial_parse.msgpack", "semantic_manifest.json")
SENT = "sent.json"
"""What an earlier build of the same code sent (within_dbt/sent.py)."""
_CHECKED = "sha256"
_KEPT = 8  # some 10 MB each


def cache_path() -> Path:
    """Folder of what is kept, one folder for each fingerprint."""
    return cache.cache_path() / "parsed"


def fetch(target: Path, fingerprint: str) -> bool:
    """Copy what was read under this fingerprint into dbt's target folder; whether there was such.

    Of what is damaged nothing stays, here or there: dbt would build upon it.
    """
    kept = cache_path() / fingerprint
    if not cache.is_kept(kept):
        return False
    with suppress(OSError):  # it may be another user's
        os.utime(kept)  # the oldest are thrown away by the time of their last use
    try:
        for name in _FILES:
            shutil.copyfile(kept / name, target / name)
        if (kept / _CHECKED).read_bytes() == _hash(target).encode():
            return True
        is_damaged = True
    except OSError as error:  # thrown away by half or meanwhile, or the disk is full: dbt reads the project itself
        is_damaged = isinstance(error, FileNotFoundError)
    for name in _FILES:
        (target / name).unlink(missing_ok=True)
    if is_damaged:
        shutil.rmtree(kept, ignore_errors=True)
    return False


def keep(target: Path, fingerprint: str) -> None:
    """Keep what dbt has just read, whole or not at all; where that can't be, the next workspace reads it again."""
    folder = cache_path()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(dir=folder, prefix="."))
        try:
            for name in _FILES:
                shutil.copyfile(target / name, aside / name)
            (aside / _CHECKED).write_text(_hash(aside))
            if not (folder / fingerprint).exists():
                aside.rename(folder / fingerprint)
        finally:
            shutil.rmtree(aside, ignore_errors=True)
        _throw_away(folder)
    except OSError as error:
        say(f"{folder}: what dbt read is not kept for other workspaces: {error}")


def kept_path(fingerprint: str, name: str) -> Path:
    """Where `keep_text` keeps it."""
    return cache_path() / fingerprint / name


def kept_text(fingerprint: str, name: str) -> str | None:
    """What `keep_text` kept under this fingerprint as `name`; None where there is nothing that can be read."""
    return cache.kept_text(kept_path(fingerprint, name))


def keep_text(fingerprint: str, name: str, text: str) -> None:
    """Keep beside what dbt read what follows from it alone."""
    folder = cache_path() / fingerprint
    if cache.is_kept(folder) and (error := cache.keep_text(folder / name, text)):
        say(f"{folder}: {name} is not kept for other workspaces: {error}")


def _hash(folder: Path) -> str:
    return hashlib.sha256(b"".join((folder / name).read_bytes() for name in _FILES)).hexdigest()


def _throw_away(folder: Path) -> None:
    kept = sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in kept[_KEPT:]:
        shutil.rmtree(path, ignore_errors=True)
