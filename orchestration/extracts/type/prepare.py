"""A file as read -> the rows of the raw table, in one pass of SQL: trimmed, mapped, canonical, each with its fate."""

from dataclasses import dataclass

import duckdb

from orchestration.extracts.feed import Feed
from orchestration.extracts.read.header import Mapping, map_header, position
from orchestration.extracts.read.table import READ_TABLE, ReadTable
from orchestration.extracts.sources import ColumnSpec
from orchestration.extracts.sql import identifier, literal, literals
from orchestration.extracts.type.values import EDGE, EXPECTED, TOO_LARGE, WHITESPACE, canonical

INCOMING = "temp.funnelmart_incoming"


@dataclass(frozen=True)
class Prepared:
    """The temporary table of incoming rows: its value columns, those that no declaration names, those that are given.

    Each row has a `_status` (landed, empty, filtered, refused, duplicate), `_row`, `_row_hash` and `_unreadable`.
    """

    columns: tuple[str, ...]
    extras: tuple[str, ...]
    filled: frozenset[str]


def prepare(connection: duckdb.DuckDBPyConnection, feed: Feed, read: ReadTable) -> Prepared:
    """Build the incoming rows of one file from the table that a reader filled.

    Raises:
        ExtractError: required columns are missing.
    """
    mapping = map_header(feed, read.header, _filled_blanks(connection, read))
    filled = frozenset({*mapping.columns, *feed.constants, *_defaults(feed)})
    declared = [column for column in feed.table.columns if column.name in filled | _compared(feed)]
    declared = [column for column in declared if column.name not in mapping.generated_ids]
    extras = tuple(sorted(mapping.extras, key=str.lower))
    columns = (*(column.name for column in declared), *extras)
    used = sorted({*mapping.columns.values(), *mapping.extras.values(), *_where_columns(feed, mapping)})
    # A column that the file lacks hashes like an empty one: equal rows are equal in whatever file they come.
    everywhere = (*(column.name for column in feed.table.columns), *extras)
    hashed = ", ".join(f"coalesce({identifier(name)}, '')" if name in columns else "''" for name in everywhere)
    ids = ", ".join(
        f"left(_row_hash, 16) || '-' || row_number() over (partition by _row_hash, _status order by _row) "
        f"as {identifier(name)}"
        for name in mapping.generated_ids
    )
    connection.execute(f"""
        create or replace temp table {INCOMING} as
        with trimmed as (
            select {read.row} as _row, {read.overflow} as _overflow{"".join(f", {_trimmed(n)} as f{n}" for n in used)}
            from {READ_TABLE}
        ), read as (
            {_without_nulls(feed, used)}
        ), judged as (
            select *, case when _overflow is not null then 'refused'
                when coalesce({", ".join(f"f{n}" for n in used)}) is null then 'empty'
                when not ({_conditions(feed, mapping)}) then 'filtered' else 'landed' end as _status
            from read
        ), typed as (
            select _row, _overflow, _status,
                {", ".join(_typed(feed, column, mapping, read) for column in declared)}
                {"".join(f", f{mapping.extras[name]} as {identifier(name)}" for name in extras)}
            from judged
        ), named as (
            select _row, _overflow, _status,
                {", ".join(_final(feed, column, mapping) for column in declared)}
                {"".join(f", {identifier(name)}" for name in extras)},
                {_unreadable(feed, declared, mapping)} as _unreadable
            from typed
        ), hashed as (
            select *, md5(concat_ws(chr(31), {hashed})) as _row_hash from named
        )
        select * {f", {ids}" if ids else ""} from hashed""")
    if feed.drop_duplicates:
        _mark_duplicates(connection)
    return Prepared((*columns, *mapping.generated_ids), extras, filled)


def _defaults(feed: Feed) -> dict[str, str]:
    """The sheet's defaults, and its currency where a row names none."""
    if feed.is_sheet and feed.currency and feed.table.column("currency"):
        return {"currency": feed.currency, **feed.defaults}
    return feed.defaults


def _compared(feed: Feed) -> frozenset[str]:
    """Columns that rows are compared by when a newer extract replaces an older one, filled or not."""
    slices = feed.table.replace_by if isinstance(feed.table.replace_by, tuple) else ()
    return frozenset({*feed.table.key, *slices, *([feed.table.newest_by] if feed.table.newest_by else [])})


