"""The working database: how it is opened, what it may take of the machine, who may write to it."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from orchestration.errors import FunnelmartError, WorkspaceLockedError
from orchestration.settings import Settings

Config = dict[str, str | bool | int | float | list[str]]  # what duckdb.connect takes


def engine_config(settings: Settings, step: str) -> Config:
    """How DuckDB is opened for `step` of a run: its memory and threads, and a folder of its own to spill to.

    Of its own, since DuckDB names the files of each database alike. No extension is ever fetched: a run must behave
    the same without a network.
    """
    config: Config = {
        "autoinstall_known_extensions": False,
        "memory_limit": settings.engine.memory_limit,
        "temp_directory": str(settings.temporary_path / step),
    }
    return config if settings.engine.threads is None else {**config, "threads": settings.engine.threads}


@contextmanager
def empty_temporary(settings: Settings) -> Iterator[None]:
    """The folder for what doesn't fit into memory: there for the length of the block, empty before and after it.

    The caller holds the lock of the workspace.
    """
    shutil.rmtree(settings.temporary_path, ignore_errors=True)
    settings.temporary_path.mkdir(parents=True)
    try:
        yield
    finally:
        shutil.rmtree(settings.temporary_path, ignore_errors=True)


@contextmanager
def open_warehouse(
    path: Path, read_only: bool = False, config: Config | None = None
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection to the DuckDB file at `path` that speaks UTC, closed at the end of the block.

    `config` is what `engine_config` says; without it DuckDB takes what it likes.

    Raises:
        WorkspaceLockedError: another process has the file open for writing.
        FunnelmartError: the file is no DuckDB database that this version can read.
    """
    if not read_only:
        path.parent.mkdir(parents=True, exist_ok=True)
    try:
        connection = duckdb.connect(str(path), read_only, dict(config or {"autoinstall_known_extensions": False}))
    except duckdb.IOException as error:
        if "lock" in str(error).lower():
            raise WorkspaceLockedError(f"{path}: open in another process: {error}") from error
        raise FunnelmartError(f"{path}: cannot be opened as a DuckDB database: {error}") from error
    try:
        connection.execute("set TimeZone = 'UTC'")
        yield connection
    finally:
        connection.close()


@contextmanager
def workspace_lock(settings: Settings, name: str = "lock") -> Iterator[None]:
    """Hold `<workspace>/.funnelmart/<name>` for the length of the block; a run holds `lock`.

    The kernel frees an flock when its process ends, whatever ends it, so a killed run never blocks the next.

    Raises:
        WorkspaceLockedError: another run holds it; the message names that run's process id.
    """
    path = settings.state_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "a+", encoding="ascii") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            holder = file.read().strip() or "unknown"
            raise WorkspaceLockedError(
                f"{settings.workspace}: another run (process {holder}) is writing to this workspace; wait until it ends"
            ) from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield
        file.truncate(0)
