"""Names and telephones that raw knows as people's: where one is all of another text, it is hidden there too.

A name has no form by which it could be told while its file is read, and the file of the people may be read last: so
this looks once through raw, after everything has landed. `landing.known_people` keeps fingerprints of what it looked
for, for the check of what is published (data_checks/published_text.py).
"""

import hashlib
import re
from collections.abc import Iterable, Iterator

import duckdb

from orchestration.extracts.land.hide_people import CUSTOMER, by_column, replace_values, searched
from orchestration.extracts.land.layout import bring_up_to_date
from orchestration.extracts.source_specs import TableSpec
from orchestration.extracts.sources import SHEETS, load_sources
from orchestration.extracts.sql import identifier, literal, literals
from orchestration.extracts.type.in_text import pseudonym
from orchestration.extracts.type.people import normalise
from orchestration.extracts.type.phones import is_e164
from orchestration.extracts.type.shared import words
from orchestration.settings import Settings, person_key

_NAMES, _NUMBERS = "temp.funnelmart_names", "temp.funnelmart_numbers"
_RULES = "1"
# Words of channels and stages: a text with one is no name, whoever wrote it where a name was asked for.
_NO_NAME = (
    r"\b(ads?|adwords|search|social|paid|organic|direct|referral|display|email|campaign|lead|leads|won|lost|closed|"
    r"traffic|media|brand|google|facebook|yandex|linkedin|website|реклама|директ|сделка|заявка|сайт)\b"
)
_DIGITS = 8  # fewer are no telephone that is one person's
_BEGINS_AS_NUMBER = "{0} between '+' and ':'"


def hide_known_people(connection: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """Put pseudonyms where a whole text equals a person's full name or telephone; nothing new costs nothing."""
    bring_up_to_date(connection)
    state = _state(connection, settings)
    if connection.execute("select 1 from landing.known_people_of where state = ?", [state]).fetchone():
        return
    tables = [table for table in _tables(connection, settings) if _has_rows(connection, table)]
    key, companies = person_key(settings), settings.customers.id == "company"
    connection.begin()
    try:
        _know(connection, tables, settings)
        for table in tables:
            _hide(connection, table, key, companies)
        connection.execute("delete from landing.known_people_of")
        connection.execute("insert into landing.known_people_of values (?)", [state])
    except BaseException:
        connection.rollback()
        raise
    connection.commit()
    connection.execute(f"drop table {_NAMES}")
    connection.execute(f"drop table {_NUMBERS}")


def _state(connection: duckdb.DuckDBPyConnection, settings: Settings) -> str:
    """Changes with what was landed and with the rules: fingerprints are the engine's own, too."""
    landed = connection.execute("select count(*), max(loaded_at) from landing.files").fetchone()
    said = (_RULES, duckdb.__version__, landed, _meant(settings), settings.customers.id, settings.leads.phone_region)
    return hashlib.sha256(repr(said).encode()).hexdigest()


def _tables(connection: duckdb.DuckDBPyConnection, settings: Settings) -> list[TableSpec]:
    there = set(connection.execute("select schema_name, table_name from duckdb_tables()").fetchall())
    sources = load_sources()
    enabled = [sources[name] for name in (*sorted(settings.sources), SHEETS) if name in sources]
    tables = [table for source in enabled for table in source.tables.values()]
    return [table for table in tables if (table.schema, table.name) in there]


def _has_rows(connection: duckdb.DuckDBPyConnection, table: TableSpec) -> bool:
    return connection.execute(f"select 1 from {table.relation} limit 1").fetchone() is not None


def _know(connection: duckdb.DuckDBPyConnection, tables: Iterable[TableSpec], settings: Settings) -> None:
    """The names (of several words) and numbers that stand in columns of people."""
    names, numbers = [], []
    for table in tables:
        names += [f"select {name} as value from {table.relation}" for name in _full_names(table)]
        numbers += [
            f"select regexp_replace({identifier(column.name)}, '[^0-9]', '', 'g') as value from {table.relation}"
            for column in table.columns
            if column.personal == "phone"
        ]
    nothing = "select cast(null as varchar) as value"
    no_names = literals(sorted({*words("nobody"), *_meant(settings)}))
    connection.execute(f"""
        create or replace temp table {_NAMES.removeprefix("temp.")} as
        with found as ({" union all ".join(names) or nothing}),
        spelled as (select distinct lower(trim(value)) as value from found where contains(trim(value), ' '))
        select value from spelled where value not in {no_names} and not regexp_matches(value, {literal(_NO_NAME)})""")
    connection.execute(f"""
        create or replace temp table {_NUMBERS.removeprefix("temp.")} as
        select distinct value from ({" union all ".join(numbers) or nothing})
        where length(value) between {_DIGITS} and 15 and value <> repeat(left(value, 1), length(value))""")
    connection.execute("delete from landing.known_people")
    connection.execute(f"""
        insert into landing.known_people
        select 'name', hash(value) from {_NAMES} union all select 'phone', hash(value) from {_NUMBERS}""")


def _full_names(table: TableSpec) -> Iterator[str]:
    parts = table.name_parts
    if parts:
        first, last = map(identifier, parts)
        yield from (f"{first} || ' ' || {last}", f"{last} || ' ' || {first}")
    for column in table.columns:
        if column.personal == "name" and column.name not in (parts or ()):
            yield identifier(column.name)


def _hide(connection: duckdb.DuckDBPyConnection, table: TableSpec, key: bytes, companies: bool) -> None:
    queries = []
    for column, has_words, has_numbers in _suspected(connection, table):
        name = identifier(column)
        rows = f"select distinct {literal(column)} as name, {name} as value from {table.relation} where"
        if has_words and not (companies and (column == CUSTOMER or table.name == "customers")):
            queries.append(f"{rows} contains({name}, ' ') and lower({name}) in (select value from {_NAMES})")
        if has_numbers:
            queries.append(
                f"{rows} {_BEGINS_AS_NUMBER.format(name)} and length({name}) between {_DIGITS} and 16 "
                f"and ltrim({name}, '+') in (select value from {_NUMBERS})"
            )
    for column_name, values in by_column(connection, queries).items():
        shown = {value: pseudonym(_normal(value), key) for value in values}
        replace_values(connection, table.relation, column_name, shown)


def _suspected(connection: duckdb.DuckDBPyConnection, table: TableSpec) -> Iterator[tuple[str, bool, bool]]:
    """Each column that is searched: whether it has a text of several words, and one that begins as a number does.

    One look at the table, since most columns have neither, and a question of its own costs more than the look.
    """
    columns = [column.name for column in searched(table)]
    tests = ("contains({0}, ' ')", _BEGINS_AS_NUMBER)
    looks = [f"bool_or({test.format(identifier(name))})" for name in columns for test in tests]
    row = connection.execute(f"select {', '.join(looks)} from {table.relation}").fetchone() if looks else None
    for place, name in enumerate(columns):
        has_words, has_numbers = (row or ())[2 * place : 2 * place + 2]
        if has_words or has_numbers:
            yield name, bool(has_words), bool(has_numbers)


def _normal(value: str) -> str:
    """A name or a number as its other spellings have it, too."""
    if " " in value:
        return normalise(value, "name", None) or value
    digits = re.sub(r"\D", "", value)
    return f"+{digits}" if is_e164(f"+{digits}") else digits


def _meant(settings: Settings) -> list[str]:
    """Names that the settings give to stages and channels: they are no people's."""
    named = [*settings.stages, *(rule.channel for rule in settings.channels)]
    return sorted({name.lower() for name in named})
