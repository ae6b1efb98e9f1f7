"""Days counted from 1900 (on old Macs from 1904), as spreadsheets keep them: 46082.4375 is 2026-03-01 10:30."""

import re

import duckdb

from orchestration.extracts.read.table import READ_TABLE
from orchestration.extracts.sql import literal
from orchestration.extracts.type.changes import trimmed
from orchestration.settings import Formats

SERIAL = r"[2-7]\d{4}(?:[.,]\d+)?"  # 1954 to 2119


def read_serials(connection: duckdb.DuckDBPyConnection, number: int, formats: Formats, from_1904: bool) -> None:
    """Write them as the file's dates are written, only where all values of the column are such numbers."""
    cell = trimmed(number)
    one = connection.execute(f"select {cell} from {READ_TABLE} where {cell} <> '' limit 1").fetchone()
    if one is None or not re.fullmatch(SERIAL, one[0]):
        return
    nothing = ", ".join(literal(word.strip()) for word in {"", *formats.null_values})
    every = f"bool_and(regexp_full_match({cell}, '{SERIAL}') or {cell} in ({nothing}))"
    row = connection.execute(f"select {every} from {READ_TABLE}").fetchone()
    if not row or not row[0]:
        return
    days = f"try_cast(replace({cell}, ',', '.') as decimal(38, 9))"
    first = "1904-01-01" if from_1904 else "1899-12-30"
    moment = f"timestamp '{first}' + to_seconds(cast(round({days} * 86400) as bigint))"
    day, time = literal(formats.date or "%Y-%m-%d"), literal(formats.timestamp or "%Y-%m-%d %H:%M:%S")
    written = f"case when {days} = floor({days}) then strftime({moment}, {day}) else strftime({moment}, {time}) end"
    connection.execute(f"update {READ_TABLE} set c{number} = {written} where regexp_full_match({cell}, '{SERIAL}')")
