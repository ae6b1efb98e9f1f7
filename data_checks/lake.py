"""Checks of tables that lie in the lake: asked of the engine that built them, so that the answer alone comes here.

The declaration of a check is the same as ever; what Great Expectations looks at is the answer.
"""

import glob
import re
from collections.abc import Collection
from pathlib import Path
from typing import Protocol

from data_checks.checks import Check, Expectation


class Lake(Protocol):
    """The engine that built the tables."""

    @property
    def tables(self) -> Collection[str]:
        """Tables (`schema.table`) whose rows are not in the working database."""

    def answer(self, query: str) -> Path:
        """Return the folder of Parquet files that hold the rows of a query in the SQL of the models.

        Raises:
            FunnelmartError: it could not be answered.
        """


def lies_in(lake: Lake | None, check: Check) -> bool:
    """Whether a check reads a table of the lake; what is filled into its SQL are tables of landing, which are not."""
    if lake is None or "{people_in_text}" in check.rows:  # hashes of known people are the working database's
        return False
    named = f"{check.table} {check.rows} {check.measure}"
    return any(re.search(rf"\b{re.escape(table)}\b", named) for table in lake.tables)


def answered(lake: Lake, query: str) -> str:
    """Return the SQL that reads the answer to a query; a colon stands as SQLAlchemy wants it."""
    files = f"{glob.escape(str(lake.answer(query)))}/*.parquet".replace("'", "''").replace(":", r"\:")
    return f"select * from read_parquet('{files}', hive_partitioning = false)"


def at_fault(expectation: Expectation, table: str) -> str:
    """Return the query of the rows that a native expectation calls unexpected, as Great Expectations counts them."""
    columns = expectation.columns
    if expectation.kind == "unique":
        named = ", ".join(columns)
        there = " or ".join(f"{column} is not null" for column in columns)
        return f"select {named} from {table} where {there} qualify count(*) over (partition by {named}) > 1"
    (column,) = columns
    if expectation.kind == "not_null":
        return f"select {column} from {table} where {column} is null"
    limits = (("<", expectation.minimum), (">", expectation.maximum))
    beyond = " or ".join(f"{column} {beyond} {limit}" for beyond, limit in limits if limit is not None)
    return f"select {column} from {table} where {beyond}"
