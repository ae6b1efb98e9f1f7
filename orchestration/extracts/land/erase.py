"""A person's values leave rows: of the raw tables when somebody is forgotten, of extracts that come later.

The rows stay, and so do hashes: they say that rows belong to one person, not to whom.
"""

import hashlib
import hmac
from collections.abc import Mapping

import duckdb

from orchestration.extracts.feed import Feed
from orchestration.extracts.land.people_hashes import Hashes, Told, people_tables
from orchestration.extracts.source_specs import META_COLUMNS, UNREAD_AS, ColumnSpec, TableSpec
from orchestration.extracts.sql import identifier
from orchestration.extracts.type.erased import Eraser, hash_of, token
from orchestration.extracts.type.in_text import of_the_forgotten
from orchestration.extracts.type.people import hash_people
from orchestration.extracts.type.prepare import INCOMING, Prepared
from orchestration.settings.forgotten import Forgotten

_IDS = ("person_id", "lead_id", "customer_id", "contact_id", "client_id")
_KEPT = {*META_COLUMNS} - {"_unreadable", UNREAD_AS}


def id_columns(table: TableSpec) -> list[ColumnSpec]:
    """Columns of a table of people that hold ids of a person: its key, and what is called so."""
    if not any(column.personal for column in table.columns):
        return []
    return [c for c in table.columns if c.data_type == "text" and (c.name in table.key or c.name.lower() in _IDS)]


def hash_id(key: bytes, value: str) -> str:
    """Return the keyed hash of an id, which no e-mail or telephone has."""
    return hmac.digest(key, b"id\0" + value.strip().encode(), hashlib.sha256).hex()


def erase_rows(
    connection: duckdb.DuckDBPyConnection,
    relation: str,
    where: str,
    eraser: Eraser,
    personal: Mapping[str, str],
    is_own: bool,
) -> int:
    """Erase the texts of the rows of `relation` that `where` selects; returns how many there were.

    `personal` are the columns of people's values and the columns of their hashes: a value becomes null where its hash
    stands beside it, in the person's own rows (`is_own`) each of them.
    """
    described = connection.execute(f"select * from {relation} limit 0").description
    texts = [column[0] for column in described if str(column[1]).upper() in ("VARCHAR", "STRING")]
    hashes = {name.lower() for name in personal.values()}
    texts = [name for name in texts if name not in _KEPT and name.lower() not in hashes]
    listed = ", ".join(identifier(name) for name in texts)
    people = {name.lower() for name in personal}
    rows = connection.execute(f"select rowid, {listed} from {relation} where {where}").fetchall()
    for rowid, *values in rows:
        changed = {}
        for name, value in zip(texts, values, strict=True):
            after = value and eraser.erase(value, with_names=True)
            if name.lower() not in people:
                after = after and of_the_forgotten(after)
            elif is_own or hash_of(after or ""):
                after = None
            if after != value:
                changed[name] = after
        if changed:
            assigned = ", ".join(f"{identifier(name)} = ?" for name in changed)
            connection.execute(f"update {relation} set {assigned} where rowid = ?", [*changed.values(), rowid])
    return len(rows)


def erase_incoming(
    connection: duckdb.DuckDBPyConnection,
    feed: Feed,
    prepared: Prepared,
    hashed: list[Hashes],
    told: Told,
    forgotten: Forgotten,
) -> list[Hashes]:
    """Put pseudonyms in the incoming rows of people on the list; returns the tables of people, which know them then."""
    people = {found.columns[0]: found.relation for found in hashed if len(found.columns) == 1}
    listed = _on_the_list(connection, feed, prepared, people, forgotten)
    conditions = " or ".join(f"{identifier(name)} in ({', '.join('?' for _ in v)})" for name, v in listed.items() if v)
    if not conditions:
        return hashed
    texts = [name for name in prepared.columns if _is_text(feed.table, name)]
    columns = ", ".join(identifier(name) for name in [*texts, "_unreadable"])
    given = [value for values in listed.values() for value in values]
    rows = connection.execute(f"select rowid, {columns} from {INCOMING} where {conditions}", given).fetchall()
    hashes = {
        name: dict(connection.execute(f"select v0, hash from {table}").fetchall()) for name, table in people.items()
    }
    kinds = {column.name: column.personal for column in feed.table.columns}
    for rowid, *values in rows:
        row = dict(zip([*texts, "_unreadable"], values, strict=True))
        own = {name: (row[name], listed.get(name, {}).get(row[name]) or hashes[name].get(row[name])) for name in people}
        known = {name: (value, hash_) for name, (value, hash_) in own.items() if value and hash_}
        sure = {value: hash_ for name, (value, hash_) in known.items() if kinds[name] != "name"}
        names = {value: hash_ for name, (value, hash_) in known.items() if kinds[name] == "name"}
        eraser = Eraser(sure, names)
        after = {name: value and of_the_forgotten(eraser.erase(value, with_names=True)) for name, value in row.items()}
        after |= {name: token(hash_ or "") for name, (value, hash_) in own.items() if value}
        assigned = ", ".join(f"{identifier(name)} = ?" for name in after)
        connection.execute(f"update {INCOMING} set {assigned} where rowid = ?", [*after.values(), rowid])
    return people_tables(connection, feed, prepared, told)


def _on_the_list(
    connection: duckdb.DuckDBPyConnection, feed: Feed, prepared: Prepared, people: dict[str, str], forgotten: Forgotten
) -> dict[str, dict[str, str]]:
    """Column -> incoming values of people on the list -> their hashes there; of ids the values alone count."""
    found: dict[str, dict[str, str]] = {}
    ids = [column.name for column in id_columns(feed.table) if column.name in prepared.columns]
    for key, kinds in forgotten.keys(feed.person_key):
        for column in feed.table.columns:
            wanted = kinds.get(column.personal or "")
            if wanted and column.name in people and column.personal:
                values = _values(connection, f"select v0 from {people[column.name]}")
                hashes = hash_people(values, column.personal, feed.phone_region, key)
                pairs = zip(values, hashes, strict=True)
                found.setdefault(column.name, {}).update({v: h for v, h in pairs if h in wanted})
        for name in ids if "id" in kinds else ():
            values = _values(connection, f"select distinct {identifier(name)} from {INCOMING} where _status = 'landed'")
            found.setdefault(name, {}).update({v: "" for v in values if hash_id(key, v) in kinds["id"]})
    return found


def _values(connection: duckdb.DuckDBPyConnection, query: str) -> list[str]:
    return [row[0] for row in connection.execute(query).fetchall() if row[0] is not None]


def _is_text(table: TableSpec, name: str) -> bool:
    column = table.column(name)
    return column is None or column.raw_type == "varchar"
