"""Another key of people: every hash of the raw tables is made anew from the values that stand beside it."""

from collections.abc import Mapping

import duckdb
import pyarrow as pa

from orchestration.extracts.feed import Feed, connector_feed, sheet_feeds
from orchestration.extracts.land.former_source import with_former_source
from orchestration.extracts.land.hide_people import searched
from orchestration.extracts.land.layout import bring_up_to_date
from orchestration.extracts.land.people_hashes import Told
from orchestration.extracts.land.person import people_tables_of
from orchestration.extracts.land.raw_tables import column_names
from orchestration.extracts.source_specs import FULL_NAME_HASH, ColumnSpec, SourceSpec, TableSpec
from orchestration.extracts.sources import SHEETS
from orchestration.extracts.sql import identifier
from orchestration.extracts.type.in_text import PSEUDONYM
from orchestration.extracts.type.people import hash_normals, hash_people, normalise
from orchestration.settings import Settings


def rotate(
    connection: duckdb.DuckDBPyConnection, settings: Settings, sources: Mapping[str, SourceSpec], old: bytes, new: bytes
) -> int:
    """Make all hashes with `new`, in one transaction; returns how many rows have one. May be repeated.

    Hashes whose value is gone, since the person was forgotten, stay as they are. No file is read again for it but those
    in which people stood in other columns than their own.
    """
    bring_up_to_date(connection)
    rows = 0
    connection.begin()
    try:
        for table in people_tables_of(connection, sources):
            for column in table.columns:
                if column.personal:
                    rows += _rehash(connection, table, column, settings.leads.phone_region, new)
            _rehash_full_names(connection, table, new)
            if _holds_pseudonyms(connection, table):
                continue  # made of the key, too, from values that are not there: these files are read again
            declared = sources[table.source].tables[table.name]
            for before, after in zip(
                _feeds(settings, sources, declared, old), _feeds(settings, sources, declared, new), strict=True
            ):
                connection.execute(
                    "update landing.files set spec_fingerprint = ? where spec_fingerprint = ? and feed = ?"
                    " and source = ? and table_name = ?",
                    [
                        with_former_source(connection, after).fingerprint(),
                        with_former_source(connection, before).fingerprint(),
                        before.label,
                        table.source,
                        table.name,
                    ],
                )
    except BaseException:
        connection.rollback()
        raise
    connection.commit()
    return rows


def _rehash(
    connection: duckdb.DuckDBPyConnection, table: TableSpec, column: ColumnSpec, region: str | None, key: bytes
) -> int:
    name, hash_ = identifier(column.name), identifier(f"{column.name}_hash")
    rows = connection.execute(f"select distinct {name} from {table.relation} where {name} is not null").fetchall()
    values = [row[0] for row in rows]
    assert column.personal is not None
    normals = [normalise(value, column.personal, region) for value in values]
    hashes = hash_normals(normals, key)
    told = Told()
    told.look(column.personal, normals, hashes)
    told.note(connection)
    batch = pa.table({"value": pa.array(values, pa.string()), "hash": pa.array(hashes, pa.string())})
    connection.register("funnelmart_people", batch)
    changed = connection.execute(
        f"update {table.relation} as raw set {hash_} = people.hash from funnelmart_people as people"
        f" where people.value = raw.{name}"
    ).fetchone()
    connection.unregister("funnelmart_people")
    return int(changed[0]) if changed else 0


def _holds_pseudonyms(connection: duckdb.DuckDBPyConnection, table: TableSpec) -> bool:
    there = column_names(connection, table)
    columns = [identifier(column.name) for column in searched(table) if column.name in there]
    tests = " or ".join(f"contains({name}, '{PSEUDONYM}')" for name in columns) or "false"
    return connection.execute(f"select 1 from {table.relation} where {tests} limit 1").fetchone() is not None


def _rehash_full_names(connection: duckdb.DuckDBPyConnection, table: TableSpec, key: bytes) -> None:
    if not table.name_parts or FULL_NAME_HASH not in column_names(connection, table):
        return
    first, last = map(identifier, table.name_parts)
    both = f"{first} || ' ' || {last}"
    rows = connection.execute(f"select distinct {both} from {table.relation} where {both} is not null").fetchall()
    values = [row[0] for row in rows]
    hashes = hash_people(values, "name", None, key)
    connection.register(
        "funnelmart_people", pa.table({"value": pa.array(values, pa.string()), "hash": pa.array(hashes, pa.string())})
    )
    connection.execute(
        f"update {table.relation} as raw set {FULL_NAME_HASH} = people.hash"
        f" from funnelmart_people as people where people.value = raw.{first} || ' ' || raw.{last}"
    )
    connection.unregister("funnelmart_people")


def _feeds(settings: Settings, sources: Mapping[str, SourceSpec], table: TableSpec, key: bytes) -> list[Feed]:
    if table.source == SHEETS:
        return sheet_feeds(settings, table, key)
    if table.source not in settings.sources:
        return []
    return [connector_feed(settings, sources[table.source], table, key)]
