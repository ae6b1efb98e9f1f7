"""Who somebody is in the raw tables: the rows that are theirs, and the values that say so."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import duckdb

from orchestration.errors import UsageError
from orchestration.extracts.land.erase import hash_id, id_columns
from orchestration.extracts.land.raw_tables import as_it_is
from orchestration.extracts.source_specs import SourceSpec, TableSpec
from orchestration.extracts.sql import identifier, literals
from orchestration.extracts.type.in_text import pseudonym
from orchestration.extracts.type.people import hash_people, normalise
from orchestration.extracts.type.phones import phone

# Who stands under so many names is nobody's own: info@, the telephone of an office.
_SHARED = 3
# Shorter than this is "n/a", "-" or "0": what anybody may have written.
_TELLS = 9


@dataclass
class Person:
    """Hashes of e-mails and telephones, ids that were named, values as they were written (value -> hash)."""

    emails: set[str] = field(default_factory=set)
    phones: set[str] = field(default_factory=set)
    ids: set[str] = field(default_factory=set)
    sure: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    def where(self, table: TableSpec) -> str | None:
        """The condition that selects the person's rows of a raw table; None where it can't have any."""
        tests = []
        for column in table.columns:
            hashes = {"email": self.emails, "phone": self.phones}.get(column.personal or "")
            if hashes:
                tests.append(f"{identifier(column.name + '_hash')} in {literals(sorted(hashes))}")
        if self.ids:
            tests += [f"{identifier(c.name)} in {literals(sorted(self.ids))}" for c in id_columns(table)]
        return " or ".join(tests) or None


def people_tables_of(connection: duckdb.DuckDBPyConnection, sources: Mapping[str, SourceSpec]) -> Iterator[TableSpec]:
    """Yield the raw tables of the working database that have columns of people."""
    there = set(
        connection.execute(
            "select schema_name, table_name from duckdb_tables() where database_name = current_database()"
        ).fetchall()
    )
    for source in sources.values():
        for table in source.tables.values():
            if (table.schema, table.name) in there and any(column.personal for column in table.columns):
                yield as_it_is(connection, table)


def find_person(
    connection: duckdb.DuckDBPyConnection,
    sources: Mapping[str, SourceSpec],
    who: str,
    key: bytes,
    region: str | None,
) -> Person:
    """Return the person with this e-mail, telephone or id, and all that the raw tables say is theirs.

    E-mails and telephones of the same rows are the person's too, and so on, but for those that stand under three or
    more different names.

    Raises:
        SettingsError: `who` is nothing that anybody could be found by.
    """
    who = who.strip()
    person = Person()
    kind = "email" if "@" in who else "phone" if phone(who, region) else "id"
    if not who:
        raise UsageError("expected an e-mail, a telephone (with its country, +49…) or an id")
    if kind == "id":
        person.ids.add(who)
    else:
        (hashed,) = hash_people([who], "email" if kind == "email" else "phone", region, key)
        if hashed is None:
            raise UsageError(f"{who!r}: expected an e-mail, a telephone (with its country, +49…) or an id")
        (person.emails if kind == "email" else person.phones).add(hashed)
        person.ids.add(pseudonym(normalise(who, "email" if kind == "email" else "phone", region) or who, key))
        person.sure[who] = hashed
    tables = list(people_tables_of(connection, sources))
    before = -1
    while before != (before := len(person.emails) + len(person.phones)):
        for table in tables:
            _follow(connection, table, person)
    for table in tables:
        _values(connection, table, person)
    return person


def listed_hashes(person: Person, key: bytes) -> dict[str, set[str]]:
    """Return what goes on the list of people who were forgotten, by kind."""
    return {"email": person.emails, "phone": person.phones, "id": {hash_id(key, one) for one in person.ids}}


def _follow(connection: duckdb.DuckDBPyConnection, table: TableSpec, person: Person) -> None:
    where = person.where(table)
    if where is None:
        return
    names = [identifier(c.name + "_hash") for c in table.columns if c.personal == "name"]
    named = f"concat_ws(' ', {', '.join(names)})" if names else "''"
    for column in table.columns:
        found = {"email": person.emails, "phone": person.phones}.get(column.personal or "")
        if found is None:
            continue
        hash_ = identifier(column.name + "_hash")
        rows = connection.execute(
            f"""select {hash_} from {table.relation} where {hash_} in (
                select {hash_} from {table.relation} where {where}
            ) group by 1 having count(distinct nullif({named}, '')) < {_SHARED}"""
        ).fetchall()
        found.update(row[0] for row in rows)


def _values(connection: duckdb.DuckDBPyConnection, table: TableSpec, person: Person) -> None:
    where = person.where(table)
    for column in table.columns if where else ():
        if not column.personal:
            continue
        name, hash_ = identifier(column.name), identifier(column.name + "_hash")
        rows = connection.execute(
            f"select distinct {name}, {hash_} from {table.relation} where ({where}) and {name} is not null"
        ).fetchall()
        if column.personal == "name":
            person.names.update((value, hashed) for value, hashed in rows if hashed)
            continue
        known = person.emails | person.phones
        for value, hashed in rows:
            if hashed in known:
                person.sure[value] = hashed
            elif hashed is None and sum(map(str.isalnum, value)) >= _TELLS:  # no telephone by its form, yet theirs
                person.sure[value] = ""
