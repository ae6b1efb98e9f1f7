"""The cells of a file, looked at once: only columns that need it are trimmed or read the elaborate way."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import duckdb

from orchestration.extracts.feed import Feed
from orchestration.extracts.read import header
from orchestration.extracts.read.header import position
from orchestration.extracts.read.table import READ_TABLE, ReadTable
from orchestration.extracts.source_specs import ColumnSpec
from orchestration.extracts.sql import identifier, literal, literals
from orchestration.extracts.type.quick import quick
from orchestration.extracts.type.values import EDGE, WHITESPACE

_NOTHING_ELSE: Mapping[str, str] = {}
_FIRST = 10_000  # rows that tell how most columns are written


@dataclass(frozen=True)
class Cells:
    """Which columns of the file are used, which of them are trimmed, which raw columns are read elaborately.

    `believed` are the raw columns that the quick way reads in the first rows, with how many values they have in all.
    """

    used: tuple[int, ...]
    trimmed: frozenset[int]
    elaborate: frozenset[str]
    null_words: tuple[str, ...]
    believed: Mapping[str, int] = field(default_factory=dict)

    def select(self, relation: str, also: Mapping[str, str] = _NOTHING_ELSE) -> str:
        """The SQL of the cells `f<n>` of a relation with columns `c<n>`: null where empty or a word for nothing.

        `also`: name -> SQL of what else is selected.
        """
        words = literals(self.null_words)
        cells = [(n, _trimmed(n) if n in self.trimmed else f"nullif(c{n}, '')") for n in self.used]
        others = [f"{value} as {name}" for name, value in also.items()]
        inner = f"select {', '.join([*others, *(f'{cell} as f{n}' for n, cell in cells)])} from {relation}"
        if not self.null_words:
            return inner
        outer = [*also, *(f"case when f{n} not in {words} then f{n} end as f{n}" for n in self.used)]
        return f"select {', '.join(outer)} from ({inner})"


def look(connection: duckdb.DuckDBPyConnection, feed: Feed, mapping: header.Mapping, read: ReadTable) -> Cells:
    """Look through the file's columns: which have something to trim, which values the quick way leaves unread.

    By the first rows alone, where what is left unread shows in the raw column, too: nothing is read twice for it.
    """
    wheres = (number for number, _, _ in where_columns(feed, mapping))
    used = tuple(sorted({*mapping.columns.values(), *mapping.extras.values(), *wheres}))
    words = tuple(sorted({word.strip() for word in feed.formats.null_values} - {""}))
    plain = Cells(used, frozenset(), frozenset(), words)
    typed = {name: n for name, n in mapping.columns.items() if _column(feed, name).data_type != "text"}
    quickly = {name: _quick(feed, name, n, read) for name, n in typed.items()}
    others = sorted(set(used) - set(typed.values()) | set(wheres))
    with_edge = _with_edge(connection, plain, others)
    ways = {name: (f"f{typed[name]}", way) for name, way in quickly.items() if way}
    unread = _unread(connection, plain, ways, f"(select * from {READ_TABLE} limit {_FIRST})")
    hidden = {name: way for name, way in ways.items() if name in feed.all_defaults}  # the default stands in its place
    unread |= _unread(connection, plain, {name: way for name, way in hidden.items() if name not in unread})
    elaborate = {name for name, way in quickly.items() if not way or name in unread}
    elaborate |= {name for name in mapping.columns if name in feed.values}
    trimmed = with_edge | {typed[name] for name in elaborate if name in typed}
    believed = [name for name in ways if name not in elaborate | hidden.keys() and name not in feed.constants]
    values = _row(connection, plain, (f"count(f{typed[name]})" for name in believed))
    return Cells(used, frozenset(trimmed), frozenset(elaborate), words, dict(zip(believed, values, strict=True)))


def disbelieved(connection: duckdb.DuckDBPyConnection, cells: Cells, mapping: header.Mapping, incoming: str) -> Cells:
    """The cells with those columns read elaborately of which `incoming` lacks values; the same where it lacks none."""
    listed = ", ".join(f"count({identifier(name)})" for name in cells.believed)
    row = connection.execute(f"select {listed} from {incoming}").fetchone() if listed else None
    there = dict(zip(cells.believed, row or (), strict=True))
    lacking = {name for name, values in cells.believed.items() if there[name] < values}
    if not lacking:
        return cells
    return replace(
        cells,
        trimmed=cells.trimmed | {mapping.columns[name] for name in lacking},
        elaborate=cells.elaborate | lacking,
        believed={name: values for name, values in cells.believed.items() if name not in lacking},
    )


def _with_edge(connection: duckdb.DuckDBPyConnection, cells: Cells, numbers: Sequence[int]) -> set[int]:
    """Numbers of the columns in which a value begins or ends with something to trim.

    The least and the greatest first and last characters tell of most columns that there is none.
    """
    bounds = (f"min(f{n}), max(f{n}), min(f{n}[-1]), max(f{n}[-1])" for n in numbers)
    row = _row(connection, cells, bounds)
    found = [row[start : start + 4] for start in range(0, len(row), 4)]
    doubtful = [n for n, of_column in zip(numbers, found, strict=True) if not _is_visible(*of_column)]
    row = _row(connection, cells, (f"bool_or(regexp_matches(f{n}, {literal(f'^{EDGE}|{EDGE}$')}))" for n in doubtful))
    return {n for n, has_edge in zip(doubtful, row, strict=True) if has_edge}


def _is_visible(least: str | None, greatest: str, least_last: str, greatest_last: str) -> bool:
    """Whether all values begin and end with visible characters of ASCII."""
    return least is None or (least >= "!" and greatest < "\x7f" and least_last >= "!" and greatest_last < "\x7f")


def _unread(
    connection: duckdb.DuckDBPyConnection, cells: Cells, ways: Mapping[str, tuple[str, str]], rows: str = READ_TABLE
) -> set[str]:
    """Which of the columns (name -> cell, how it is read) have values that are not read."""
    row = _row(connection, cells, (f"count({cell}) > count({way})" for cell, way in ways.values()), rows)
    return {name for name, has_unread in zip(ways, row, strict=True) if has_unread}


def _row(
    connection: duckdb.DuckDBPyConnection, cells: Cells, aggregates: Iterable[str], rows: str = READ_TABLE
) -> tuple[Any, ...]:
    """One row of aggregates over the cells of `rows`; none asked, none given."""
    listed = ", ".join(aggregates)
    row = connection.execute(f"select {listed} from ({cells.select(rows)})").fetchone() if listed else None
    return row or ()


def filled_blanks(connection: duckdb.DuckDBPyConnection, read: ReadTable) -> list[int]:
    """The nameless columns that do hold values."""
    blank = [number for number, name in enumerate(read.header) if not name.strip()]
    if not blank:
        return []
    filled = ", ".join(f"bool_or(trim(c{number}, {WHITESPACE}) <> '')" for number in blank)
    row = connection.execute(f"select {filled} from {READ_TABLE}").fetchone() or ()
    return [number for number, is_filled in zip(blank, row, strict=True) if is_filled]


def where_columns(feed: Feed, mapping: header.Mapping) -> Iterator[tuple[int, str, list[str]]]:
    """Number of each column that rows are filtered by, `` or `not `, and the values."""
    for negation, conditions in (("", feed.where), ("not ", feed.where_not)):
        for name, values in conditions.items():
            number = position(mapping.names, name)
            if number is not None:
                yield number, negation, values


def _trimmed(number: int) -> str:
    """Trimmed, null where nothing is left. To look first whether there is something to trim is four times faster."""
    edge = rf"regexp_matches(c{number}, '^{EDGE}|{EDGE}$')"
    return f"case when {edge} then nullif(trim(c{number}, {WHITESPACE}), '') else nullif(c{number}, '') end"


def _quick(feed: Feed, name: str, number: int, read: ReadTable) -> str | None:
    column = _column(feed, name)
    return quick(f"f{number}", column, feed.formats, column.timezone or feed.timezone, read.typed)


def _column(feed: Feed, name: str) -> ColumnSpec:
    column = feed.table.column(name)
    assert column is not None
    return column
