"""A model of the materialization `fixpoint`, built on a DuckDB connection as dbt builds it: round after round."""

import re

import duckdb

from orchestration.extracts.sources import DBT_PROJECT

_WHILE = re.compile(r"repeat_while='([^']+)'")


def condition(model: str) -> str:
    """What the model's `repeat_while` says."""
    (path,) = (DBT_PROJECT / "models").rglob(f"{model}.sql")
    found = _WHILE.search(path.read_text())
    assert found
    return found[1]


def build(
    connection: duckdb.DuckDBPyConnection, table: str, compiled: str, repeat_while: str, at_most: int = 50
) -> int:
    """Make `table` of the compiled model; returns the number of rounds after the first."""
    start, _, step = compiled.partition("\n;\n")
    connection.execute(f"create or replace table {table} as {start}")
    if not step:
        return 0
    for number in range(at_most):
        row = connection.execute(f"select count(*) from {table} where {repeat_while}").fetchone()
        if not row or not row[0]:
            return number
        connection.execute(f"create or replace temp table round as {step.replace('previous_round', table)}")
        connection.execute(f"create or replace table {table} as select * from round")
    raise AssertionError(f"{table}: not done after {at_most} rounds")
