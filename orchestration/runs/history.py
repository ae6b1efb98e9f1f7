"""Dagster's event log in SQLite, with connections that stay open.

Dagster's own class opens, configures and closes a new connection for each of the hundreds of events of a run, and each
close writes the log back into the file: that took longer than the SQL of the whole pipeline (DECISIONS.md, "Dagster's
event log keeps its connections open"). It also asks each time anew which tables and columns there are, commits each
event by itself, and tries to insert an asset before it updates the one that is there.
"""

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from pathlib import Path
from typing import Any

import dagster as dg
from dagster._core.storage.event_log import AssetKeyTable, SqliteEventLogStorage
from dagster._core.storage.event_log.base import EventLogRecord
from dagster._core.storage.sqlite import SQLITE_BUSY_TIMEOUT_SECONDS
from dagster._serdes import ConfigurableClassData
from sqlalchemy import Connection, Engine, QueuePool, create_engine, event, inspect

from orchestration.runs import made_from
from orchestration.runs.blank_history import OF_A_RUN, copy, keep

_KEPT_OPEN = 4
made_from.install()


def together(instance: dg.DagsterInstance) -> AbstractContextManager[None]:
    """Events of the block are committed at its end, all at once, where the history is one that can do so."""
    storage = instance.event_log_storage
    return storage.together() if isinstance(storage, PooledSqliteEventLogStorage) else nullcontext()


class PooledSqliteEventLogStorage(SqliteEventLogStorage):
    """One engine for each file, the last few kept; storage format and queries are Dagster's own."""

    def __init__(self, base_dir: str, inst_data: ConfigurableClassData | None = None) -> None:
        """`base_dir` is the folder of the files, one for each run and one index."""
        self._engines: dict[str, Engine] = {}
        self._held: dict[str, Connection] | None = None
        self._holding = ExitStack()
        self._found: set[tuple[str, str]] = set()
        self._told: tuple[str, dict[dg.AssetKey, EventLogRecord]] = ("", {})
        super().__init__(base_dir, inst_data)
        self._db_lock: Any = threading.RLock()

    @classmethod
    def from_config_value(
        cls, inst_data: ConfigurableClassData | None, config_value: Mapping[str, Any]
    ) -> "PooledSqliteEventLogStorage":
        """Build the storage from dagster.yaml, in a folder of its own beside the other storages."""
        return cls(str(Path(config_value["base_dir"]) / "events"), inst_data)

    @contextmanager
    def _connect(self, shard: str) -> Iterator[Connection]:
        with self._db_lock:
            if self._held is None:
                with self._engine(shard).connect() as connection, connection.begin():
                    yield connection
                return
            if shard not in self._held:
                connection = self._holding.enter_context(self._engine(shard).connect())
                self._holding.enter_context(connection.begin())
                self._held[shard] = connection
            yield self._held[shard]

    @contextmanager
    def together(self) -> Iterator[None]:
        """What is stored within the block is one transaction a file; who reads in this process sees it at once."""
        with self._db_lock:
            is_outermost, self._held = self._held is None, self._held or {}
        try:
            yield
        finally:
            if is_outermost:
                with self._db_lock:
                    self._held = None
                    self._holding.close()  # commits: what was stored happened, also where the block failed

    def store_event_batch(self, events: Sequence[dg.EventLogEntry]) -> None:
        """Store what a run intends, some hundred events, in one transaction."""
        with self.together():
            super().store_event_batch(events)

    def told_by(self, run_id: str) -> Mapping[dg.AssetKey, EventLogRecord]:
        """The last materialization of each asset that this run has stored here; see made_from.py."""
        of_run, told = self._told
        return told if of_run == run_id else {}

    def _store_asset_event(self, conn: Connection, event: dg.EventLogEntry, event_id: int) -> None:
        said = event.dagster_event
        if said is None or said.asset_key is None:
            return
        values = self._get_asset_entry_values(event, event_id, self._has_asset_key_index_cols_on_connection(conn))
        key = said.asset_key.to_string()
        if (
            values
            and not conn.execute(
                AssetKeyTable.update().values(**values).where(AssetKeyTable.c.asset_key == key)
            ).rowcount
        ):
            conn.execute(AssetKeyTable.insert().values(asset_key=key, **values))
        if said.is_step_materialization:
            if self._told[0] != event.run_id:
                self._told = (event.run_id, {})
            self._told[1][said.asset_key] = EventLogRecord(storage_id=event_id, event_log_entry=event)

    def has_table(self, table_name: str) -> bool:
        """Whether there is such a table; asked of the file until there is."""
        asked = (table_name, "")
        if asked not in self._found:
            with self.index_connection() as connection:
                if inspect(connection).has_table(table_name):
                    self._found.add(asked)
        return asked in self._found

    def _has_asset_key_col_on_connection(self, conn: Connection, column_name: str) -> bool:
        asked = ("asset_keys", column_name)
        if asked not in self._found and super()._has_asset_key_col_on_connection(conn, column_name):
            self._found.add(asked)
        return asked in self._found

    def _engine(self, shard: str) -> Engine:
        engine = self._engines.pop(shard, None)
        if engine is None:
            path = Path(self.path_for_shard(shard))
            is_new = not path.exists()
            is_laid_out = is_new and copy(OF_A_RUN, path)
            engine = create_engine(
                self.conn_string_for_shard(shard),
                poolclass=QueuePool,
                pool_size=1,
                max_overflow=1,
                connect_args={"timeout": SQLITE_BUSY_TIMEOUT_SECONDS, "check_same_thread": False},
            )
            # Safe against a crash of the process; the last events before a power cut may be lost, never the file.
            event.listen(engine, "connect", lambda connection, _: connection.execute("pragma synchronous = normal"))
            if not is_laid_out:
                self._initdb(engine)
            if is_new and not is_laid_out:
                keep(OF_A_RUN, path)
            self._initialized_dbs.add(shard)
        self._engines[shard] = engine
        while len(self._engines) > _KEPT_OPEN:
            self._engines.pop(next(iter(self._engines))).dispose()
        return engine

    def dispose(self) -> None:
        """Close what is open."""
        with self._db_lock:
            for engine in self._engines.values():
                engine.dispose()
            self._engines.clear()
        super().dispose()
