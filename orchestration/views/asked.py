"""Questions in SQL to the published mart: read-only, nothing outside the file, within limits of rows and of time."""

import dataclasses
import functools
import glob
import itertools
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import duckdb

from orchestration.errors import QueryError
from orchestration.extracts.sql import literal
from orchestration.publish.lake import lies_in
from orchestration.settings import Settings
from orchestration.views.reader import open_published

_TAKEN = (duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN)
PART = 10_000  # rows
Done = TypeVar("Done")


@dataclasses.dataclass(frozen=True)
class Answer:
    """The columns of an answer with their DuckDB types, its rows, and whether there were more than the limit."""

    columns: list[str]
    types: list[str]
    rows: list[tuple[Any, ...]]
    is_cut: bool

    @property
    def names(self) -> list[str]:
        """The columns under names that are all different, as members of an object must be: a, a_1, a_2."""
        names: list[str] = []
        for column in self.columns:
            others = (f"{column}_{number}" for number in itertools.count(1))
            free = (name for name in others if name not in names and name not in self.columns)
            names.append(next(free) if column in names else column)
        return names


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
    parts = list(ask_in_parts(mart, query, most, seconds))
    rows = [row for part in parts for row in part.rows]
    return dataclasses.replace(parts[0], rows=rows, is_cut=parts[-1].is_cut)


def ask_in_parts(
    mart: duckdb.DuckDBPyConnection, query: str, most: int | None = None, seconds: float = 60
) -> Iterator[Answer]:
    """The same answer part by part, at least one: of a table of millions of rows not all are there at once.

    The seconds are those that the answer takes, not those in which somebody reads it.
    """
    _refuse_other(query)
    clock = _Clock(mart, seconds)
    cursor = clock.timed(functools.partial(mart.execute, query))
    columns, types = ([str(column[at]) for column in cursor.description or []] for at in (0, 1))
    left = most
    while True:
        wanted = PART if left is None else min(PART, left)
        rows = clock.timed(functools.partial(cursor.fetchmany, wanted))
        left = None if left is None else left - len(rows)
        is_cut = left == 0 and clock.timed(cursor.fetchone) is not None
        yield Answer(columns, types, rows, is_cut)
        if len(rows) < wanted or left == 0:
            return


class _Clock:
    """Stops a connection that has worked at a question for as long as it may, in all its parts together."""

    def __init__(self, mart: duckdb.DuckDBPyConnection, seconds: float) -> None:
        self._mart, self._seconds, self._left, self._is_over = mart, seconds, seconds, False

    def timed(self, work: Callable[[], Done]) -> Done:
        """Do a part of the work."""
        timer, begun = threading.Timer(max(self._left, 0), self._stop), time.monotonic()
        timer.start()
        try:
            return work()
        except duckdb.Error as error:
            if self._is_over:
                said = f"stopped after {self._seconds:g} seconds; ask for less, or allow more time"
                raise QueryError(said) from error
            raise QueryError(str(error).strip()) from error
        finally:
            timer.cancel()
            self._left -= time.monotonic() - begun

    def _stop(self) -> None:
        self._is_over = True
        self._mart.interrupt()


def _refuse_other(query: str) -> None:
    """Let through one question; what changes, attaches or configures is none, even where it would come to nothing."""
    try:
        statements = duckdb.extract_statements(query)
    except duckdb.Error as error:
        raise QueryError(str(error).strip()) from error
    if len(statements) != 1 or statements[0].type not in _TAKEN:
        found = ", ".join(statement.type.name for statement in statements) or "nothing"
        raise QueryError(f"expected one question such as select, describe, summarize or explain; found {found}")
