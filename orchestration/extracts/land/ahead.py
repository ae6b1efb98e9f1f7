"""Small files are read ahead: while one is written, the next ones are read by a thread, on connections of its own.

Who lands decides alone, file after file in their order, what is landed and under which load id: what was read ahead is
taken instead of reading it then. To read a file changes nothing but temporary tables, so the outcome is the same.
"""

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from queue import SimpleQueue

import duckdb

from orchestration.extracts.feed import Feed
from orchestration.extracts.find.listing import FoundFile
from orchestration.extracts.land.landing_threads import in_one_thread, is_small
from orchestration.extracts.land.layout import bring_up_to_date
from orchestration.extracts.land.reading import Reading
from orchestration.extracts.land.seen import Seen
from orchestration.extracts.land.work import Work, is_here, list_work
from orchestration.extracts.limits import limited_by, raised
from orchestration.extracts.source_specs import SourceSpec, TableSpec
from orchestration.settings import Settings

Reload = Callable[[str], bool]
"""Says of a file (its name relative to the source's root) whether to read it again although nothing changed."""

_CONNECTIONS = 3  # files that are written, wait or are read: some 50 MB of text
_PATIENCE = 0.2  # seconds


class _Slot:
    """One file that may be read ahead; `is_begun` says that somebody does, `is_done` that `reading` is there."""

    def __init__(self, feed: Feed, found: FoundFile) -> None:
        self.feed, self.found = feed, found
        self.is_begun = self.is_done = False
        self.reading: Reading | None = None


class Ahead:
    """The work of some tables of a source, listed when landing begins, and its small files read ahead."""

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        settings: Settings,
        work: dict[str, Work | Exception],
        reload: Reload | None,
    ) -> None:
        self._settings, self._work, self._reload = settings, work, reload
        self._changed = threading.Condition()
        self._slots = {
            (table, feed.label, found.name): _Slot(feed, found)
            for table, listed in work.items()
            if isinstance(listed, Work)
            for feed, files in listed.feeds
            for found in files
            if is_small(found)
        }
        self._queue = list(self._slots.values())
        self._connections = [connection.cursor() for _ in range(_CONNECTIONS)]
        self._free: SimpleQueue[duckdb.DuckDBPyConnection | None] = SimpleQueue()
        for one in self._connections:
            one.execute("set TimeZone = 'UTC'")
            self._free.put(one)
        self._thread: threading.Thread | None = threading.Thread(target=self._read, name="ahead", daemon=True)
        self._thread.start()

    def work(self, table: TableSpec) -> Work:
        """The work of a table; what went wrong when it was listed is raised here, where its turn is."""
        listed = self._work[table.name]
        if isinstance(listed, Exception):
            raise listed
        return listed

    def take(self, feed: Feed, found: FoundFile) -> Reading | None:
        """What was read of a file; None where nothing was: whoever asks reads it. Waits for what is being read."""
        slot = self._slots.pop((feed.table.name, feed.label, found.name), None)
        if slot is None:
            return None
        with self._changed:
            if not slot.is_begun:
                slot.is_begun = True
                return None
            self._changed.wait_for(lambda: slot.is_done)
        if slot.reading is not None and slot.feed != feed:
            slot.reading.close()
            return None
        return slot.reading

    def stop(self) -> bool:
        """Read nothing ahead any more, forget what was; whether there was anybody to stop."""
        thread, self._thread = self._thread, None
        if thread is None:
            return False
        with self._changed:
            for slot in self._queue:
                slot.is_begun = True
        self._free.put(None)
        while thread.is_alive():
            for connection in self._connections:
                connection.interrupt()
            thread.join(_PATIENCE)  # again then: what was between two statements has begun the next one
        for slot in self._slots.values():
            if slot.reading is not None:
                slot.reading.close()
        self._slots.clear()
        for connection in self._connections:  # with what they hold in memory
            connection.close()
        return True

    def _read(self) -> None:
        with limited_by(self._settings):
            for slot in self._queue:
                connection = self._free.get()
                if connection is None:
                    return
                with self._changed:
                    is_mine, slot.is_begun = not slot.is_begun, True
                if not is_mine:
                    self._free.put(connection)
                    continue
                try:
                    slot.reading = self._read_one(connection, slot)
                finally:
                    with self._changed:
                        slot.is_done = True
                        self._changed.notify_all()

    def _read_one(self, connection: duckdb.DuckDBPyConnection, slot: _Slot) -> Reading:
        reading = Reading(connection, self._settings, slot.feed, slot.found)
        reading.at_end(lambda: self._free.put(connection))

        def is_wanted(content: str) -> bool:
            if self._reload is not None and self._reload(slot.found.name):
                return True
            seen, spec = Seen.of(connection, slot.feed, slot.found), slot.feed.fingerprint()
            return not (seen.is_landed(content, spec) or seen.is_refused(content, spec + raised()))

        reading.ahead(is_wanted)
        return reading


@contextmanager
def reading_ahead(
    connection: duckdb.DuckDBPyConnection,
    settings: Settings,
    source: SourceSpec,
    tables: Iterable[TableSpec],
    reload: Reload | None = None,
) -> Iterator[Ahead | None]:
    """Read small files of the tables ahead within the block, in which they are landed in this order.

    None where nothing is: DuckDB may use one thread only, or the files lie on another machine, whose library may not
    be used by two threads at a time.
    """
    with in_one_thread(connection) as threads:
        if threads < 2 or not is_here(settings, source):
            yield None
            return
        bring_up_to_date(connection)
        ahead = Ahead(connection, settings, list_work(settings, source, tables), reload)
        try:
            yield ahead
        finally:
            ahead.stop()
