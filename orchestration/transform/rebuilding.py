"""A working database again from the archive: made aside, then put in the place of the old one."""

import os
from pathlib import Path

from orchestration.counted import counted
from orchestration.extracts.land.archive_index import has_index
from orchestration.extracts.land.layout import check_layout
from orchestration.extracts.land.rebuild import Rebuilt, rebuild
from orchestration.extracts.sources import load_sources
from orchestration.extracts.sql import identifier, literal
from orchestration.progress import note
from orchestration.settings import Settings
from orchestration.transform.build_record import invalidate
from orchestration.transform.nothing_new import forget_publication
from orchestration.transform.spark.around import empty_lake
from orchestration.warehouse import engine_config, open_warehouse

_LANDED = ("landing", "settings", "main")
_REBUILT, _PACKED = "warehouse.rebuilt.duckdb", "warehouse.packed.duckdb"


def rebuild_warehouse(settings: Settings, without_missing: bool = False) -> Rebuilt:
    """Replace the working database by one that holds every load of the archive; its models are built by the next run.

    The caller holds the workspace's lock.

    Raises:
        ArchiveError: the archive lacks something; the working database stays as it was.
    """
    aside = settings.warehouse_path.with_name(_REBUILT)
    _remove(aside)
    try:
        with open_warehouse(aside, config=engine_config(settings, "landing")) as connection:
            result = rebuild(connection, settings, load_sources(), without_missing)
        invalidate(settings)
        forget_publication(settings)
        _log_of(settings.warehouse_path).unlink(missing_ok=True)
        os.replace(aside, settings.warehouse_path)
    finally:
        _remove(aside)
    return result


def pack_warehouse(settings: Settings) -> None:
    """Write the raw tables into a new working database: what was erased lies in free blocks of the old one.

    Models are left out; the next whole run builds them. The caller holds the workspace's lock.
    """
    path, aside = settings.warehouse_path, settings.warehouse_path.with_name(_PACKED)
    _remove(aside)
    if settings.engine.target == "spark":
        empty_lake(settings)
    try:
        invalidate(settings)
        forget_publication(settings)
        with open_warehouse(path, config=engine_config(settings, "landing")) as connection:
            schemas = connection.execute(
                "select schema_name from duckdb_schemas() where database_name = current_database() and not internal"
            ).fetchall()
            for (schema,) in schemas:
                if not (schema.startswith("raw_") or schema in _LANDED):
                    connection.execute(f"drop schema {identifier(schema)} cascade")
            connection.execute("checkpoint")
            connection.execute(f"attach {literal(str(aside))} as packed")
            connection.execute(f"copy from database {identifier(path.stem)} to packed")
            connection.execute("detach packed")
        aside.chmod(0o600)
        _log_of(path).unlink(missing_ok=True)
        os.replace(aside, path)
    finally:
        _remove(aside)


def look_at_warehouse(settings: Settings) -> None:
    """Before a run: a working database that is gone comes back from the archive, one of a newer program is refused.

    What a killed `rebuild`, `forget` or `key rotate` left beside it is removed. The caller holds the workspace's lock.

    Raises:
        BrokenWarehouseError: the file is no database that can be read.
        NewerWarehouseError: a newer program wrote it.
        ArchiveError: it is gone, and the archive's index is damaged.
    """
    for name in (_REBUILT, _PACKED):
        _remove(settings.warehouse_path.with_name(name))
    if settings.warehouse_path.exists():
        with open_warehouse(settings.warehouse_path, config=engine_config(settings, "landing")) as connection:
            check_layout(connection)
    elif has_index(settings):
        note(f"{settings.warehouse_path.name} is gone and is made again from the archive")
        result = rebuild_warehouse(settings, without_missing=True)
        for line in (
            f"{counted(result.loads, 'extract')}, {counted(result.rows, 'row')} came back from the archive",
            *result.notes,
        ):
            note(line)


def _log_of(path: Path) -> Path:
    return path.with_name(path.name + ".wal")


def _remove(path: Path) -> None:
    path.unlink(missing_ok=True)
    _log_of(path).unlink(missing_ok=True)
