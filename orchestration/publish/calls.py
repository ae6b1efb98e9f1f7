"""Every call of a publication that can fail, of files and of databases: nothing else in this folder makes one.

A publication must survive the failure of each of them, so the tests stand in this one door and fail the n-th.
"""

import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self, TypeVar

import duckdb

from orchestration.warehouse import reach_bucket

T = TypeVar("T")


class Executes(Protocol):
    """A connection to a database, or what looks after the calls of one."""

    def execute(self, query: str, parameters: object = None) -> duckdb.DuckDBPyConnection:
        """Run SQL; the rows are fetched from what is returned."""
        ...


class Door:
    """Lets every call through. `torn` is what a call leaves that stops in its middle."""

    def through(
        self, what: str, call: Callable[[], T], torn: Callable[[], object] | None = None, of_database: bool = False
    ) -> T:
        """Make the call that `what` names for people."""
        return call()


door = Door()


class Database:
    """A DuckDB file, open for the length of a block."""

    def __init__(self, path: Path, read_only: bool = False, config: dict[str, Any] | None = None) -> None:
        self._connection = door.through(
            f"open {path.name}", lambda: duckdb.connect(str(path), read_only, config or {}), of_database=True
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            door.through("close", self._connection.close, of_database=True)
        else:
            self._connection.close()

    @contextmanager
    def beside(self) -> Iterator["Database"]:
        """One more connection to the same file, for a thread of its own; closed at the end of the block."""
        other = Database.__new__(Database)
        other._connection = door.through("connect once more", self._connection.cursor, of_database=True)
        with other:
            yield other

    def reach(self, storage: str) -> None:
        """Let attached databases read what lies in a bucket."""
        door.through("reach the bucket", lambda: reach_bucket(self._connection, storage), of_database=True)

    def interrupt(self) -> None:
        """End what the connection does, in whatever thread: there it fails."""
        self._connection.interrupt()

    def execute(self, query: str, parameters: object = None) -> duckdb.DuckDBPyConnection:
        """Run SQL."""
        return door.through(query[:60], lambda: self._connection.execute(query, parameters), of_database=True)

    def executemany(self, query: str, rows: Iterable[Any]) -> None:
        """Run SQL once for each row."""
        door.through(query[:60], lambda: self._connection.executemany(query, list(rows)), of_database=True)

    def write_parquet(self, query: str, path: Path) -> None:
        """Write what a query gives into one file."""
        door.through(
            f"write {path.name}",
            lambda: self._connection.sql(query).write_parquet(str(path), compression="zstd"),
            lambda: path.write_bytes(b"PAR1"),
            of_database=True,
        )


def make_folder(path: Path) -> None:
    """Make a folder and those above it; it may be there."""
    door.through(f"mkdir {path.name}", lambda: path.mkdir(parents=True, exist_ok=True))


def remove(path: Path) -> None:
    """Remove a file or a link; it may be gone."""
    door.through(f"unlink {path.name}", lambda: path.unlink(missing_ok=True))


def remove_folder(path: Path) -> None:
    """Remove a folder with all that is in it."""
    door.through(f"rmtree {path.name}", lambda: shutil.rmtree(path), lambda: _half_removed(path))


def replace(old: Path, new: Path) -> None:
    """Rename; readers of `new` see what it was or what it becomes."""
    door.through(f"rename to {new.name}", lambda: os.replace(old, new))


def link(source: Path, target: Path) -> None:
    """Give a file a second name."""
    door.through(f"link {target.name}", lambda: os.link(source, target))


def copy(source: Path, target: Path) -> None:
    """Copy a file with its times."""
    door.through(f"copy {target.name}", lambda: shutil.copy2(source, target), lambda: _half(source, target))


def open_to_readers(file: Path) -> None:
    """Let a file be read by whoever may read its folder: what Spark writes is its process's own."""
    door.through(f"chmod {file.name}", lambda: file.chmod(file.parent.stat().st_mode & 0o666))


def point(link_path: Path, name: str) -> None:
    """Make a symbolic link to the folder `name` beside it."""
    door.through(f"symlink {link_path.name}", lambda: link_path.symlink_to(name, target_is_directory=True))


def append(path: Path, text: str) -> None:
    """Add text to a file and force it to disk."""
    door.through(f"append to {path.name}", lambda: _append(path, text), lambda: _append(path, text[: len(text) // 2]))


def write(path: Path, text: str) -> None:
    """Put a text in the place of a file, at once; its folder may have to be made."""
    aside = path.with_suffix(".tmp")
    make_folder(path.parent)
    door.through(
        f"write {path.name}",
        lambda: aside.write_text(text, encoding="utf-8"),
        lambda: aside.write_text(text[: len(text) // 2], encoding="utf-8"),
    )
    replace(aside, path)


def flush(path: Path) -> None:
    """Force a file, or the entries of a folder, to disk."""
    door.through(f"flush {path.name}", lambda: _flush(path))


def found(folder: Path, pattern: str) -> list[Path]:
    """Return what lies in a folder under such names, sorted; nothing where there is no folder."""
    return door.through(f"list {folder.name}", lambda: sorted(folder.glob(pattern)))


def read(path: Path) -> str:
    """Return the text of a file, empty where there is none; bytes that are no UTF-8 are replaced."""
    return door.through(f"read {path.name}", lambda: path.read_text("utf-8", "replace") if path.is_file() else "")


def _append(path: Path, text: str) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _half(source: Path, target: Path) -> None:
    data = source.read_bytes()
    target.write_bytes(data[: len(data) // 2])


def _half_removed(path: Path) -> None:
    for part in sorted(path.rglob("*")):
        with suppress(IsADirectoryError, PermissionError):
            part.unlink()
            return