def _mark_duplicates(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute(f"""
        update {INCOMING} set _status = 'duplicate' where _status = 'landed' and rowid not in (
            select min(rowid) from {INCOMING} where _status = 'landed' group by _row_hash)""")


def _filled_blanks(connection: duckdb.DuckDBPyConnection, read: ReadTable) -> list[int]:
    blank = [number for number, name in enumerate(read.header) if not name.strip()]
    if not blank:
        return []
    filled = ", ".join(f"bool_or(trim(c{number}, {WHITESPACE}) <> '')" for number in blank)
    row = connection.execute(f"select {filled} from {READ_TABLE}").fetchone() or ()
    return [number for number, is_filled in zip(blank, row, strict=True) if is_filled]


def _trimmed(number: int) -> str:
    """Trimmed, null where nothing is left. To look first whether there is something to trim is four times faster."""
    edge = rf"regexp_matches(c{number}, '^{EDGE}|{EDGE}$')"
    return f"case when {edge} then nullif(trim(c{number}, {WHITESPACE}), '') else nullif(c{number}, '') end"


def _without_nulls(feed: Feed, used: list[int]) -> str:
    """The file's own words for nothing as null."""
    words = sorted({word.strip() for word in feed.formats.null_values} - {""})
    if not words:
        return "select * from trimmed"
    cells = "".join(f", case when f{n} not in {literals(words)} then f{n} end as f{n}" for n in used)
    return f"select _row, _overflow{cells} from trimmed"


def _where_columns(feed: Feed, mapping: Mapping) -> list[int]:
    numbers = [position(mapping.names, name) for name in (*feed.where, *feed.where_not)]
    return [number for number in numbers if number is not None]


def _conditions(feed: Feed, mapping: Mapping) -> str:
    """Conditions on the file's own columns; an empty value is written '' in the settings. Rows of totals fail them."""
    tests = ["true"]
    if feed.table.totals and 0 in {*mapping.columns.values(), *mapping.extras.values()}:
        sums = " or ".join(f"starts_with(f0, {literal(beginning)})" for beginning in feed.table.totals)
        tests.append(f"not coalesce({sums}, false)")
    for negation, conditions in (("", feed.where), ("not ", feed.where_not)):
        for name, values in conditions.items():
            number = position(mapping.names, name)
            tests.append(f"coalesce(f{number}, '') {negation}in {literals(value.strip() for value in values)}")
    return " and ".join(tests)


def _typed(feed: Feed, column: ColumnSpec, mapping: Mapping, read: ReadTable) -> str:
    """Two columns: `w_…` as written, `n_…` canonical. What the settings mean by a value is canonical already."""
    name = column.name
    if name in feed.constants or name not in mapping.columns:
        given = literal(feed.constants.get(name))
        return f"{literal(None)} as {identifier('w_' + name)}, {given} as {identifier('n_' + name)}"
    written = f"f{mapping.columns[name]}"
    renamed = feed.values.get(name, {})
    if emptied := [value.strip() for value, meant in renamed.items() if not meant.strip()]:
        written = f"case when {written} not in {literals(emptied)} then {written} end"
    read_as = canonical(written, column.data_type, feed.formats, column.timezone or feed.timezone, read.typed)
    if meant_by := {value.strip(): meant.strip() for value, meant in renamed.items() if meant.strip()}:
        keys = ", ".join(literal(value) for value in meant_by)
        meanings = ", ".join(literal(meant) for meant in meant_by.values())
        read_as = f"coalesce(map([{keys}], [{meanings}])[{written}], {read_as})"
    return f"{written} as {identifier('w_' + name)}, {read_as} as {identifier('n_' + name)}"


def _final(feed: Feed, column: ColumnSpec, mapping: Mapping) -> str:
    written, read_as = identifier("w_" + column.name), identifier("n_" + column.name)
    default = _defaults(feed).get(column.name)
    ways = [read_as, written, *([literal(default)] if default is not None else [])]
    return f"coalesce({', '.join(ways)}) as {identifier(column.name)}"


def _unreadable(feed: Feed, declared: list[ColumnSpec], mapping: Mapping) -> str:
    """A JSON list of the values that could not be read, null where there is none."""
    checked = [
        c for c in declared if c.data_type != "text" and c.name in mapping.columns and c.name not in feed.constants
    ]
    if not checked:
        return literal(None)
    bad = {c: f"({identifier('w_' + c.name)} is not null and {_held(c)} is null)" for c in checked}
    found = ", ".join(
        f"case when {test} then {{'column': {literal(c.name)}, 'value': {identifier('w_' + c.name)}, "
        f"'reason': case when {identifier('n_' + c.name)} is not null then {literal(TOO_LARGE)} "
        f"else {literal(f'no readable {EXPECTED[c.data_type]}')} end}} end"
        for c, test in bad.items()
    )
    listed = f"cast(to_json(list_filter([{found}], x -> x is not null)) as varchar)"
    return f"case when {' or '.join(bad.values())} then {listed} end"


def _held(column: ColumnSpec) -> str:
    """The value as staging will hold it: a number too large for its type would become null there."""
    read_as = identifier("n_" + column.name)
    return f"try_cast({read_as} as {column.number_type})" if column.number_type else read_as
