"""The mart as Parquet files for tools that don't speak DuckDB: `published/parquet/<schema>/<table>.parquet`.

`parquet` is a link to a folder that is complete before the link points to it, and that is never written to again. So a
reader finds all files of one publication; the folder before stays until the next one, for whoever still reads it.
"""

import contextlib
import uuid
from pathlib import Path

import duckdb

from orchestration.errors import PublishError
from orchestration.publish import calls
from orchestration.publish.side_by_side import side_by_side, threads_of
from orchestration.settings import Settings
from orchestration.warehouse import engine_config

FOLDER_PREFIX = ".parquet-"
_PART = ".part"


def parquet_path(settings: Settings) -> Path:
    """Where readers find the files, if the workspace wants them (`publish.parquet`)."""
    return settings.parquet_path


def export_aside(settings: Settings, mart: Path, name: str) -> Path | None:
    """Write all tables and views of `mart` into a new folder beside the published ones; None if none are wanted.

    The folder says of which mart it is (`name`, as in the history), and is called so only once it is complete.

    Raises:
        PublishError: a table can't be written, or something of somebody else's lies where the link must be.
    """
    link = parquet_path(settings)
    if link.exists() and not link.is_symlink():
        raise PublishError(f"{link}: expected nothing or a link that a publication made; move away what lies there")
    if not settings.publish.parquet:
        return None
    whole = link.parent / f"{FOLDER_PREFIX}{Path(name).stem}-{uuid.uuid4().hex}"
    folder = whole.with_name(whole.name + _PART)
    try:
        with calls.Database(mart, True, dict(engine_config(settings, "parquet"))) as connection:
            files = {folder / schema / f"{table}.parquet": query for schema, table, query in _queries(connection)}
            for schema in {file.parent for file in files}:
                calls.make_folder(schema)

            def write(beside: calls.Database, file: Path) -> None:
                beside.write_parquet(files[file], file)
                calls.flush(file)

            side_by_side(connection, threads_of(settings), write, list(files))
        for part in (*calls.found(folder, "*"), folder):
            calls.flush(part)
        calls.replace(folder, whole)
        calls.point(_link_aside(link, whole), whole.name)
    except (duckdb.Error, OSError) as error:
        with contextlib.suppress(OSError):  # what stays is removed by the next publication
            remove_half(settings)
        raise PublishError(f"{link}: the mart could not be written as Parquet: {error}") from error
    return whole


def _queries(connection: calls.Database) -> list[tuple[str, str, str]]:
    """Schema, name and query of each table and view; JSON as text: readers of Parquet take its own type for bytes."""
    found = connection.execute(
        "select table_schema, table_name, list(column_name order by ordinal_position) filter (data_type = 'JSON')"
        " from information_schema.columns where table_catalog = current_database() group by all order by all"
    ).fetchall()
    return [(schema, table, f'select {_columns(json or [])} from {schema}."{table}"') for schema, table, json in found]


def _columns(json: list[str]) -> str:
    replaced = ", ".join(f'cast("{name}" as varchar) as "{name}"' for name in json)
    return f"* replace ({replaced})" if replaced else "*"


def swap_parquet(settings: Settings, new: Path | None) -> None:
    """Let `parquet` be the new folder, at once; where there is none, remove what earlier publications wrote."""
    link = parquet_path(settings)
    before = link.resolve() if link.is_symlink() else None
    if new is None:
        calls.remove(link)
        before = None
    else:
        calls.replace(_link_aside(link, new), link)
    for leftover in calls.found(link.parent, f"{FOLDER_PREFIX}*"):
        if leftover.is_symlink():
            calls.remove(leftover)
        elif leftover != new and leftover.resolve() != before:
            calls.remove_folder(leftover)
    calls.flush(link.parent)


def remove_half(settings: Settings) -> None:
    """Remove what no link points to and no publication will need: folders half written, links never used."""
    for leftover in calls.found(parquet_path(settings).parent, f"{FOLDER_PREFIX}*"):
        if leftover.is_symlink():
            calls.remove(leftover)
        elif leftover.name.endswith(_PART):
            calls.remove_folder(leftover)


def complete_of(settings: Settings, name: str) -> Path | None:
    """Return the folder of the mart called `name` where one was written and the link doesn't point to it yet."""
    link = parquet_path(settings)
    if not settings.publish.parquet or (link.exists() and not link.is_symlink()):
        return None
    written = [
        path
        for path in calls.found(link.parent, f"{FOLDER_PREFIX}{Path(name).stem}-*")
        if path.is_dir() and not path.is_symlink() and not path.name.endswith(_PART)
    ]
    current = link.resolve() if link.is_symlink() else None
    return written[-1] if written and current not in [path.resolve() for path in written] else None


def point_to(settings: Settings, folder: Path) -> None:
    """Let `parquet` be a folder that is complete."""
    link = parquet_path(settings)
    aside = _link_aside(link, folder)
    calls.remove(aside)
    calls.point(aside, folder.name)
    calls.replace(aside, link)


def _link_aside(link: Path, folder: Path) -> Path:
    return link.with_name(f"{folder.name}.link")
