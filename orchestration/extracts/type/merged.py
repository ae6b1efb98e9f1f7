"""Merged cells of a workbook: a name over several rows is the name of each, an amount over them is one amount."""

from collections.abc import Collection

import duckdb

from orchestration.extracts.read.table import READ_TABLE, ReadTable


def count_once(connection: duckdb.DuckDBPyConnection, read: ReadTable, measures: Collection[int]) -> None:
    """In columns of what is added up, empty the cells that a reader filled from the first of the merged ones."""
    for number in sorted({column for column, _ in read.repeated if column in measures}):
        lines = [line for column, line in read.repeated if column == number]
        connection.execute(f"update {READ_TABLE} set c{number} = null where _row in (select unnest(?))", [lines])
