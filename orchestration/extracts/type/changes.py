"""Changes to the cells that a reader filled, before they are typed."""

from collections.abc import Iterable

import duckdb

from orchestration.extracts.read.table import READ_TABLE
from orchestration.extracts.sql import literal

_MANY = 100_000  # distinct values of a column that are looked at one by one


def trimmed(number: int) -> str:
    """The SQL of a cell without blanks around it, '' where it is empty."""
    return f"trim(coalesce(c{number}, ''))"


def distinct(connection: duckdb.DuckDBPyConnection, expression: str) -> list[str]:
    """The values of an expression over all rows, '' left out."""
    query = f"select distinct {expression} as v from {READ_TABLE} where {expression} <> '' order by 1"
    return [row[0] for row in connection.execute(query).fetchmany(_MANY)]


def add_columns(connection: duckdb.DuckDBPyConnection, *numbers: int) -> None:
    """Append empty columns of these numbers."""
    for number in numbers:
        connection.execute(f"alter table {READ_TABLE} add column c{number} varchar")


def put(
    connection: duckdb.DuckDBPyConnection, expression: str, meant: dict[str, str], target: str, where: str = "true"
) -> None:
    """Put into the column `target` what each value of the expression means."""
    if not meant:
        return
    keys, values = (_listed(texts) for texts in (meant, meant.values()))
    connection.execute(
        f"update {READ_TABLE} set {target} = map([{keys}], [{values}])[{expression}] "
        f"where {expression} in ({keys}) and {where}"
    )


def _listed(texts: Iterable[str]) -> str:
    return ", ".join(map(literal, texts))
