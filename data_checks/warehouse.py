"""The warehouse as a Great Expectations data source: read-only, buffered, and let go of afterwards."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from orchestration.errors import FunnelmartError
from orchestration.settings import Settings
from orchestration.warehouse import engine_config, reach_bucket

# More failing rows than this are counted but not fetched.
_FETCH = 10_000


@contextmanager
def data_source(settings: Settings) -> Iterator[tuple[Any, Any]]:
    """Give (context, data source) over `warehouse.duckdb`; the file is free again at the end of the block.

    The context lives in memory: nothing is written, nothing is reported to anyone.

    Raises:
        FunnelmartError: there is no warehouse yet.
    """
    path = settings.warehouse_path
    if not path.exists():
        raise FunnelmartError(f"{path}: no such file; the checks look at what a run has landed and built")
    import great_expectations as gx
    from great_expectations.data_context.types.base import (
        DataContextConfig,
        InMemoryStoreBackendDefaults,
        ProgressBarsConfig,
    )

    config = DataContextConfig(
        store_backend_defaults=InMemoryStoreBackendDefaults(init_temp_docs_sites=False),
        progress_bars=ProgressBarsConfig(globally=False),
        analytics_enabled=False,
    )
    from data_checks.made_once import configurations_made_once, keep_no_project, plain_words_at_once

    context = gx.get_context(mode="ephemeral", project_config=config)
    keep_no_project(context)
    # Without transactions, which a file that nobody writes to needs for none of some hundred questions.
    engine_options = {
        "connect_args": {"read_only": True, "config": engine_config(settings, "checks")},
        "isolation_level": "AUTOCOMMIT",
    }
    sources: Any = context.data_sources
    source = sources.add_sql(name="warehouse", connection_string=f"duckdb:///{path}", kwargs=engine_options)
    engine = source.get_execution_engine()
    try:
        _buffer_results(engine.engine)
        _let_reach(engine.engine, settings.storage)
        with configurations_made_once(), plain_words_at_once():
            yield context, source
    finally:
        # Two engines, two handles: one left open, even read-only, and dbt can't write.
        engine.close()
        engine.engine.dispose()
        source.get_engine().dispose()


def _buffer_results(engine: Any) -> None:
    """Fetch at once what a statement gives: Great Expectations reads after the connection has been closed."""
    from sqlalchemy import event
    from sqlalchemy.engine.cursor import FullyBufferedCursorFetchStrategy

    def fetch(conn: Any, cursor: Any, statement: str, parameters: Any, context: Any, executemany: bool) -> None:
        if cursor.description:
            rows = cursor.fetchmany(_FETCH)
            context.cursor_fetch_strategy = FullyBufferedCursorFetchStrategy(cursor, initial_buffer=rows)

    event.listen(engine, "after_cursor_execute", fetch)


def _let_reach(engine: Any, storage: str) -> None:
    """Let checks read tables of the lake that no engine is there to be asked of."""
    from sqlalchemy import event

    def reach(connection: Any) -> None:
        reach_bucket(connection.connection.dbapi_connection, storage)

    event.listen(engine, "engine_connect", reach)
