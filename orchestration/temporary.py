"""Where a command keeps what it needs only while it works: unpacked extracts, and what does not fit into memory.

All of it may name people, so none of it lies where the command happens to stand, which is what DuckDB takes by itself.
"""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import duckdb

from orchestration.settings import Settings
from orchestration.warehouse import Config, engine_config

_READER, _LOCK = "reading-", "lock"
# For what is one value or a few rows: nothing of it is ever written to disk.
NOT_SPILT: Config = {"autoinstall_known_extensions": False, "temp_directory": ""}


@contextmanager
def empty_temporary(settings: Settings) -> Iterator[None]:
    """The folder for what doesn't fit into memory and for unpacked files: there for the block, empty around it.

    The caller holds the lock of the workspace.
    """
    shutil.rmtree(settings.temporary_path, ignore_errors=True)
    _remove_what_readers_left(settings)
    settings.temporary_path.mkdir(parents=True)
    try:
        with _temporary_files_in(settings.temporary_path):
            yield
    finally:
        shutil.rmtree(settings.temporary_path, ignore_errors=True)


@contextmanager
def _temporary_files_in(folder: Path) -> Iterator[None]:
    """Unpacked extracts hold personal data: in the workspace the next start removes what a kill has left."""
    before, variable = tempfile.tempdir, os.environ.get("TMPDIR")
    tempfile.tempdir = os.environ["TMPDIR"] = str(folder)
    try:
        yield
    finally:
        tempfile.tempdir = before
        if variable is None:
            del os.environ["TMPDIR"]
        else:
            os.environ["TMPDIR"] = variable


@contextmanager
def _own_folder(settings: Settings) -> Iterator[Path]:
    """A folder in the workspace for the block, with a lock that the kernel frees when this process ends.

    Not told by the number of the process: another container's or machine's would look as if it had ended.
    """
    while True:
        folder = Path(tempfile.mkdtemp(prefix=f"{_READER}{os.getpid()}-", dir=settings.state_path))
        with open(folder / _LOCK, "wb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not folder.exists():  # somebody saw it before it was locked, and took it for left
                continue
            try:
                yield folder
            finally:
                shutil.rmtree(folder, ignore_errors=True)
            return


def _remove_what_readers_left(settings: Settings) -> None:
    """Folders whose lock nobody holds. One without a lock is empty: somebody is just making it, or was killed by it."""
    for lock_path in settings.state_path.glob(f"{_READER}*/{_LOCK}"):
        try:
            lock = lock_path.open("rb+")
        except (FileNotFoundError, PermissionError):  # just removed; or somebody else's
            continue
        with lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue
            shutil.rmtree(lock_path.parent, ignore_errors=True)


@contextmanager
def reading_config(settings: Settings) -> Iterator[Config]:
    """How DuckDB is opened by a command that reads beside runs: what a step may take, and a folder of its own.

    The folder lies in the workspace, where the next run removes what a kill has left; who may not write there gets one
    among the temporary files of the system.
    """
    config = engine_config(settings, "reading")
    if os.access(settings.state_path, os.W_OK | os.X_OK):
        with _own_folder(settings) as folder:
            yield {**config, "temp_directory": str(folder / "spilt")}
        return
    with tempfile.TemporaryDirectory(prefix="funnelmart-") as name:
        yield {**config, "temp_directory": name}


@contextmanager
def extracts_unpacked_in(settings: Settings) -> Iterator[None]:
    """Temporary files of a command that reads extracts beside runs: in the workspace, removed at its end.

    What a kill has left there the next such command removes, or the next run. Who may not write there has them among
    those of the system.
    """
    is_new = not settings.state_path.exists()
    if not os.access(settings.workspace if is_new else settings.state_path, os.W_OK | os.X_OK):
        yield
        return
    settings.state_path.mkdir(exist_ok=True, mode=0o700)
    _remove_what_readers_left(settings)
    try:
        with _own_folder(settings) as folder, _temporary_files_in(folder):
            yield
    finally:
        if is_new:
            with suppress(OSError):  # a run has begun meanwhile
                settings.state_path.rmdir()


@contextmanager
def in_memory(spill_to: Path | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database in memory that speaks UTC; what does not fit goes to that folder, else nowhere."""
    config = NOT_SPILT if spill_to is None else {**NOT_SPILT, "temp_directory": str(spill_to / "spilt")}
    with duckdb.connect(config=dict(config)) as connection:
        connection.execute("set TimeZone = 'UTC'")
        yield connection
