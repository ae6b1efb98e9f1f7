"""The working database: how it is opened, and what it may take of the machine."""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

import duckdb

from orchestration.errors import (
    BrokenWarehouseError,
    FullDiskError,
    FunnelmartError,
    NewerWarehouseError,
    UnusableFileError,
    WorkspaceLockedError,
)
from orchestration.settings import Settings
from orchestration.written import READS_MORE, WRITTEN_VIEWS

_SPARE = 64_000_000  # bytes, for logs, Dagster's history and the reports
_FULL = 1_000_000  # bytes: a page more than one of the databases adds at once
_NOT_OPENED = (duckdb.IOException, duckdb.SerializationException, duckdb.InternalException, duckdb.FatalException)
# Tried on every column of texts, it makes a file no smaller than the others do and each writing a fifth slower.
SLOW_COMPRESSION = "dict_fsst"
_WRITTEN = f"""
    select schema_name, table_name from duckdb_tables() where database_name = current_database()
    union all
    select schema_name, view_name from duckdb_views()
    where database_name = current_database() and schema_name in {WRITTEN_VIEWS} and regexp_matches(sql, '{READS_MORE}')
    order by all"""
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


def written_tables(warehouse: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    """Schema and name of what has rows of its own, here or once it is published; other views show what tables hold."""
    return warehouse.execute(_WRITTEN).fetchall()


def reach_bucket(connection: duckdb.DuckDBPyConnection, storage: str) -> None:
    """Let a connection read views of what Spark has left in a bucket; nothing to do where `storage` is a folder."""
    protocol, found, _ = storage.partition("://")
    if found and protocol not in connection.list_filesystems():
        import fsspec

        connection.register_filesystem(fsspec.filesystem(protocol))


def check_space(settings: Settings) -> None:
    """Look before work starts whether the disk takes another mart beside the published one.

    Raises:
        FunnelmartError: too little is free; the message names the folder.
    """
    mart = settings.published_path.stat().st_size if settings.published_path.exists() else 0
    needed, free = _SPARE + mart, shutil.disk_usage(settings.workspace).free
    if free < needed:
        raise FunnelmartError(
            f"{settings.workspace}: {free / 1e6:,.0f} MB are free on its disk, expected {needed / 1e6:,.0f} MB "
            "or more for the new mart beside the published one. Nothing was started"
        )


def full_disk(workspace: Path) -> FullDiskError | None:
    """What is to be said of a command that failed, in whatever library, where nothing is left on the disk."""
    if not workspace.exists() or shutil.disk_usage(workspace).free >= _FULL:
        return None
    return FullDiskError(f"{workspace}: its disk is full; nothing was published, what was published before stays")


@contextmanager
def _for_the_owner_alone(path: Path) -> Iterator[None]:
    """What is written within the block, the database's write-ahead log too, is the owner's: raw holds personal data."""
    before = os.umask(0o077)
    try:
        if path.exists():
            path.chmod(0o600)
        yield
    finally:
        os.umask(before)


@contextmanager
def open_warehouse(
    path: Path, read_only: bool = False, config: Config | None = None
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection to the DuckDB file at `path` that speaks UTC, closed at the end of the block.

    `config` is what `engine_config` says; without it DuckDB takes what it likes.

    Raises:
        WorkspaceLockedError: another process has the file open for writing.
        BrokenWarehouseError: the file is no DuckDB database, or damaged.
        UnusableFileError: the system refuses the file.
        NewerWarehouseError: a newer DuckDB wrote it.
    """
    if not read_only:
        path.parent.mkdir(parents=True, exist_ok=True)
    with nullcontext() if read_only else _for_the_owner_alone(path):
        try:
            connection = duckdb.connect(str(path), read_only, dict(config or {"autoinstall_known_extensions": False}))
        except _NOT_OPENED as error:
            if re.search(r"\bset lock\b|\bconflicting lock\b", str(error), re.IGNORECASE):
                raise WorkspaceLockedError(f"{path}: open in another process: {error}") from error
            if read_only and not path.exists():
                raise FunnelmartError(f"{path}: no such file; expected what a `funnelmart run` makes") from error
            if "Permission denied" in str(error):
                raise UnusableFileError(f"{path}: no right to read and write it") from error
            if "newer version of DuckDB" in str(error):
                reason = str(error).partition("\n")[0]
                raise NewerWarehouseError(
                    f"{path}: written by a newer DuckDB than {duckdb.__version__}: {reason}"
                ) from error
            raise BrokenWarehouseError(f"{path}: the working database can't be read: {error}") from error
        try:
            connection.execute("set TimeZone = 'UTC'")
            if not read_only:
                connection.execute(f"set disabled_compression_methods = '{SLOW_COMPRESSION}'")
            yield connection
        finally:
            connection.close()
