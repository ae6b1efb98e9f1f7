"""A day or month that stands for a period becomes the period's first and last day."""

import re
from dataclasses import replace

import duckdb

from orchestration.errors import ExtractError
from orchestration.extracts.feed import Feed
from orchestration.extracts.read.table import READ_TABLE, ReadTable
from orchestration.extracts.sql import literal
from orchestration.extracts.type.changes import add_columns, distinct, put, trimmed
from orchestration.extracts.type.longer_rows import leave_out_longer
from orchestration.extracts.type.periods import YEAR_WEEK, are_weeks, days_of, month_first_in, period_of
from orchestration.extracts.type.values import canonical
from orchestration.settings import Formats

_MANY = 100_000


def spread(connection: duckdb.DuckDBPyConnection, feed: Feed, read: ReadTable, columns: dict[str, int]) -> ReadTable:
    """Two columns more, start_date and end_date, and no row that only adds up those of shorter periods.

    A value that can't be told stays where it is, to be refused.

    Raises:
        ExtractError: neither the settings nor the values say which of two numbers in a range is the day.
    """
    number = next((columns[name] for name in ("date", "month") if name in columns), None)
    if number is None or {"start_date", "end_date"} & set(columns) or feed.table.column("start_date") is None:
        return read
    cell, formats = trimmed(number), feed.formats
    month_first = _month_first(connection, cell, formats)
    day = canonical("v", "date", formats, "UTC", read.typed)
    query = f"select v, try_cast({day} as date) from (select distinct {cell} as v from {READ_TABLE}) where v <> ''"
    texts = connection.execute(query).fetchmany(_MANY)
    no_months = formats.period != "week" and are_weeks(text for text, _ in texts)
    known = {
        text: found
        for text, read_as in texts
        if not (no_months and re.fullmatch(YEAR_WEEK, text))
        and (found := period_of(text, read_as, str(formats.period), month_first))
    }
    width = len(read.header)
    add_columns(connection, width, width + 1)
    for part in (0, 1):
        put(connection, cell, {text: found[part].isoformat() for text, found in known.items()}, f"c{width + part}")
    read = replace(read, header=(*read.header, "start_date", "end_date"))
    read = leave_out_longer(connection, feed, read, columns, known, cell)
    connection.execute(f"update {READ_TABLE} set c{number} = null where c{width} is not null")
    if formats.date is not None:  # what was added is written as the file's own days are
        for added in (width, width + 1):
            way = f"strftime(cast(c{added} as date), {literal(formats.date)})"
            connection.execute(f"update {READ_TABLE} set c{added} = {way} where c{added} is not null")
    return read


def _month_first(connection: duckdb.DuckDBPyConnection, cell: str, formats: Formats) -> bool:
    """Whether ranges of days are written month first: as the declared format says, else as the ranges prove."""
    if declared := re.match(r"%-?([dm])", formats.date or ""):
        return declared[1] == "m"
    ranges = [text for text in distinct(connection, cell) if days_of(text)]
    if (proved := month_first_in(ranges)) is None:
        raise ExtractError(
            f"holds ranges of days that may be day or month first, such as {ranges[0]!r}: "
            "set formats.date to %d/%m/%Y or %m/%d/%Y"
        )
    return proved
