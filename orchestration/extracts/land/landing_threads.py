"""How many threads DuckDB has while files land: one for small files, all that are allowed for the others.

Of a small file a second thread has nothing to do, but is woken for each statement: of the demo's 57 files that was a
fifth of the processor time of landing.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath

import duckdb

from orchestration.extracts.find.listing import FoundFile
from orchestration.settings import Settings

SMALL_BYTES = 16_000_000  # of text; DuckDB gives a thread 122,880 rows at a time
_PLAIN = {".csv", ".tsv", ".txt", ".json", ".jsonl", ".ndjson"}
_PACKED = 8  # times its size, or more: what a compressed file, a workbook or Parquet holds


def is_small(found: FoundFile) -> bool:
    """Whether a file is too small for more than one thread."""
    is_plain = PurePosixPath(found.name).suffix.lower() in _PLAIN
    return found.size * (1 if is_plain else _PACKED) <= SMALL_BYTES


@contextmanager
def in_one_thread(connection: duckdb.DuckDBPyConnection) -> Iterator[int]:
    """Let DuckDB work in one thread within the block; gives the number of before, which it has again afterwards.

    Not after an exception: the connection may be good for nothing then, and what it says would hide why.
    """
    (before,) = connection.execute("select current_setting('threads')").fetchall()[0]
    connection.execute("set threads = 1")
    yield int(before)
    connection.execute(f"set threads = {before}")


def give_threads(connection: duckdb.DuckDBPyConnection, settings: Settings, found: FoundFile) -> None:
    """Let DuckDB work in as many threads as the file is worth."""
    every = "reset threads" if settings.engine.threads is None else f"set threads = {settings.engine.threads}"
    connection.execute("set threads = 1" if is_small(found) else every)
