"""How much one file may ask for, and the net under everything that is done with one file.

A few kilobytes can unpack to terabytes or name thousands of columns. And readers fail in ways that nobody lists:
whatever goes wrong with one file refuses that file by name, and the others go on.
"""

import errno
import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import IO

import duckdb

from orchestration.errors import ExtractError, FunnelmartError, LacksMemoryError, ReaderFailedError
from orchestration.settings import Engine, Limits, Settings

_CHUNK = 1 << 20
_FREE = 64 << 20  # bytes that any file may unpack to, however small it is
_USUAL = Limits()
_current: ContextVar[Limits] = ContextVar("_current", default=_USUAL)
_memory: ContextVar[int] = ContextVar("_memory", default=Engine().memory_bytes)
_raised: ContextVar[str] = ContextVar("_raised", default="")
# Not of one file: the disk is full, or the warehouse itself is broken; whoever goes on makes it worse.
_FATAL = (duckdb.FatalException, duckdb.InternalException)


@contextmanager
def limited_by(settings: Settings) -> Iterator[None]:
    """The limits of a workspace are those of every file that is read within the block."""
    said = f"{settings.limits.model_dump_json()} {settings.engine.memory_limit}"
    usual = f"{_USUAL.model_dump_json()} {Engine().memory_limit}"
    token = _current.set(settings.limits)
    memory = _memory.set(settings.engine.memory_bytes)
    told = _raised.set("" if said == usual else f" {hashlib.sha256(said.encode()).hexdigest()[:16]}")
    try:
        yield
    finally:
        _current.reset(token)
        _memory.reset(memory)
        _raised.reset(told)


def raised() -> str:
    """Return what tells the limits of now from others, nothing where they are the usual ones."""
    return _raised.get()


def memory_limit() -> int:
    """Return how many bytes of memory a reader may take, by `engine.memory_limit`."""
    return _memory.get()


@contextmanager
def one_file() -> Iterator[None]:
    """Turn whatever goes wrong within the block into the refusal of the file.

    Raises:
        ExtractError: something is wrong with the file, or its reader failed.
        Exception: what is not of this file: settings, a full disk, a broken warehouse, an interruption.
    """
    try:
        yield
    except (FunnelmartError, KeyboardInterrupt, SystemExit, GeneratorExit, *_FATAL):
        raise
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise
        raise ExtractError(f"can't be read: {error.strerror or error}") from error
    except RecursionError as error:
        raise ExtractError("is nested too deeply to be read") from error
    except UnicodeEncodeError as error:
        half = error.object[error.start : error.end].encode("unicode_escape").decode()
        raise ExtractError(f"holds half a character ({half}), which is no text; export it again as UTF-8") from error
    except (MemoryError, duckdb.OutOfMemoryException) as error:
        raise LacksMemoryError(
            "needs more memory than engine.memory_limit in funnelmart.yml allows; raise it, or split the file"
        ) from error
    except BaseException as error:  # a reader written in Rust panics with an exception that is no Exception
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        raise ReaderFailedError(
            f"its reader failed: {type(error).__name__}: {' '.join(str(error).split())[:300]}"
        ) from error


def check_columns(count: int) -> None:
    """Refuse a file with more columns than `limits.columns`."""
    if count > _current.get().columns:
        raise ExtractError(f"has {count:,} columns; limits.columns in funnelmart.yml allows {_current.get().columns:,}")


def check_cell(size: int) -> None:
    """Refuse a file with a value of `size` bytes where that is more than `limits.cell_mb`."""
    if size > cell_bytes():
        raise ExtractError(
            f"has a value of {size / 1e6:,.1f} MB; limits.cell_mb in funnelmart.yml allows {_current.get().cell_mb:g}"
        )


def cell_bytes() -> int:
    """Return how many bytes one value may have."""
    return int(_current.get().cell_mb * 1e6)


def check_nesting(depth: int) -> None:
    """Refuse a file whose values are nested deeper than `limits.nesting`."""
    if depth > _current.get().nesting:
        raise ExtractError(
            f"is nested deeper than {_current.get().nesting} levels; limits.nesting in funnelmart.yml allows no more"
        )


def copy_unpacked(read: Callable[[int], bytes], copy: IO[bytes], packed: int) -> None:
    """Copy what a compressed file of `packed` bytes holds, up to `limits.unpacked_gb` and `limits.unpacked_times`."""
    done = 0
    while chunk := read(_CHUNK):
        done += len(chunk)
        check_unpacked(done, packed)
        copy.write(chunk)


def check_unpacked(size: int, packed: int) -> None:
    """Refuse a file of `packed` bytes that holds `size` bytes or more where that is beyond the limits."""
    limits = _current.get()
    if size > limits.unpacked_gb * 1e9:
        raise ExtractError(
            f"holds more than {limits.unpacked_gb:g} GB; limits.unpacked_gb in funnelmart.yml allows no more"
        )
    if size > max(_FREE, packed * limits.unpacked_times):
        raise ExtractError(
            f"holds more than {limits.unpacked_times} times its size; limits.unpacked_times in funnelmart.yml allows "
            "no more"
        )
