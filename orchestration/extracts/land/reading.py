"""One file on its way to its raw table: fetched, told by its content, copied into the archive, read aside."""

import os
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

import duckdb

from orchestration.extracts.feed import Feed
from orchestration.extracts.find.archive import Copy, copying
from orchestration.extracts.find.content import Step, fetch, fingerprint
from orchestration.extracts.find.listing import FoundFile
from orchestration.extracts.land.read_rows import Rows, check_unchanged, read_rows
from orchestration.extracts.limits import one_file
from orchestration.settings import Settings


class Reading:
    """Does each step when it is asked for what that gives, unless it was done ahead.

    What went wrong ahead is raised where it would have gone wrong. `connection` is the one that has the rows. Closed at
    the end of a `with` block: then the copies that nobody kept are gone.
    """

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        settings: Settings,
        feed: Feed,
        found: FoundFile,
        step: Step | None = None,
    ) -> None:
        self.connection, self.feed = connection, feed
        self._settings, self._found, self._step = settings, found, step
        self._opened = ExitStack()
        self._folder: Path | None = None
        self._path: Path | None = None
        self._before: os.stat_result | None = None
        self._content: str | None = None
        self._rows: tuple[Rows, Copy | None] | None = None
        self._error: BaseException | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Remove what is temporary."""
        self._opened.close()

    def at_end(self, call: Callable[[], object]) -> None:
        """Have something called when the reading is closed."""
        self._opened.callback(call)

    def ahead(self, is_wanted: Callable[[str], bool]) -> None:
        """Read the file now if its content is wanted; what goes wrong is kept for whoever asks."""
        try:
            with one_file():
                if is_wanted(self.content):
                    self.rows()
        except BaseException as error:  # raised where the file's turn comes
            self._error = error

    @property
    def folder(self) -> Path:
        """A temporary folder, gone when the reading is closed."""
        if self._folder is None:
            self._folder = Path(self._opened.enter_context(tempfile.TemporaryDirectory(prefix="funnelmart-")))
        return self._folder

    @property
    def path(self) -> Path:
        """A local file with the stored bytes."""
        if self._path is None:
            self._raise()
            path = fetch(self._found, self.folder)
            self._before = os.stat(path)
            self._path = path
        return self._path

    @property
    def content(self) -> str:
        """SHA-256 of the stored bytes."""
        if self._content is None:
            self._raise()
            self._content = fingerprint(self.path, self._step)
        return self._content

    def copy(self, address: str) -> Copy | None:
        """The copy that is being made for the archive; None where none is wanted or one is there."""
        return self._opened.enter_context(copying(self._settings, self._found, self.path, address))

    def rows(self) -> tuple[Rows, Copy | None]:
        """The rows in temporary tables, and the copy that was made beside reading them."""
        if self._rows is None:
            self._raise()
            copy = self.copy(self.content)
            rows = read_rows(self.connection, self.feed, self._found, self.path, self.folder, self._step)
            self._rows = rows, copy
        return self._rows

    def check_unchanged(self) -> None:
        """Refuse a file that is not what it was before its content was told.

        Raises:
            ExtractError: it changed since.
        """
        assert self._before is not None
        check_unchanged(self._before, self.path)

    def _raise(self) -> None:
        if self._error is not None:
            raise self._error
