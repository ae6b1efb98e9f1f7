"""Numbers of weeks (`202614`) where months are expected: those up to 12 would be read, and wrongly."""

from collections.abc import Iterable

import duckdb

from orchestration.errors import ExtractError
from orchestration.extracts.sql import literal
from orchestration.extracts.type.columns import Reading
from orchestration.extracts.type.periods import are_weeks


def refuse_weeks(connection: duckdb.DuckDBPyConnection, read_as: Iterable[Reading], incoming: str) -> None:
    """Look at columns of months of which some can't be read whether these are numbers of weeks.

    Raises:
        ExtractError: 202614 stands among months, beside which 202602 is the second week.
    """
    for column in (reading.column for reading in read_as if reading.bad and reading.column.data_type == "month"):
        said = literal(rf'"column":"{column.name}","value":"(\d{{6}})"')
        found = connection.execute(f"""
            select distinct regexp_extract(_unreadable, {said}, 1) as number from {incoming}
            where _status = 'landed' and regexp_matches(_unreadable, {said}) order by number""").fetchall()
        if weeks := [number for (number,) in found if are_weeks([number])]:
            raise ExtractError(
                f"holds {weeks[0]!r} in {column.name!r}, which is a week of its year and no month, so others may be "
                "weeks as well: set formats.period to week, or export months"
            )
