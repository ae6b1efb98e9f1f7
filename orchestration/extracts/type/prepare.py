"""A file as read -> the rows of the raw table: trimmed, mapped, typed, each with its fate."""

from dataclasses import dataclass

import duckdb

from orchestration.extracts.feed import ROW_KEY, Feed
from orchestration.extracts.read.header import Mapping, map_header
from orchestration.extracts.read.table import READ_TABLE, ReadTable
from orchestration.extracts.sql import identifier, literal, literals
from orchestration.extracts.type.cells import Cells, disbelieved, filled_blanks, look, where_columns
from orchestration.extracts.type.columns import Reading, readings
from orchestration.extracts.type.second_table import refuse_second_table
from orchestration.extracts.type.turned_days import refuse_turned_days
from orchestration.extracts.type.week_numbers import refuse_weeks

INCOMING = "temp.funnelmart_incoming"


@dataclass(frozen=True)
class Prepared:
    """The temporary table of incoming rows: its value columns, those that no declaration names, those that are given.

    Each row has a `_status` (landed, empty, filtered, refused, duplicate), `_row`, `_row_hash` and `_unreadable`.
    `_row_hash` is null where no rule compares whole rows.
    """

    columns: tuple[str, ...]
    extras: tuple[str, ...]
    filled: frozenset[str]


def prepare(connection: duckdb.DuckDBPyConnection, feed: Feed, read: ReadTable) -> Prepared:
    """Build the incoming rows of one file from the table that a reader filled.

    The columns are looked at first: what the quick way can't read, and what has blanks around it, is read elaborately.
    What shows only then is read once more.

    Raises:
        ExtractError: required columns are missing, another table begins below the first, days stand the other way
            round than declared, or weeks stand where months are expected.
    """
    mapping = map_header(feed, read.header, filled_blanks(connection, read))
    filled = frozenset({*mapping.columns, *feed.constants, *feed.all_defaults})
    declared = [column for column in feed.table.columns if column.name in filled | _compared(feed)]
    declared = [column for column in declared if column.name not in mapping.generated_ids]
    extras = tuple(sorted(mapping.extras, key=str.lower))
    cells, known = look(connection, feed, mapping, read), None
    while cells != known:  # once more where the first rows were no example of the others
        read_as = readings(feed, declared, mapping, read, cells)
        connection.execute(_incoming(feed, mapping, read, cells, read_as, extras))
        known, cells = cells, disbelieved(connection, cells, mapping, INCOMING)
    if any(reading.bad for reading in read_as):  # else each value is known to be readable
        refuse_turned_days(connection, feed, mapping, read, INCOMING)
        refuse_weeks(connection, read_as, INCOMING)
        if feed.is_sheet:
            refuse_second_table(connection, read, INCOMING)
    if feed.drop_duplicates:
        _mark_duplicates(connection)
    columns = (*(column.name for column in declared), *extras, *mapping.generated_ids)
    return Prepared(columns, extras, filled)


def _incoming(
    feed: Feed, mapping: Mapping, read: ReadTable, cells: Cells, read_as: list[Reading], extras: tuple[str, ...]
) -> str:
    hashed = _hashed(feed, mapping, read_as, extras)
    ids = "".join(
        f", left(_row_hash, 16) || '-' || row_number() over (partition by _row_hash, _status order by _row) "
        f"as {identifier(name)}"
        for name in mapping.generated_ids
    )
    more = "".join(f", f{mapping.extras[name]} as {identifier(name)}" for name in extras)
    kept = "".join(f", {identifier(name)}" for name in extras)
    return f"""
        create or replace temp table {INCOMING} as
        with cells as (
            {cells.select(READ_TABLE, {"_row": read.row, "_overflow": read.overflow})}
        ), judged as (
            select *, case when _overflow is not null then 'refused'
                when coalesce({", ".join(f"f{n}" for n in cells.used)}) is null then 'empty'
                when not ({_conditions(feed, mapping)}) then 'filtered' else 'landed' end as _status
            from cells
        ), written as (
            select *{"".join(f", {reading.written}" for reading in read_as if reading.written)} from judged
        ), spelled as (
            select *{"".join(f", {reading.spelled}" for reading in read_as if reading.spelled)} from written
        ), typed as (
            select *{"".join(f", {reading.value} as {reading.held}" for reading in read_as)} from spelled
        ), named as (
            select _row, _overflow, _status{"".join(f", {reading.final}" for reading in read_as)}{more},
                {_unreadable(read_as)} as _unreadable, {hashed or literal(None)} as _row_hash
            from typed
        )
        select _row, _overflow, _status{"".join(f", {identifier(r.column.name)}" for r in read_as)}{kept},
            _unreadable, _row_hash{ids}
        from named"""


def _hashed(feed: Feed, mapping: Mapping, read_as: list[Reading], extras: tuple[str, ...]) -> str | None:
    """The hash of a row's canonical texts, where a rule needs it: it tells rows without a key, and breaks ties.

    A column that the file lacks hashes like an empty one: equal rows are equal in whatever file they come.
    """
    table = feed.table
    ties = table.replace_by == "key" and table.newest_by
    if not (table.key == ROW_KEY or ties or mapping.generated_ids or feed.drop_duplicates):
        return None
    texts = {reading.column.name: reading.hashed for reading in read_as}
    texts |= {name: f"f{mapping.extras[name]}" for name in extras}
    everywhere = (*(column.name for column in table.columns), *extras)
    listed = ", ".join(f"coalesce({texts[name]}, '')" if name in texts else "''" for name in everywhere)
    return f"md5(concat_ws(chr(31), {listed}))"


def _compared(feed: Feed) -> frozenset[str]:
    """Columns that rows are compared by when a newer extract replaces an older one, filled or not."""
    slices = feed.table.replace_by if isinstance(feed.table.replace_by, tuple) else ()
    return frozenset({*feed.table.key, *slices, *([feed.table.newest_by] if feed.table.newest_by else [])})


def _mark_duplicates(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute(f"""
        update {INCOMING} set _status = 'duplicate' where _status = 'landed' and rowid not in (
            select min(rowid) from {INCOMING} where _status = 'landed' group by _row_hash)""")


def _conditions(feed: Feed, mapping: Mapping) -> str:
    """Conditions on the file's own columns; an empty value is written '' in the settings."""
    tests = ["true"]
    for number, negation, values in where_columns(feed, mapping):
        tests.append(f"coalesce(f{number}, '') {negation}in {literals(value.strip() for value in values)}")
    return " and ".join(tests)


def _unreadable(read_as: list[Reading]) -> str:
    """A JSON list of the values that could not be read, null where there is none."""
    checked = [reading for reading in read_as if reading.bad]
    if not checked:
        return literal(None)
    found = ", ".join(f"case when {reading.bad} then {reading.problem} end" for reading in checked)
    listed = f"cast(to_json(list_filter([{found}], x -> x is not null)) as varchar)"
    return f"case when {' or '.join(reading.bad for reading in checked if reading.bad)} then {listed} end"
