"""Moments that are bare numbers.

Spreadsheets count days from 1900 (on old Macs from 1904): 46082.4375 is 2026-03-01 10:30. Programs count seconds or
milliseconds from 1970: 1773396300 is 2026-03-13 10:05 in UTC.
"""

import re

import duckdb

from orchestration.extracts.read.table import READ_TABLE
from orchestration.extracts.sql import literal, literals
from orchestration.extracts.type.changes import trimmed
from orchestration.extracts.type.values import epoch_sql
from orchestration.settings import Formats

SERIAL = r"[2-7]\d{4}(?:[.,]\d+)?"  # 1954 to 2119
EPOCH = r"1\d{9}(?:\d{3})?"  # 2001 to 2033


def read_numbers(
    connection: duckdb.DuckDBPyConnection, number: int, formats: Formats, from_1904: bool, may_be_epochs: bool
) -> None:
    """Write what all values of the column count as moments are written, only where all are such numbers.

    The first value that is there tells of most columns that they hold none.
    """
    cell = trimmed(number)
    one = connection.execute(f"select {cell} from {READ_TABLE} where {cell} <> '' limit 1").fetchone()
    first = one[0] if one else ""
    if re.fullmatch(SERIAL, first):
        pattern, written = SERIAL, _of_serial(cell, formats, from_1904)
    elif may_be_epochs and re.fullmatch(EPOCH, first):
        pattern, written = EPOCH, epoch_sql(cell)
    else:
        return
    nothing = literals({"", *(word.strip() for word in formats.null_values)})
    every = f"bool_and(regexp_full_match({cell}, '{pattern}') or {cell} in {nothing})"
    row = connection.execute(f"select {every} from {READ_TABLE}").fetchone()
    if row and row[0]:
        where = f"regexp_full_match({cell}, '{pattern}')"
        connection.execute(f"update {READ_TABLE} set c{number} = {written} where {where}")


def _of_serial(cell: str, formats: Formats, from_1904: bool) -> str:
    """The SQL of a day counted by a spreadsheet, as the file's dates are written."""
    days = f"try_cast(replace({cell}, ',', '.') as decimal(38, 9))"
    first = "1904-01-01" if from_1904 else "1899-12-30"
    moment = f"timestamp '{first}' + to_seconds(cast(round({days} * 86400) as bigint))"
    day, time = literal(formats.date or "%Y-%m-%d"), literal(formats.timestamp or "%Y-%m-%d %H:%M:%S")
    return f"case when {days} = floor({days}) then strftime({moment}, {day}) else strftime({moment}, {time}) end"
