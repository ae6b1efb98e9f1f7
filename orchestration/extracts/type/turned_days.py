"""An export whose days stand the other way round than the settings say: half of them would be read, and wrongly."""

import duckdb

from orchestration.errors import ExtractError
from orchestration.extracts.feed import Feed
from orchestration.extracts.read.header import Mapping
from orchestration.extracts.read.table import READ_TABLE, ReadTable
from orchestration.extracts.sql import literal
from orchestration.extracts.type.changes import trimmed
from orchestration.extracts.type.clock_words import spaced
from orchestration.extracts.type.declared import declared_sql


def refuse_turned_days(
    connection: duckdb.DuckDBPyConnection, feed: Feed, mapping: Mapping, read: ReadTable, incoming: str
) -> None:
    """Look at columns of days of which some can't be read whether those can with day and month changed for each other.

    Where a value proves the declared order, too, the file mixes both: then only rows that can't be read are refused.

    Raises:
        ExtractError: 13/03/2026 stands among days that would be read month first, and nothing proves that they are.
    """
    for column in feed.table.columns:
        number = mapping.columns.get(column.name)
        if number is None or column.data_type not in ("date", "timestamp", "month") or column.name in feed.constants:
            continue
        said = literal(f'"column":"{column.name}"')
        unread = f"select 1 from {incoming} where _unreadable is not null and contains(_unreadable, {said}) limit 1"
        for declared in _turnable(feed):
            if connection.execute(unread).fetchone() is None:
                break
            other, cell = _turned(declared), spaced(trimmed(number), column.data_type)
            as_said, as_turned = (f"{declared_sql(cell, one)} is not null" for one in (declared, other))
            odd, proofs = connection.execute(f"""
                select min({cell}) filter ({as_turned} and not {as_said}),
                    count(*) filter ({as_said} and not {as_turned}) from {READ_TABLE}""").fetchone() or (None, 0)
            if odd is not None and not proofs:
                raise ExtractError(
                    f"holds {odd!r} in {read.header[number]!r}, which is no {declared} but {other}, and no value "
                    "proves the former: others would be read with day and month changed; set formats.date or "
                    "formats.timestamp"
                )


def _turnable(feed: Feed) -> list[str]:
    return [one for one in (feed.formats.date, feed.formats.timestamp) if one and "%m" in one and "%d" in one]


def _turned(declared: str) -> str:
    return declared.translate(str.maketrans("dm", "md"))
