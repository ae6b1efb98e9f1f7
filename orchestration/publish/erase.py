"""A person leaves the published marts: the live one, the kept ones, Parquet, the lake. What names them is written anew.

Models mask what people wrote, so there is mostly nothing to do; what an older version published may name them still.
"""

import glob
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

import duckdb

from orchestration.errors import PublishError
from orchestration.extracts.sql import identifier, literal
from orchestration.extracts.type.erased import Eraser
from orchestration.publish import calls
from orchestration.publish.aside import STORAGE_VERSION
from orchestration.publish.content import content, content_columns
from orchestration.publish.files import aside_path, swap_in
from orchestration.publish.history import kept_marts, name_of
from orchestration.publish.lake import files_of
from orchestration.publish.parquet import FOLDER_PREFIX, export_aside, swap_parquet
from orchestration.settings import Settings
from orchestration.temporary import NOT_SPILT
from orchestration.warehouse import Config, engine_config


def erase_published(settings: Settings, eraser: Eraser) -> list[Path]:
    """Write every mart again that names the person; returns their paths. The caller holds the workspace's lock.

    Raises:
        PublishError: a mart can't be read or written; it stays as it was.
    """
    live = settings.published_path
    marts = [*(entry.path for entry in kept_marts(settings)), *([live] if live.exists() else [])]
    config = engine_config(settings, "forget")  # what is spilt names the person: the workspace's, for the owner alone
    beside = {mart: erase_files(mart, eraser, config) for mart in marts}
    changed = [mart for mart in marts if erase_mart(mart, eraser, config, beside[mart])]
    link = settings.parquet_path
    if changed and link.is_symlink():
        swap_parquet(settings, export_aside(settings, live, name_of(live)))
        current = link.resolve() if link.is_symlink() else None
        for folder in calls.found(link.parent, f"{FOLDER_PREFIX}*"):
            if not folder.is_symlink() and folder.resolve() != current:
                calls.remove_folder(folder)
    return changed


def erase_mart(mart: Path, eraser: Eraser, config: Config = NOT_SPILT, beside: Collection[str] = ()) -> bool:
    """Write one mart anew where it names the person, since what is changed in place stays in the file; whether it did.

    `config` is how DuckDB is opened for it, of which the folder to spill to matters most.
    `beside` are tables of it whose Parquet files were written again: their contents are others now, too.

    Raises:
        PublishError: it can't be read or written.
    """
    aside = aside_path(mart.parent, f"forget-{mart.stem}")
    calls.remove(aside)
    try:
        with duckdb.connect(str(mart), read_only=True, config=dict(config)) as connection:
            columns = connection.execute(
                """select columns.schema_name, columns.table_name, columns.column_name
                from duckdb_columns() as columns join duckdb_tables() using (database_name, schema_name, table_name)
                where columns.database_name = current_database() and columns.data_type = 'VARCHAR' order by all"""
            ).fetchall()
            texts = [(f"{identifier(schema)}.{identifier(table)}", column) for schema, table, column in columns]
            found = _found(connection, texts, eraser)
        if not found and not beside:
            return False
        with duckdb.connect(config={**config, "storage_compatibility_version": STORAGE_VERSION}) as connection:
            connection.execute(f"attach {literal(str(mart))} as old (read_only)")
            connection.execute(f"attach {literal(str(aside))} as new (storage_version {literal(STORAGE_VERSION)})")
            connection.execute("copy from database old to new")
            connection.execute("detach old")
            connection.execute("use new")
            connection.execute("begin")
            for table, column, values in found:
                _replace(connection, table, identifier(column), {value: eraser.erase(value) for value in values})
            _note_contents(connection, {*beside, *(table.split(".")[-1].strip('"') for table, *_ in found)})
            connection.execute("commit")
            connection.execute("checkpoint new")
        _pack(aside, config)
        swap_in(aside, mart)
    except (duckdb.Error, OSError) as error:
        calls.remove(aside)
        raise PublishError(f"{mart}: could not be written without the person: {error}") from error
    return True


def _replace(connection: duckdb.DuckDBPyConnection, table: str, column: str, erased: Mapping[str, str]) -> None:
    """Put other texts into a column, all of them in one statement."""
    connection.execute(
        f"""update {table} set {column} = pairs.erased
        from (select unnest(?::varchar[]) as named, unnest(?::varchar[]) as erased) as pairs
        where {column} = pairs.named""",
        [list(erased), list(erased.values())],
    )


def _note_contents(connection: duckdb.DuckDBPyConnection, changed: Collection[str]) -> None:
    """Let the mart say what its changed tables hold now; one of before there were contents says nothing."""
    if "content_hash" not in content_columns(connection, "new", "_meta").get("tables", {}):
        return
    for table, columns in content_columns(connection, "new", "mart").items():
        if table in changed:
            _, digest = content(connection, f"mart.{identifier(table)}", columns)
            connection.execute("update _meta.tables set content_hash = ? where table_name = ?", [digest, table])


def _pack(aside: Path, config: Config) -> None:
    """Copy once more: the values of before the change lie in blocks that are free now."""
    packed = aside.with_suffix(".packed")
    calls.remove(packed)
    with duckdb.connect(config=dict(config)) as connection:
        connection.execute(f"attach {literal(str(aside))} as old (read_only)")
        connection.execute(f"attach {literal(str(packed))} as new (storage_version {literal(STORAGE_VERSION)})")
        connection.execute("copy from database old to new")
    calls.replace(packed, aside)


def erase_files(mart: Path, eraser: Eraser, config: Config = NOT_SPILT) -> set[str]:
    """Write each Parquet file again that a mart has a view of and that names the person; returns the tables.

    Raises:
        PublishError: a file can't be read or written; it stays as it was.
    """
    changed: set[str] = set()
    for file in (file for folder in files_of(mart) for file in calls.found(folder, "*.parquet")):
        aside = file.with_suffix(".part")
        rows = f"read_parquet({literal(glob.escape(str(file)))}, hive_partitioning = false)"
        try:
            with calls.Database(Path(":memory:"), config=dict(config)) as connection:
                described = connection.execute(f"describe select * from {rows}").fetchall()
                texts = [(rows, column) for column, kind, *_ in described if kind == "VARCHAR"]
                found = _found(connection, texts, eraser)
                if not found:
                    continue
                erased = ", ".join(_erased(column, values, eraser) for _, column, values in found)
                connection.write_parquet(f"select * replace ({erased}) from {rows}", aside)
            calls.flush(aside)
            calls.replace(aside, file)
        except (duckdb.Error, OSError) as error:
            calls.remove(aside)
            raise PublishError(f"{file}: could not be written without the person: {error}") from error
        changed.add(file.parent.name)
    return changed


def _erased(column: str, values: list[str], eraser: Eraser) -> str:
    cases = " ".join(f"when {literal(value)} then {literal(eraser.erase(value))}" for value in values)
    return f"case {identifier(column)} {cases} else {identifier(column)} end as {identifier(column)}"


def _found(
    connection: calls.Executes, texts: Iterable[tuple[str, str]], eraser: Eraser
) -> list[tuple[str, str, list[str]]]:
    """Of columns of texts (relation, name) those that name the person, with the values that do."""
    found = []
    for relation, column in texts if eraser.sure else ():
        name = identifier(column)
        tests = " or ".join(f"contains(lower({name}), {literal(value)})" for value in eraser.sure)
        values = [r[0] for r in connection.execute(f"select distinct {name} from {relation} where {tests}").fetchall()]
        values = [value for value in values if eraser.finds(value)]
        if values:
            found.append((relation, column, values))
    return found
