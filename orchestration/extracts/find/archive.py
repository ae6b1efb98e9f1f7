"""The archive: the bytes of every accepted extract, compressed, under the hash of their content, the owner's alone.

The same content is kept once, however many files and tables it came as. A copy is made in a thread beside the landing
of the file, which waits for it before it commits: what the manifest names is in the archive.
"""

import datetime as dt
import hashlib
import os
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import zstandard

from orchestration.errors import ArchiveError, ExtractError
from orchestration.extracts.find.listing import FoundFile
from orchestration.settings import Settings

_CHUNK = 1 << 20
_LEVEL = 1  # text shrinks to a fifth at many times the speed at which it is read
_PART = ".part"
_SUFFIX = ".zst"


class Copy:
    """One copy being made; `keep` puts it in place, without it nothing stays."""

    def __init__(self, source: Path, target: Path) -> None:
        self._source, self._target = source, target
        self._aside = target.with_name(f".{uuid.uuid4().hex}{_PART}")
        self._stopped = threading.Event()
        self._error: Exception | None = None
        self._changed = False
        self._thread = threading.Thread(target=self._make, name="archive", daemon=True)
        self._thread.start()

    def keep(self) -> None:
        """Wait for the copy and give it its name.

        Raises:
            ExtractError: the file changed meanwhile.
            Exception: it could not be written, as whatever the writing raised.
        """
        self._thread.join()
        if self._changed:
            raise ExtractError("changed while it was read; the next run will read it whole")
        if self._error is not None:
            raise self._error
        os.replace(self._aside, self._target)

    def end(self) -> None:
        """Stop, and remove what was not kept."""
        self._stopped.set()
        self._thread.join()
        with suppress(OSError):
            self._aside.unlink(missing_ok=True)

    def _make(self) -> None:
        try:
            write(self._source, self._aside, self._stopped)
        except ChangedError:
            self._changed = True
        except Exception as error:  # raised where the copy is kept: half of one must not get its name
            self._error = error


class ChangedError(Exception):
    """A file changed while it was copied."""


def write(source: Path, target: Path, stopped: threading.Event | None = None) -> None:
    """Write a compressed copy of `source`, mode 0600 and flushed to disk."""
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as copy, open(source, "rb") as stream:
        before = os.fstat(stream.fileno())
        with zstandard.ZstdCompressor(level=_LEVEL).stream_writer(copy, closefd=False) as packing:
            while not (stopped and stopped.is_set()) and (chunk := stream.read(_CHUNK)):
                packing.write(chunk)
        copy.flush()
        os.fsync(copy.fileno())
    after = os.stat(source)
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise ChangedError


def place(settings: Settings, address: str) -> Path:
    """Return where the copy of the content with this SHA-256 lies."""
    return settings.archive_path / address[:2] / f"{address}{_SUFFIX}"


def put(settings: Settings, source: Path, address: str) -> None:
    """Write a copy of `source` under its address, whole or not at all; what a kill leaves of it `prune` removes."""
    target = place(settings, address)
    aside = target.with_name(f".{uuid.uuid4().hex}{_PART}")
    write(source, aside)
    os.replace(aside, target)


def is_wanted(settings: Settings, found: FoundFile, landed_at: dt.datetime | None = None) -> bool:
    """Whether the settings ask for a copy of the file, which was landed at `landed_at` (UTC) or is landed now."""
    archive = settings.archive
    if archive.keep_days == 0 or found.address is not None or not (found.is_local or archive.remote):
        return False
    return landed_at is None or archive.keep_days is None or landed_at > _oldest(archive.keep_days)


@contextmanager
def copying(settings: Settings, found: FoundFile, path: Path, address: str) -> Iterator[Copy | None]:
    """Make a copy of `path` while the block lands it; None where none is wanted or one is there."""
    target = place(settings, address)
    if not is_wanted(settings, found) or target.exists():
        yield None
        return
    settings.archive_path.mkdir(exist_ok=True, mode=0o700)
    copy = Copy(path, target)
    try:
        yield copy
    finally:
        copy.end()


def restore(path: Path, address: str, target: Path) -> None:
    """Write what the copy at `path` holds, the content with this SHA-256, to `target`.

    Raises:
        ArchiveError: there is no copy of it, or the copy is damaged.
    """
    digest = hashlib.sha256()
    try:
        with (
            open(path, "rb") as packed,
            open(target, "wb") as whole,
            zstandard.ZstdDecompressor().stream_reader(packed) as stream,
        ):
            while chunk := stream.read(_CHUNK):
                digest.update(chunk)
                whole.write(chunk)
    except FileNotFoundError:
        raise ArchiveError(f"{path}: no such copy in the archive") from None
    except zstandard.ZstdError as error:
        raise ArchiveError(f"{path}: the copy in the archive is damaged: {error}") from error
    if digest.hexdigest() != address:
        raise ArchiveError(f"{path}: the copy in the archive is damaged: its content is not what its name says")


def prune(settings: Settings, named: set[str]) -> list[Path]:
    """Remove copies that nothing names any more, those older than `archive.keep_days`, and halves that a kill left.

    `named` are the addresses that the manifest names. The caller holds the lock of the workspace.
    """
    if not settings.archive_path.is_dir():
        return []
    days = settings.archive.keep_days
    oldest = None if days is None else _oldest(days)
    gone = []
    for path in sorted(settings.archive_path.glob("??/*")):
        address = path.name.removesuffix(_SUFFIX)
        is_old = oldest is not None and dt.datetime.fromtimestamp(path.stat().st_mtime, dt.UTC) < _aware(oldest)
        if path.name.endswith(_PART) or address not in named or is_old:
            path.unlink()
            gone.append(path)
    return gone


def _oldest(days: int) -> dt.datetime:
    return dt.datetime.now(dt.UTC).replace(tzinfo=None) - dt.timedelta(days=days)


def _aware(moment: dt.datetime) -> dt.datetime:
    return moment.replace(tzinfo=dt.UTC)
