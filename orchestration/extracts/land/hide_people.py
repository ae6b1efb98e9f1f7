"""People who stand in other columns than their own are hidden before anything reads the rows.

Raw keeps the columns that are declared as a person's, for the hashes; in every other text there are pseudonyms. Staff
is shown. Values are looked at as sets: a cheap condition finds the few that may be people, only these are read.
"""

from collections.abc import Iterable

import duckdb
import pyarrow as pa

from orchestration.extracts.feed import Feed
from orchestration.extracts.source_specs import ColumnSpec, TableSpec
from orchestration.extracts.sql import identifier, literal
from orchestration.extracts.type.erased import PREFIX
from orchestration.extracts.type.in_text import (
    MAY_BE_EMAIL,
    MAY_BE_PHONE,
    MAY_BE_PHONE_IN_PAGE,
    MAY_BE_PHONE_WITHIN,
    customer,
    is_several_words,
    without_people,
)
from orchestration.extracts.type.prepare import INCOMING, Prepared
from orchestration.extracts.type.urls import cut, holds_pages, says_more

CUSTOMER, PERSON = "customer_id", "person_id"


def hide_people(connection: duckdb.DuckDBPyConnection, feed: Feed, prepared: Prepared) -> None:
    """Put pseudonyms into the incoming rows, and shorten the addresses of web pages."""
    columns = [column for column in searched(feed.table) if column.name in prepared.filled]
    _cut_pages(connection, [column.name for column in columns if holds_pages(column.name)])
    found = _suspects(connection, feed, columns)
    for column in columns:
        shown = {value: _shown(feed, column.name, value) for value in found.get(column.name, ())}
        replace_values(connection, INCOMING, column.name, {k: v for k, v in shown.items() if k != v})


def searched(table: TableSpec) -> list[ColumnSpec]:
    """The columns in which people may stand who don't belong there: texts but those of people and of staff."""
    return [
        column
        for column in table.columns
        if column.raw_type == "varchar" and not column.personal and not table.is_staff(column.name)
    ]


def is_key(table: TableSpec, column: str) -> bool:
    """Whether a column holds ids: what they look like says little."""
    return column in table.key or column == "id" or column.endswith("_id")


def replace_values(connection: duckdb.DuckDBPyConnection, relation: str, column: str, shown: dict[str, str]) -> None:
    """Replace values of a column by others."""
    if not shown:
        return
    pairs = pa.table({"value": pa.array(shown.keys(), pa.string()), "shown": pa.array(shown.values(), pa.string())})
    connection.register("funnelmart_shown", pairs)
    name = identifier(column)
    connection.execute(
        f"update {relation} as hidden set {name} = pairs.shown from funnelmart_shown as pairs "
        f"where hidden.{name} = pairs.value"
    )
    connection.unregister("funnelmart_shown")


def by_column(connection: duckdb.DuckDBPyConnection, queries: Iterable[str]) -> dict[str, list[str]]:
    """The values that queries (column, value) give, by column; one statement for all of them."""
    found: dict[str, list[str]] = {}
    united = " union all ".join(queries)
    for column, value in connection.execute(united).fetchall() if united else ():
        found.setdefault(column, []).append(value)
    return found


def _cut_pages(connection: duckdb.DuckDBPyConnection, columns: list[str]) -> None:
    for name in map(identifier, columns):
        connection.execute(f"update {INCOMING} set {name} = {cut(name)} where {says_more(name)}")


def _suspects(connection: duckdb.DuckDBPyConnection, feed: Feed, columns: Iterable[ColumnSpec]) -> dict[str, list[str]]:
    """By column, the values in which people may stand."""
    queries = []
    for column in columns:
        name, text = identifier(column.name), literal(column.name)
        landed = f"from {INCOMING} where _status = 'landed' and {name} is not null"
        condition, is_mostly_distinct = _may_be(feed, column.name)
        if feed.forgotten:
            condition = f"({condition} or contains({{0}}, '{PREFIX}'))"
        if is_mostly_distinct:
            queries.append(f"select distinct {text} as name, {name} as value {landed} and {condition.format(name)}")
        else:
            values = f"(select distinct {name} as value {landed})"
            queries.append(f"select {text} as name, value from {values} where {condition.format('value')}")
    return by_column(connection, queries)


def _may_be(feed: Feed, column: str) -> tuple[str, bool]:
    """The condition, and whether it costs less over all values than to find the distinct ones first."""
    if _is_customer(feed, column) and feed.customers == "person":
        return "true", False
    if column in (CUSTOMER, PERSON):
        names = " or contains({0}, ' ')" if _may_be_names(feed, column) else ""
        return f"({MAY_BE_EMAIL} or {MAY_BE_PHONE}{names})", True
    if is_key(feed.table, column):
        return f"({MAY_BE_EMAIL} or starts_with({{0}}, '+'))", True
    if holds_pages(column):
        return f"({MAY_BE_EMAIL} or {MAY_BE_PHONE_IN_PAGE})", True
    return f"({MAY_BE_EMAIL} or {MAY_BE_PHONE}{f' or {MAY_BE_PHONE_WITHIN}' if feed.phone_region else ''})", False


def _is_customer(feed: Feed, column: str) -> bool:
    """Whether a column says who buys; ids of people are treated alike, so that a customer is found among them."""
    entity = feed.table.entity or feed.table.name
    return column in (CUSTOMER, PERSON) or (entity, column) == ("customers", "name")


def _may_be_names(feed: Feed, column: str) -> bool:
    return column == PERSON or (column == CUSTOMER and feed.customers == "auto")


def _shown(feed: Feed, column: str, value: str) -> str:
    if _is_customer(feed, column) and feed.customers == "person":
        return customer(value, feed.phone_region, feed.person_key)
    is_code = is_key(feed.table, column) and column not in (CUSTOMER, PERSON)
    without = without_people(value, feed.phone_region, feed.person_key, is_key=is_code)
    if without == value and _may_be_names(feed, column) and is_several_words(value):
        return customer(value, feed.phone_region, feed.person_key)
    return without
