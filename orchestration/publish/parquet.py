"""The mart as Parquet files for tools that don't speak DuckDB: `published/parquet/<schema>/<table>.parquet`.

`parquet` is a link to a folder that is complete before the link points to it, and that is never written to again. So a
reader finds all files of one publication; the folder before stays until the next one, for whoever still reads it.
"""

import os
import shutil
import uuid
from pathlib import Path

import duckdb

from orchestration.errors import PublishError
from orchestration.publish.files import flush
from orchestration.settings import Settings
from orchestration.warehouse import engine_config

FOLDER_PREFIX = ".parquet-"


def parquet_path(settings: Settings) -> Path:
    """Where readers find the files, if the workspace wants them (`publish.parquet`)."""
    return settings.parquet_path


def export_aside(settings: Settings, mart: Path) -> Path | None:
    """Write all tables and views of `mart` into a new folder beside the published ones; None if none are wanted.

    Raises:
        PublishError: a table can't be written; the folder is removed again.
    """
    if not settings.publish.parquet:
        return None
    folder = settings.published_path.parent / f"{FOLDER_PREFIX}{uuid.uuid4().hex}"
    try:
        with duckdb.connect(str(mart), True, engine_config(settings, "parquet")) as connection:
            for schema, table in connection.execute(
                "select table_schema, table_name from information_schema.tables"
                " where table_catalog = current_database() order by all"
            ).fetchall():
                file = folder / schema / f"{table}.parquet"
                file.parent.mkdir(parents=True, exist_ok=True)
                relation = connection.sql(f'select * from {schema}."{table}"')
                relation.write_parquet(str(file), compression="zstd")
                flush(file)
        for part in (*folder.iterdir(), folder):
            flush(part)
    except (duckdb.Error, OSError) as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise PublishError(f"{parquet_path(settings)}: the mart could not be written as Parquet: {error}") from error
    return folder


def swap_parquet(settings: Settings, new: Path | None) -> None:
    """Let `parquet` be the new folder, at once; where there is none, remove what earlier publications wrote."""
    link = parquet_path(settings)
    before = link.resolve() if link.is_symlink() else None
    if new is None:
        link.unlink(missing_ok=True)
        before = None
    else:
        aside = link.with_name(f"{new.name}.link")
        aside.symlink_to(new.name, target_is_directory=True)
        os.replace(aside, link)
    for leftover in link.parent.glob(f"{FOLDER_PREFIX}*"):
        if leftover.is_symlink():
            leftover.unlink()
        elif leftover != new and leftover.resolve() != before:
            shutil.rmtree(leftover)
    flush(link.parent)
