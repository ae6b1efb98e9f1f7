"""Read the published mart as BI does: read-only, never in the way of a publication."""

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

import duckdb

from orchestration.errors import PublishError, SettingsError
from orchestration.publish.lake import gone, lies_in
from orchestration.settings import Settings
from orchestration.temporary import reading_config
from orchestration.warehouse import Config


@contextmanager
def open_published(settings: Settings, config: Config | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection whose default schema is `mart` of the published file; `_meta.<table>` works too.

    The file is attached under one name, whatever it is called: DuckDB names a database after its file, and a workspace
    that has not been published since may still have a file `mart.duckdb`, in which `mart.kpi_total` is ambiguous.

    `config` is what `engine_config` says for a step of a run; else what a command beside runs may take.

    Raises:
        PublishError: nothing is published yet, or the file can't be read, or the Parquet files that a view of it reads.
    """
    if not settings.published_path.exists():
        raise PublishError(f"{settings.published_path}: nothing is published yet; expected a `funnelmart run` before")
    path = str(settings.published_path).replace("'", "''")
    with (
        nullcontext(config) if config else reading_config(settings) as engine,
        duckdb.connect(config=dict(engine)) as connection,
    ):
        try:
            connection.execute(f"attach '{path}' as published (read_only)")
            connection.execute("use published.mart")
        except duckdb.Error as error:
            raise PublishError(f"{settings.published_path}: can't be read as a mart: {error}") from error
        try:
            yield connection
        except duckdb.IOException as error:
            missing = [folder for folder in lies_in(connection, "published").values() if not Path(folder).is_dir()]
            if not missing:
                raise
            raise PublishError(gone(settings.published_path, missing)) from error
        except duckdb.OutOfMemoryException as error:
            raise SettingsError(
                f"engine.memory_limit: {engine['memory_limit']} is too little to read {settings.published_path}; "
                "expected more (4GB where nothing is said)"
            ) from error


def is_published(settings: Settings, run_id: str) -> bool:
    """Whether the published mart is the one that this run built.

    Raises:
        PublishError: the published file can't be read.
    """
    if not settings.published_path.exists():
        return False
    with open_published(settings) as mart:
        return mart.execute("select 1 from _meta.run where run_id = ?", [run_id]).fetchone() is not None


def rows(
    connection: duckdb.DuckDBPyConnection, query: str, parameters: Sequence[str | dt.date | None] = ()
) -> list[dict[str, Any]]:
    """Return the rows of a query as dictionaries.

    The parameters reach the statement as SQL: a parameter of Python's makes DuckDB import pandas, which takes longer
    than all that these commands do.
    """
    if parameters:
        connection.execute(f"prepare asked as {query}")
        query = f"execute asked({', '.join(_literal(value) for value in parameters)})"
    cursor = connection.execute(query)
    names = [column[0] for column in cursor.description or []]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _literal(value: str | dt.date | None) -> str:
    if value is None:
        return "null"
    return f"date '{value.isoformat()}'" if isinstance(value, dt.date) else "'" + value.replace("'", "''") + "'"
