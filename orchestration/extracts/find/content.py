"""The bytes of a found file: fetched, unpacked, fingerprinted, always as a plain local file that readers can open."""

import gzip
import hashlib
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import IO

import zstandard

from orchestration.errors import ExtractError
from orchestration.extracts.find.archive import restore
from orchestration.extracts.find.listing import FoundFile
from orchestration.extracts.find.remote import may_pass, version_of
from orchestration.extracts.limits import check_unpacked, copy_unpacked
from orchestration.settings.credentials import one_line

CHUNK = 1 << 20
_ATTEMPTS = 3
Step = Callable[[int], None]


def fetch(found: FoundFile, folder: Path) -> Path:
    """A local file with the stored bytes of `found`: itself if it is local, else a copy in `folder`.

    Raises:
        ArchiveError: it is gone, and so is its copy in the archive.
        ExtractError: it can't be fetched whole, it changed since it was listed, or its archive is broken.
    """
    if found.problem is not None:
        raise ExtractError(found.problem)
    if found.is_local and found.member is None and found.address is None:
        return Path(found.path)
    target = folder / "stored"
    if found.address is not None:
        restore(Path(found.path), found.address, target)
        return target
    if found.member is None:
        _download(found, target)
        return target
    try:
        with (
            found.filesystem.open(found.path, "rb") as stream,
            zipfile.ZipFile(stream) as archive,
            archive.open(found.member) as member,
            open(target, "wb") as copy,
        ):
            copy_unpacked(member.read, copy, archive.getinfo(found.member).compress_size)
    except (OSError, zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError) as error:
        # RuntimeError is what zipfile raises for a password, NotImplementedError for an exotic compression.
        raise ExtractError(f"can't be read: {error}") from error
    except Exception as error:
        if found.is_local:
            raise
        raise ExtractError(f"can't be downloaded: {one_line(error)}") from None  # each backend has errors of its own
    if not found.is_local:
        _check_unchanged(found)
    return target


def _download(found: FoundFile, target: Path) -> None:
    """A whole copy: as many bytes as the listing promised, of the version that it named."""
    for attempt in range(1, _ATTEMPTS + 1):
        target.unlink(missing_ok=True)
        try:
            found.filesystem.get_file(found.path, str(target))
        except Exception as error:  # each backend has errors of its own
            if attempt == _ATTEMPTS or not may_pass(error):
                raise ExtractError(f"can't be downloaded: {one_line(error)}") from None
            continue
        _check_unchanged(found)
        got = target.stat().st_size
        if found.stored_size in (None, got):
            return
    raise ExtractError(f"the download was cut off: {got} of {found.stored_size} bytes came, {_ATTEMPTS} times")


def _check_unchanged(found: FoundFile) -> None:
    try:
        found.filesystem.invalidate_cache()
        version = version_of(found.filesystem.info(found.path))
    except Exception as error:  # each backend has errors of its own
        raise ExtractError(f"can't be looked at after its download: {one_line(error)}") from None
    if version != found.version:
        raise ExtractError("changed between listing and download; the next run will read it whole")


def fingerprint(path: Path, step: Step | None = None) -> str:
    """SHA-256 of the stored bytes; `step` is told the bytes done so far.

    Raises:
        ExtractError: the file is gone meanwhile, or may not be read.
    """
    digest, done = hashlib.sha256(), 0
    try:
        with open(path, "rb") as stream:
            while chunk := stream.read(CHUNK):
                digest.update(chunk)
                done += len(chunk)
                if step:
                    step(done)
    except OSError as error:
        raise ExtractError(f"can't be read: {error.strerror}") from error
    return digest.hexdigest()


def unpack(path: Path, folder: Path) -> Path:
    """The same file without gzip or zstd around it, told by its first bytes and not by its name.

    Raises:
        ExtractError: the compressed data is broken or cut off.
    """
    for layer in range(3):  # an archive member may be compressed once more; nobody nests deeper
        with open(path, "rb") as stream:
            magic = stream.read(4)
        if not magic.startswith(b"\x1f\x8b") and magic != b"\x28\xb5\x2f\xfd":
            return path
        target = folder / f"unpacked{layer}"
        try:
            with open(target, "wb") as copy:
                _gunzip(path, copy) if magic.startswith(b"\x1f\x8b") else _unzstd(path, copy)
        except (OSError, EOFError, zlib.error, zstandard.ZstdError) as error:
            raise ExtractError(f"compressed data is broken or cut off: {error}") from error
        path = target
    return path


def _gunzip(path: Path, copy: IO[bytes]) -> None:
    with gzip.open(path, "rb") as stream:
        copy_unpacked(stream.read, copy, path.stat().st_size)


def _unzstd(path: Path, copy: IO[bytes]) -> None:
    """Frame by frame: the library's own file object ends silently where the data is cut off."""
    frame, done, packed = None, 0, path.stat().st_size
    with open(path, "rb") as stream:
        while chunk := stream.read(CHUNK):
            while chunk:
                frame = frame or zstandard.ZstdDecompressor().decompressobj()
                done += copy.write(frame.decompress(chunk))
                check_unpacked(done, packed)
                chunk, frame = (frame.unused_data, None) if frame.eof else (b"", frame)
    if frame is not None:
        raise EOFError("the last frame has no end")
