"""What every reader gives back: a temporary table of text, and where its columns and its line numbers come from."""

from collections.abc import Iterable, Sequence, Sized
from dataclasses import dataclass
from itertools import islice

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from orchestration.extracts.limits import check_cell

READ_TABLE = "temp.funnelmart_read"
BATCH = 50_000


@dataclass(frozen=True)
class ReadTable:
    """A file as text. Column i of `header` is column `c<i>` of the temporary table, untrimmed, '' where empty.

    `row` is the SQL of the line number; `overflow` the SQL of what a row has beyond its header, null where nothing.
    `typed`: values were rendered by the reader (cells, JSON, Parquet), so ISO dates and times are right besides the
    declared formats. `totals` is the number of rows taken out since they only add up others; `doubts` name those that
    call themselves totals but add up nothing. `currency_doubt` says where amounts bear another currency than given.
    `repeated` are the cells, by column and line, that say again what the first of merged cells says. `currencies` are
    the signs, by column, that stand beside none of its numbers but in their formats. `from_1904`: days that are bare
    numbers are counted from 1904, else from 1900.
    """

    header: tuple[str, ...]
    row: str = "_row"
    overflow: str = "_overflow"
    typed: bool = False
    format: str = "csv"
    encoding: str | None = None
    delimiter: str | None = None
    totals: int = 0
    doubts: tuple[str, ...] = ()
    currency_doubt: str | None = None
    repeated: tuple[tuple[int, int], ...] = ()
    currencies: tuple[tuple[int, str], ...] = ()
    from_1904: bool = False


def create_read_table(connection: duckdb.DuckDBPyConnection, columns: int) -> None:
    """An empty temporary table for `columns` columns, line number and overflow."""
    cells = "".join(f", c{i} varchar" for i in range(columns))
    connection.execute(f"create or replace temp table {READ_TABLE} (_row bigint, _overflow varchar{cells})")


def fill_read_table(
    connection: duckdb.DuckDBPyConnection, columns: int | Sized, rows: Iterable[tuple[int, Sequence[str | None]]]
) -> None:
    """Insert (line number, fields): short rows get trailing nulls, what is too long goes to the overflow.

    `columns`: how many there are, or what is that long and may grow while rows are read; the table grows with it.
    """
    rows = iter(rows)
    batch = list(islice(rows, BATCH))
    there = _count(columns)
    create_read_table(connection, there)
    while batch:
        there = _widen(connection, there, _count(columns))
        _insert(connection, there, batch)
        batch = list(islice(rows, BATCH))
    _widen(connection, there, _count(columns))


def _count(columns: int | Sized) -> int:
    return columns if isinstance(columns, int) else len(columns)


def _widen(connection: duckdb.DuckDBPyConnection, there: int, wanted: int) -> int:
    for number in range(there, wanted):
        connection.execute(f"alter table {READ_TABLE} add column c{number} varchar")
    return wanted


def _insert(
    connection: duckdb.DuckDBPyConnection, columns: int, batch: Sequence[tuple[int, Sequence[str | None]]]
) -> None:
    schema = pa.schema(
        [("_row", pa.int64()), ("_overflow", pa.string()), *((f"c{i}", pa.string()) for i in range(columns))]
    )
    cells = list(zip(*(_fitted(fields, columns) for _, fields in batch), strict=True)) if columns else []
    overflow = [
        "\x1f".join(f or "" for f in fields[columns:]) if len(fields) > columns else None for _, fields in batch
    ]
    arrays = [[number for number, _ in batch], overflow, *cells]
    table = pa.table([pa.array(a, t.type) for a, t in zip(arrays, schema, strict=True)], schema=schema)
    check_cell(max((pc.max(pc.binary_length(column)).as_py() or 0 for column in table.columns[1:]), default=0))
    connection.register("funnelmart_batch", table)
    connection.execute(f"insert into {READ_TABLE} select * from funnelmart_batch")
    connection.unregister("funnelmart_batch")


def _fitted(fields: Sequence[str | None], columns: int) -> Sequence[str | None]:
    if len(fields) == columns:
        return fields
    return [*fields[:columns], *([None] * (columns - len(fields)))]
