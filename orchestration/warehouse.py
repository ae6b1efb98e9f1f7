"""The only place that opens the working database, and the lock that lets one run at a time write to a workspace."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from orchestration.errors import FunnelmartError, WorkspaceLockedError
from orchestration.settings import Settings


@contextmanager
def open_warehouse(path: Path, read_only: bool = False) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection to the DuckDB file at `path` that speaks UTC, closed at the end of the block.

    Raises:
        WorkspaceLockedError: another process has the file open for writing.
        FunnelmartError: the file is no DuckDB database that this version can read.
    """
    if not read_only:
        path.parent.mkdir(parents=True, exist_ok=True)
    try:
        # No extension is ever fetched: a run must behave the same without a network.
        connection = duckdb.connect(str(path), read_only, {"autoinstall_known_extensions": False})
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
