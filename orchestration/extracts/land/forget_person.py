"""Somebody is forgotten: their values leave raw tables, refused rows and the archive; their rows and hashes stay."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from orchestration.errors import ArchiveError, ExtractError
from orchestration.extracts.find.archive import place, prune
from orchestration.extracts.land.archive_index import named_copies, write_index
from orchestration.extracts.land.erase import erase_rows
from orchestration.extracts.land.erase_copies import erase_copy
from orchestration.extracts.land.layout import bring_up_to_date
from orchestration.extracts.land.person import Person, find_person, listed_hashes
from orchestration.extracts.land.raw_tables import as_it_is
from orchestration.extracts.source_specs import SourceSpec, TableSpec
from orchestration.extracts.sql import identifier, literal
from orchestration.extracts.type.erased import Eraser
from orchestration.settings import Settings, person_key
from orchestration.settings.forgotten import read_forgotten, write_forgotten


@dataclass
class Erased:
    """What was erased where: rows by raw table, copies of the archive; files that still name the person."""

    eraser: Eraser
    rows: dict[str, int] = field(default_factory=dict)
    copies: int = 0
    removed: list[str] = field(default_factory=list)  # copies that could not be written again
    files: set[str] = field(default_factory=set)  # extracts whose rows named the person


def forget_person(
    connection: duckdb.DuckDBPyConnection, settings: Settings, sources: Mapping[str, SourceSpec], who: str
) -> Erased:
    """Erase the person with this e-mail, telephone or id. The caller holds the workspace's lock.

    The list is written first and the old copies of the archive go last: what is stopped in between is finished by
    asking for the same again.

    Raises:
        SettingsError: `who` is nothing that anybody could be found by.
    """
    bring_up_to_date(connection)
    key = person_key(settings)
    person = find_person(connection, sources, who, key, settings.leads.phone_region)
    eraser = Eraser(person.sure, person.names, person.ids)
    forgotten = read_forgotten(settings)
    for kind, hashes in listed_hashes(person, key).items():
        forgotten.add(key, kind, hashes)
    write_forgotten(settings, forgotten)
    result = Erased(eraser)
    addresses, gone = _erase_copies(connection, settings, eraser, result)
    connection.begin()
    try:
        _erase_tables(connection, sources, person, eraser, result)
        for old, new in addresses.items():
            connection.execute(
                "update landing.files set archived_as = ? where coalesce(archived_as, fingerprint) = ?", [new, old]
            )
    except BaseException:
        connection.rollback()
        raise
    connection.commit()
    for source in sources.values():
        for table in source.tables.values():
            if _is_there(connection, table):
                write_index(connection, settings, table)
    for path in gone:
        path.unlink(missing_ok=True)
    if named := named_copies(connection):  # and those that an earlier try came to write anew, but not to remove
        prune(settings, named)
    return result


def _erase_tables(
    connection: duckdb.DuckDBPyConnection,
    sources: Mapping[str, SourceSpec],
    person: Person,
    eraser: Eraser,
    result: Erased,
) -> None:
    for source in sources.values():
        for declared in source.tables.values():
            if not _is_there(connection, declared):
                continue
            table = as_it_is(connection, declared)
            own, named = person.where(table), _names_them(connection, table.relation, eraser)
            personal = {c.name: f"{c.name}_hash" for c in table.columns if c.personal}
            rows = 0
            for where, is_own in ((own, True), (named, False)):
                if where:
                    files = f"select distinct _file from {table.relation} where {where}"
                    result.files.update(row[0] for row in connection.execute(files).fetchall())
                    rows += erase_rows(connection, table.relation, where, eraser, personal, is_own)
            if rows:
                result.rows[f"{table.schema}.{table.name}"] = rows
    for relation in ("landing.refused_rows", "landing.refused_files"):
        where = _names_them(connection, relation, eraser)
        if where and (rows := erase_rows(connection, relation, where, eraser, {}, is_own=False)):
            result.rows[relation] = rows


def _names_them(connection: duckdb.DuckDBPyConnection, relation: str, eraser: Eraser) -> str | None:
    """The condition of rows in which a sure value of the person stands somewhere; rough, the eraser looks closely."""
    described = connection.execute(f"select * from {relation} limit 0").description
    texts = [identifier(column[0]) for column in described if str(column[1]).upper() in ("VARCHAR", "STRING")]
    if not texts or not eraser.sure:
        return None
    whole = f"lower(concat_ws(chr(31), {', '.join(texts)}))"
    return " or ".join(f"contains({whole}, {literal(value.lower())})" for value in eraser.sure)


def _erase_copies(
    connection: duckdb.DuckDBPyConnection, settings: Settings, eraser: Eraser, result: Erased
) -> tuple[dict[str, str], list[Path]]:
    """Write copies again; returns old address -> new one, and the old copies, which nobody needs then."""
    rows = connection.execute(
        "select coalesce(archived_as, fingerprint), min(file), min(encoding) from landing.files group by 1 order by 1"
    ).fetchall()
    addresses, gone = {}, []
    for address, name, encoding in rows:
        path = place(settings, address)
        if not path.exists():
            continue
        try:
            new = erase_copy(settings, address, name, encoding, eraser)
        except (ExtractError, ArchiveError) as error:
            result.removed.append(f"{name}: {error}")
            gone.append(path)
            continue
        if new:
            addresses[address] = new
            gone.append(path)
            result.copies += 1
    return addresses, gone


def _is_there(connection: duckdb.DuckDBPyConnection, table: TableSpec) -> bool:
    return bool(
        connection.execute(
            "select 1 from duckdb_tables() where database_name = current_database()"
            " and schema_name = ? and table_name = ?",
            [table.schema, table.name],
        ).fetchone()
    )
