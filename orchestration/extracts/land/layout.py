"""How the schema `landing` of the working database is laid out, and what happens where another version wrote it.

An older layout is brought up to date in place: tables and columns that it lacks are added, and what older loads can't
know is read again. A newer one is refused before anything is written.
"""

import importlib.metadata

import duckdb

from orchestration.errors import NewerWarehouseError
from orchestration.extracts.sql import identifier
from orchestration.progress import note

# Raise it when an older program would spoil the working database, or read it wrongly.
LAYOUT = 1
# A column that was added later says what it is for older loads (`default`); without that they are read again.
TABLES = {
    "layout": {"version": "integer", "program": "varchar", "since": "timestamp"},
    "files": {
        "load_id": "bigint primary key", "source": "varchar", "table_name": "varchar", "feed": "varchar",
        "file": "varchar", "fingerprint": "varchar", "spec_fingerprint": "varchar", "format": "varchar",
        "encoding": "varchar", "delimiter": "varchar", "size_bytes": "bigint", "modified_at": "timestamp",
        "loaded_at": "timestamp", "is_current": "boolean", "rows_in": "bigint", "rows_empty": "bigint",
        "rows_filtered": "bigint", "rows_refused": "bigint", "rows_replaced": "bigint", "rows_landed": "bigint",
        "rows_unreadable": "bigint", "exact_duplicates": "bigint", "newest_data": "date",
        "version": "varchar default null", "rows_totals": "bigint default 0", "totals_doubted": "bigint default 0",
        "archived_as": "varchar default null", "currency_doubt": "varchar default null",
    },
    "refused_rows": {
        "load_id": "bigint", "source": "varchar", "table_name": "varchar", "file": "varchar", "line": "bigint",
        "column_name": "varchar", "value": "varchar", "reason": "varchar",
    },
    "refused_files": {
        "source": "varchar", "table_name": "varchar", "feed": "varchar", "file": "varchar", "fingerprint": "varchar",
        "spec_fingerprint": "varchar", "size_bytes": "bigint", "modified_at": "timestamp", "refused_at": "timestamp",
        "reason": "varchar",
    },
    "new_columns": {
        "load_id": "bigint", "source": "varchar", "table_name": "varchar", "column_name": "varchar",
        "file": "varchar", "seen_at": "timestamp", "is_first_extract": "boolean",
    },
    "shared_contacts": {"contact_hash": "varchar primary key"},
    "test_people": {"person_hash": "varchar primary key"},
    "known_people": {"kind": "varchar", "fingerprint": "ubigint"},
    "known_people_of": {"state": "varchar"},
    "file_columns": {
        "load_id": "bigint", "source": "varchar", "table_name": "varchar", "feed": "varchar", "file": "varchar",
        "column_name": "varchar", "kind": "varchar", "may_be_absent": "boolean",
    },
    "known_columns": {
        "source": "varchar", "table_name": "varchar", "feed": "varchar", "column_name": "varchar", "kind": "varchar",
        "in_every_file": "boolean", "since_load_id": "bigint",
    },
}  # fmt: skip


def check_layout(connection: duckdb.DuckDBPyConnection) -> int:
    """Return the layout of the working database, 0 where it has none or is older than layouts.

    Raises:
        NewerWarehouseError: it is one of a newer program.
    """
    try:
        row = connection.execute("select version, program from landing.layout order by version desc limit 1").fetchone()
    except (duckdb.CatalogException, duckdb.BinderException):
        row = None
    if row is None:
        return 0
    if row[0] > LAYOUT:
        raise NewerWarehouseError(
            f"the working database was written by funnelmart {row[1]} in layout {row[0]}; this is funnelmart "
            f"{program()}, which knows layouts up to {LAYOUT}"
        )
    return int(row[0])


def bring_up_to_date(connection: duckdb.DuckDBPyConnection) -> None:
    """Create the tables of the schema, or give them what an older version did not have; says so where it did.

    Raises:
        NewerWarehouseError: a newer program wrote it; nothing is changed.
    """
    there = _columns(connection)
    if check_layout(connection) == LAYOUT and all(columns.keys() <= there[table] for table, columns in TABLES.items()):
        return
    connection.begin()
    try:
        lacking = _add(connection, there)
        if any("default" not in TABLES["files"][name] for name in lacking):
            connection.execute("update landing.files set spec_fingerprint = ''")
        if not connection.execute("select 1 from landing.layout where version = ?", [LAYOUT]).fetchone():
            now = "now() at time zone 'utc'"
            connection.execute(f"insert into landing.layout values (?, ?, {now})", [LAYOUT, program()])
    except BaseException:
        connection.rollback()
        raise
    connection.commit()
    if there["files"]:
        again = " and all extracts are read again" if any("default" not in TABLES["files"][n] for n in lacking) else ""
        note(f"the working database of an older version is now of layout {LAYOUT} (funnelmart {program()}){again}")


def read_again(connection: duckdb.DuckDBPyConnection, source: str, table: str) -> None:
    """Let every file of a raw table be read again, as if the settings said something else of it now."""
    connection.execute(
        "update landing.files set spec_fingerprint = '' where source = ? and table_name = ?", [source, table]
    )


def program() -> str:
    """Return the version of this program."""
    try:
        return importlib.metadata.version("funnelmart")
    except importlib.metadata.PackageNotFoundError:
        return "from a checkout"


def _columns(connection: duckdb.DuckDBPyConnection) -> dict[str, set[str]]:
    """Columns of each table; none where it isn't there. Asked of each table, since the whole catalogue is large."""
    found: dict[str, set[str]] = {}
    for table in TABLES:
        try:
            described = connection.execute(f"select * from landing.{table} limit 0").description
        except duckdb.CatalogException:
            described = []
        found[table] = {column[0] for column in described}
    return found


def _add(connection: duckdb.DuckDBPyConnection, there: dict[str, set[str]]) -> list[str]:
    """What the schema lacks; returns the columns that `files` lacked although it was there."""
    connection.execute("create schema if not exists landing")
    for table, columns in TABLES.items():
        if not there[table]:
            listed = ", ".join(f"{identifier(name)} {kind}" for name, kind in columns.items())
            connection.execute(f"create table landing.{table} ({listed})")
            continue
        for name in columns.keys() - there[table]:
            connection.execute(f"alter table landing.{table} add column {identifier(name)} {columns[name]}")
    return sorted(TABLES["files"].keys() - there["files"]) if there["files"] else []
