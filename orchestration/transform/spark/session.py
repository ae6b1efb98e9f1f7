"""The Spark session of a dbt process: opened once, told every statement through `for_spark`.

Only that process imports this: pyspark is there where the extra `spark` is installed. Tables lie as Parquet in a folder
that is this build's own; the catalogue is in memory, so nothing but files outlives the session.
"""

import logging
import os
import uuid
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any

from orchestration.transform.spark.built import BUILT, Built
from orchestration.transform.spark.connect import ServerInUseError, take_over
from orchestration.transform.spark.java_errors import in_words
from orchestration.transform.spark.options import MEANING, session_options
from orchestration.transform.spark.raw import raw_bytes, raw_statements, raw_tables
from orchestration.transform.spark.statement import for_duckdb, for_spark, parts
from orchestration.transform.spark.storage import Storage


def install() -> None:
    """Let dbt's session method speak to this session, and translate what it says."""
    from dbt.adapters.spark import session as adapter

    cursor: Any = adapter.Cursor
    cursor.execute = _execute
    wrapper: Any = adapter.SessionConnectionWrapper
    wrapper._fix_binding = staticmethod(_literal)


@lru_cache
def session() -> Any:
    """The one session of this process (pyspark's SparkSession), as the environment that dbt was started with says."""
    from pyspark.sql import SparkSession

    logging.getLogger("SQLQueryContextLogger").setLevel(logging.CRITICAL)  # each error with its whole Java stack
    master = os.environ["FUNNELMART_SPARK_MASTER"]
    builder = SparkSession.builder.appName("funnelmart")
    builder = builder.remote(master) if _is_on_server() else builder.master(master)
    options = session_options(
        raw_bytes(_storage()),
        int(os.environ.get("FUNNELMART_THREADS", "2")),
        os.environ["FUNNELMART_SPARK_MEMORY"],
        _storage().for_spark(_build()),
        os.environ["FUNNELMART_TEMPORARY"],
    )
    for name, value in options.items():
        builder = builder.config(name, value)
    opened = builder.getOrCreate()
    if _is_on_server():
        take_over(opened, _storage().root, MEANING)
    return opened


def know_raw() -> str | None:
    """Tell the session the raw tables that landing has handed over, as they are now; returns why it can't be, if so."""
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    try:
        for statement in raw_statements(_storage()):
            session().sql(statement)
    except (PySparkException, Py4JError, ServerInUseError) as error:
        return f"Spark at {os.environ['FUNNELMART_SPARK_MASTER']} can't build: {in_words(error)}"
    return None


def write_down() -> None:
    """Write which folder of the lake holds each table that the session has built; views get one of their own.

    Views of staging are steps on the way that nobody looks at afterwards. Views of the mart stay views: all rows of
    `kpi_long` and `kpi_comparison` are many times those of the tables that they read.
    """
    given = {raw.schema for raw in raw_tables(_storage())}
    found = [
        _built(schema, name)
        for (schema,) in _rows("show databases")
        if schema not in given | {"default", "staging"}
        for _, name, is_temporary in _rows(f"show tables in `{schema}`")
        if not is_temporary
    ]
    _storage().put_list(BUILT, found)


def answer(query: str, folder: str) -> str | None:
    """Write the rows of a query of the models' SQL into a new folder; returns why that could not be done, if so."""
    from pyspark.errors import PySparkException

    said = for_spark(query)
    try:
        session().sql(said).write.parquet(folder)
    except PySparkException as error:
        return f"{error}\n{said}"
    return None


def _built(schema: str, name: str) -> Built:
    table = f"`{schema}`.`{name}`"
    details = {row[0]: row[1] for row in _rows(f"describe extended {table}")}
    if details["Type"] != "VIEW":
        return Built(schema, name, _build() + details["Location"].partition(_build())[2])
    if schema == "mart" or details.get("Comment"):
        return Built(schema, name, query=for_duckdb(details["View Text"]), comment=details.get("Comment") or "")
    folder = f"{_build()}/views/{schema}/{name}"
    session().table(table).write.mode("overwrite").parquet(_storage().for_spark(folder))
    return Built(schema, name, folder)


def _is_on_server() -> bool:
    """Whether the session lives on a Spark Connect server, and its catalogue with it."""
    return os.environ["FUNNELMART_SPARK_MASTER"].startswith("sc://")


@lru_cache
def _storage() -> Storage:
    return Storage(os.environ["FUNNELMART_SPARK_STORAGE"])


@lru_cache
def _build() -> str:
    """The folder of what this process builds."""
    return f"builds/{uuid.uuid4().hex}"


def _own_folder() -> str:
    """Where a table of this build may lie that nothing else is called like."""
    return _storage().for_spark(f"{_build()}/tables/{uuid.uuid4().hex}")


def _rows(statement: str) -> Sequence[Any]:
    rows: Sequence[Any] = session().sql(statement).collect()
    return rows


def _literal(value: Any) -> str:
    """A value of a seed as SQL."""
    if value is None or isinstance(value, bool | int | float | Decimal):
        return "null" if value is None else str(value)
    return "'" + str(value).replace("'", "''") + "'"


def _execute(self: Any, sql: str, *parameters: Any) -> None:
    """Dbt's cursor: each statement of `sql`, the last one's answer kept."""
    from dbt_common.exceptions import DbtDatabaseError
    from pyspark.errors import PySparkException

    for part in parts(sql % parameters if parameters else sql):
        said = for_spark(part, _own_folder() if _is_on_server() else None)
        try:
            self._df = session().sql(said)
        except PySparkException as error:
            raise DbtDatabaseError(f"{error}\n{said}") from error
