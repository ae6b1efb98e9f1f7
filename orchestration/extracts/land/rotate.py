"""Another key of people: every hash of the raw tables is made anew from the values that stand beside it."""

from collections.abc import Mapping

import duckdb
import pyarrow as pa

from orchestration.extracts.feed import Feed, connector_feed, sheet_feeds
from orchestration.extracts.land.former_source import with_former_source
from orchestration.extracts.land.layout import bring_up_to_date
from orchestration.extracts.land.person import people_tables_of
from orchestration.extracts.source_specs import ColumnSpec, SourceSpec, TableSpec
from orchestration.extracts.sources import SHEETS
from orchestration.extracts.sql import identifier
from orchestration.extracts.type.people import hash_people
from orchestration.settings import Settings


def rotate(
    connection: duckdb.DuckDBPyConnection, settings: Settings, sources: Mapping[str, SourceSpec], old: bytes, new: bytes
) -> int:
    """Make all hashes with `new`, in one transaction; returns how many rows have one. May be repeated.

    Hashes whose value is gone, since the person was forgotten, stay as they are. No file is read again for it.
    """
    bring_up_to_date(connection)
    rows = 0
    connection.begin()
    try:
        for table in people_tables_of(connection, sources):
            for column in table.columns:
                if column.personal:
                    rows += _rehash(connection, table, column, settings.leads.phone_region, new)
            for before, after in zip(
                _feeds(settings, sources, table, old), _feeds(settings, sources, table, new), strict=True
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
    hashes = hash_people(values, column.personal, region, key)
    batch = pa.table({"value": pa.array(values, pa.string()), "hash": pa.array(hashes, pa.string())})
    connection.register("funnelmart_people", batch)
    changed = connection.execute(
        f"update {table.relation} as raw set {hash_} = people.hash from funnelmart_people as people"
        f" where people.value = raw.{name}"
    ).fetchone()
    connection.unregister("funnelmart_people")
    return int(changed[0]) if changed else 0


def _feeds(settings: Settings, sources: Mapping[str, SourceSpec], table: TableSpec, key: bytes) -> list[Feed]:
    if table.source == SHEETS:
        return sheet_feeds(settings, table, key)
    if table.source not in settings.sources:
        return []
    return [connector_feed(settings, sources[table.source], table, key)]
