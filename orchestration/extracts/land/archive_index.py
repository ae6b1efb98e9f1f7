"""What the archive's copies were to the working database: the manifest of each raw table, kept beside the copies.

`archive/loads/<source>.<table>.json` says the same as `landing.files`, so that the working database can be made again
where it is lost. It is written after each landing that changed something.
"""

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import duckdb

from orchestration.extracts.land.layout import LAYOUT
from orchestration.extracts.source_specs import TableSpec
from orchestration.extracts.sources import SHEETS
from orchestration.settings import Settings


def index_path(settings: Settings, source: str, table: str) -> Path:
    """Return the file that says which loads a raw table has."""
    return settings.archive_path / "loads" / f"{source}.{table}.json"


def write_index(connection: duckdb.DuckDBPyConnection, settings: Settings, table: TableSpec) -> None:
    """Write down the loads of a raw table as they are now, whole or not at all; none where nothing is archived."""
    path = index_path(settings, table.source, table.name)
    said = connection.execute(
        "select * from landing.files where source = ? and table_name = ? order by load_id", [table.source, table.name]
    )
    names = [column[0] for column in said.description]
    rows = [dict(zip(names, row, strict=True)) for row in said.fetchall()]
    if settings.archive.keep_days == 0 or not (rows or path.exists()):
        return
    document = {"layout": LAYOUT, "former_sheets": _former(connection, table), "loads": rows}
    text = json.dumps(document, default=str, indent=1)
    if path.exists() and path.read_text(encoding="utf-8", errors="replace") == text:
        return
    settings.archive_path.mkdir(exist_ok=True, mode=0o700)
    path.parent.mkdir(exist_ok=True, mode=0o700)
    aside = path.with_suffix(".part")
    with open(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    os.replace(aside, path)


def has_index(settings: Settings) -> bool:
    """Whether the archive says of any raw table which loads it has."""
    return next((settings.archive_path / "loads").glob("*.json"), None) is not None


def read_indexes(settings: Settings) -> Iterable[dict[str, Any]]:
    """Yield what each raw table's index says.

    Raises:
        ValueError: one is damaged.
    """
    for path in sorted((settings.archive_path / "loads").glob("*.json")):
        yield json.loads(path.read_text(encoding="utf-8"))


def named_copies(connection: duckdb.DuckDBPyConnection) -> set[str]:
    """Return the addresses that the manifest names."""
    rows = connection.execute("select distinct coalesce(archived_as, fingerprint) from landing.files").fetchall()
    return {row[0] for row in rows}


def _former(connection: duckdb.DuckDBPyConnection, table: TableSpec) -> list[str]:
    """Feeds whose rows have the source `sheets` from before sheets had sources of their own."""
    if table.source != SHEETS:
        return []
    rows = connection.execute(
        f"""select distinct feed from landing.files
        where source = ? and table_name = ? and load_id in (select _load_id from {table.relation} where source = ?)""",
        [table.source, table.name, SHEETS],
    ).fetchall()
    return sorted(row[0] for row in rows)
