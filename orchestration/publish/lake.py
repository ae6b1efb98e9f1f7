"""Large facts beside the mart: Parquet in the lake, of which the published file has views (`publish.lake`).

    <lake>/published/<name of the mart>/<table>/<part>.parquet

A mart's folder is complete before it has its name and is not written to again, but to erase a person. It stays as long
as that mart is published or kept in the history, whose names say which folders are theirs. A view names its files by
their absolute path, since nothing else means the same to every reader.
"""

import glob
from collections.abc import Mapping
from pathlib import Path

import duckdb

from orchestration.errors import PublishError
from orchestration.extracts.sql import identifier, literal
from orchestration.publish import calls
from orchestration.publish.calls import Database, Executes
from orchestration.publish.files import clone
from orchestration.publish.history import kept_marts, named
from orchestration.settings import Settings
from orchestration.transform.spark.built import built_folder
from orchestration.transform.spark.storage import Storage

_PART = ".part"


def write_lake(mart: Database, settings: Settings, name: str) -> dict[str, str]:
    """Lay the facts that `publish.lake` names into the lake; the working database is attached as `warehouse`.

    What Spark has built in a folder gets a second name, what it has built in a bucket is fetched from there; else the
    working database's rows are written.

    Args:
        mart: the file that is built aside.
        settings: the workspace.
        name: of the mart, as in the history.

    Returns:
        Table -> the SQL of the view that shows it, with the types that the working database says.

    Raises:
        PublishError: the build has no such table.
    """
    if not settings.publish.lake:
        return {}
    whole = lake_folder(settings) / Path(name).stem
    part = whole.with_name(whole.name + _PART)
    storage = Storage(settings.storage) if settings.engine.target == "spark" else None
    views = {}
    for table in settings.publish.lake:
        types = _types(mart, table)
        folder = part / table
        calls.make_folder(folder)
        built = None if storage is None else built_folder(storage, "mart", table)
        if storage is None or built is None:
            columns = ", ".join(_stored(column, kind) for column, kind in types.items())
            mart.write_parquet(f"select {columns} from warehouse.mart.{identifier(table)}", folder / "part-0.parquet")
        else:
            with storage.here(built) as files:
                for file in calls.found(files, "*.parquet"):
                    clone(file, folder / file.name)
                    calls.open_to_readers(folder / file.name)
        for file in (*calls.found(folder, "*.parquet"), folder):
            calls.flush(file)
        views[table] = _view(table, types, whole / table)
    calls.flush(part)
    calls.replace(part, whole)
    calls.flush(whole.parent)
    return views


def lake_folder(settings: Settings) -> Path:
    """Where the large facts of the marts lie, a folder each."""
    return settings.lake_path / "published"


def remove_unread(settings: Settings) -> None:
    """Remove the folders of which neither the published mart nor a kept one is made; the caller holds the lock.

    Where somebody writes into the published mart, so that it does not say which one it is, all of them stay.
    """
    folders = calls.found(lake_folder(settings), "*")
    live = named(settings.published_path) if folders and settings.published_path.exists() else ""
    if live is None:
        return
    read = {Path(name).stem for name in (live, *(entry.name for entry in kept_marts(settings)))}
    for folder in folders:
        if folder.name not in read:
            calls.remove_folder(folder)


def files_of(mart: Path) -> list[Path]:
    """Return the folders that views of a mart read; none where the file does not read back."""
    try:
        with calls.Database(mart, read_only=True) as connection:
            return [Path(folder) for folder in lies_in(connection, _own_name(connection)).values()]
    except duckdb.Error:
        return []


def lies_in(connection: Executes, database: str) -> dict[str, str]:
    """Return table -> folder of those tables of an open mart that are views of Parquet files."""
    has_column = connection.execute(
        "select 1 from duckdb_columns() where database_name = ? and schema_name = '_meta' and table_name = 'tables'"
        " and column_name = 'lies_in'",
        [database],
    ).fetchall()
    if not has_column:  # published before there was a lake
        return {}
    found = connection.execute(
        f"select table_name, lies_in from {identifier(database)}._meta.tables where lies_in is not null order by all"
    ).fetchall()
    return dict(found)


def refuse_missing(mart: Path, folders: list[Path]) -> None:
    """Look whether the Parquet files of a mart are where its views look for them.

    Raises:
        PublishError: they are not, as after the workspace was moved.
    """
    missing = [str(folder) for folder in folders if not calls.found(folder, "*.parquet")]
    if missing:
        raise PublishError(gone(mart, missing))


def gone(mart: Path, missing: list[str]) -> str:
    """One sentence for whoever reads a mart without its Parquet files."""
    return (
        f"{mart}: reads Parquet files of {', '.join(missing)}, where there are none. Views name their files by their "
        "absolute path: after a workspace was moved or copied, `funnelmart run` publishes it again where it is now"
    )


def _types(mart: Database, table: str) -> dict[str, str]:
    types = dict(
        mart.execute(
            "select column_name, data_type from duckdb_columns() where database_name = 'warehouse'"
            " and schema_name = 'mart' and table_name = ? order by column_index",
            [table],
        ).fetchall()
    )
    if not types:
        raise PublishError(f"publish.lake: {table}: no such table in this build; expected the name of a published fact")
    return types


def _stored(column: str, kind: str) -> str:
    """A column as other readers of Parquet take it: JSON as text, what has no type of Parquet's own as one that has."""
    name, stored = identifier(column), {"JSON": "varchar", "HUGEINT": "decimal(38, 0)"}.get(kind)
    return f"cast({name} as {stored}) as {name}" if stored else name


def _view(table: str, types: Mapping[str, str], folder: Path) -> str:
    columns = ", ".join(
        f"cast({identifier(column)} as {kind}) as {identifier(column)}" for column, kind in types.items()
    )
    files = literal(f"{glob.escape(str(folder.absolute()))}/*.parquet")
    # a folder above, such as `company=acme`, is no column
    return (
        f"create view mart.{identifier(table)} as"
        f" select {columns} from read_parquet({files}, hive_partitioning = false)"
    )


def _own_name(connection: Database) -> str:
    return str(connection.execute("select current_database()").fetchall()[0][0])
