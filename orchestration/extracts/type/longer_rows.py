"""Rows of a quarter among those of its months: they only add these up, as trackers kept by hand do."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

import duckdb

from orchestration.extracts.feed import Feed
from orchestration.extracts.read.table import READ_TABLE, ReadTable
from orchestration.extracts.sql import literals
from orchestration.extracts.type.changes import trimmed
from orchestration.extracts.type.money import decimal_sql
from orchestration.extracts.type.periods import Period
from orchestration.extracts.type.summaries import measures_of, names_of, without

_DAYS = ("date", "month", "start_date", "end_date")
_JUDGED = "temp.funnelmart_longer"


def leave_out_longer(
    connection: duckdb.DuckDBPyConnection,
    feed: Feed,
    read: ReadTable,
    columns: Mapping[str, int],
    known: Mapping[str, Period],
    cell: str,
) -> ReadTable:
    """Take out rows whose period holds those of other rows under the same names and whose numbers are their sums.

    `known` says of the texts of `cell` what they stand for; the first and last day stand in the last two columns. One
    whose numbers are not the sums counts, and is named in `doubts`. Months that are in no other row of their quarter
    leave it as it is.
    """
    longer = _longer(known)
    measures = measures_of(feed, read)
    if not longer or not measures:
        return read
    _judge(connection, feed, read, columns, longer, cell, measures)
    doubts = connection.execute(f"""
        select format('line {{}} ({{}}) holds {{}}, the rows of periods within it {{}}; it counts as a row', _row,
            chr(39) || text || chr(39), rtrim(rtrim(cast(v as varchar), '0'), '.'),
            rtrim(rtrim(cast(o as varchar), '0'), '.'))
        from {_JUDGED} where v is not null and parts > 0 and not is_out order by _row limit 5""").fetchall()
    read = replace(read, doubts=(*read.doubts, *(text for (text,) in doubts)))
    return without(connection, read, f"{read.row} in (select _row from {_JUDGED} where is_out)")


def _longer(known: Mapping[str, Period]) -> list[str]:
    """Texts of periods in which another one lies; those that begin on one day stand with the longest first."""
    periods = sorted({*known.values()}, key=lambda period: (period[0], -period[1].toordinal()))
    holding = {one for one, after in pairwise(periods) if after[1] <= one[1]}
    return [text for text, period in known.items() if period in holding]


def _judge(
    connection: duckdb.DuckDBPyConnection,
    feed: Feed,
    read: ReadTable,
    columns: Mapping[str, int],
    longer: list[str],
    cell: str,
    measures: tuple[int, ...],
) -> None:
    """Write into `_JUDGED` the rows of longer periods, the sums within them, and whether they only are these."""
    begin, end = len(read.header) - 2, len(read.header) - 1
    names = [columns[name] for name in names_of(feed.table) if name in columns and name not in _DAYS]
    alike = "".join(f" and lower(one.{n}) = lower(part.{n})" for n in (f"n{number}" for number in names))
    numbers = "".join(
        f", try_cast({decimal_sql(trimmed(n), feed.formats)} as decimal(38, 6)) as v{n}" for n in measures
    )
    sums = "".join(f", any_value(one.v{n}) as v{n}, sum(part.v{n}) as o{n}" for n in measures)
    equal = " and ".join(
        f"(v{n} is null or coalesce(abs(v{n} - o{n}), 1) <= greatest(0.01, least(0.005 * parts, 0.001 * abs(v{n}))))"
        for n in measures
    )
    filled = " or ".join(f"coalesce(v{n}, 0) <> 0" for n in measures)
    # what differs is shown, else the first number
    shown, other = (
        ", ".join([*(f"case when v{n} <> o{n} then {x}{n} end" for n in measures), *(f"{x}{n}" for n in measures)])
        for x in "vo"
    )
    connection.execute(f"""
        create or replace temp table {_JUDGED.rpartition(".")[2]} as
        with cells as (
            select {read.row} as _row, {cell} as text, {cell} in {literals(longer)} as is_longer,
                c{begin} as first_day, c{end} as last_day
                {"".join(f", {trimmed(n)} as n{n}" for n in names)}{numbers}
            from {READ_TABLE} where c{begin} is not null
        ), summed as (
            select one._row, any_value(one.text) as text,
                count(distinct part.first_day) as parts{sums}
            from cells as one
            left join cells as part
                on not part.is_longer and part.first_day >= one.first_day and part.last_day <= one.last_day{alike}
            where one.is_longer group by one._row
        ), compared as (
            select *, parts > 0 and ({equal}) and ({filled}) as is_sum from summed
        )
        select _row, text, parts, coalesce({shown}) as v, coalesce({other}) as o,
            is_sum and (parts > 1 or max(parts) filter (is_sum) over () > 1) as is_out
        from compared""")
