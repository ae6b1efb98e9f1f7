"""Questions in SQL to the published mart: read-only, nothing outside the file, within limits of rows and of time."""

import dataclasses
import glob
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import duckdb

from orchestration.errors import QueryError
from orchestration.extracts.sql import literal
from orchestration.publish.lake import lies_in
from orchestration.settings import Settings
from orchestration.views.reader import open_published

_TAKEN = (duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN)


@dataclasses.dataclass(frozen=True)
class Answer:
    """The columns of an answer with their DuckDB types, its rows, and whether there were more than the limit."""

    columns: list[str]
    types: list[str]
    rows: list[tuple[Any, ...]]
    is_cut: bool


@contextmanager
def open_to_questions(settings: Settings) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection to the published mart that reaches no other file, spills nothing to disk and stays so.

    What facts in the lake consist of are files of the mart.

    Raises:
        PublishError: nothing is published yet, or the file can't be read.
    """
    with open_published(settings) as mart:
        mart.execute("set temp_directory = ''")
        folders = lies_in(mart, "published").values()  # allowed as they are, and as patterns name them
        allowed = ", ".join(literal(f"{name}/") for folder in folders for name in (folder, glob.escape(folder)))
        mart.execute(f"set allowed_directories = [{allowed}]")
        mart.execute("set enable_external_access = false")
        mart.execute("set lock_configuration = true")
        yield mart


def ask(mart: duckdb.DuckDBPyConnection, query: str, most: int | None = None, seconds: float = 60) -> Answer:
    """Answer one question with at most `most` rows (None: all), within that many seconds.

    Raises:
        QueryError: it is no single question, is wrong, or takes longer.
    """
    _refuse_other(query)
    too_long = threading.Event()

    def stop() -> None:
        too_long.set()
        mart.interrupt()

    timer = threading.Timer(seconds, stop)
    timer.start()
    try:
        cursor = mart.execute(query)
        described = cursor.description or []
        rows = cursor.fetchall() if most is None else cursor.fetchmany(most + 1)
    except duckdb.Error as error:
        if too_long.is_set():
            raise QueryError(f"stopped after {seconds:g} seconds; ask for less, or allow more time") from error
        raise QueryError(str(error).strip()) from error
    finally:
        timer.cancel()
    is_cut = most is not None and len(rows) > most
    return Answer([c[0] for c in described], [str(c[1]) for c in described], rows[:most], is_cut)


def _refuse_other(query: str) -> None:
    """Let through one question; what changes, attaches or configures is none, even where it would come to nothing."""
    try:
        statements = duckdb.extract_statements(query)
    except duckdb.Error as error:
        raise QueryError(str(error).strip()) from error
    if len(statements) != 1 or statements[0].type not in _TAKEN:
        found = ", ".join(statement.type.name for statement in statements) or "nothing"
        raise QueryError(f"expected one question such as select, describe, summarize or explain; found {found}")
