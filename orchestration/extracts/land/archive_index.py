"""What the archive's copies were to the working database: the manifest of each raw table, kept beside the copies.

`archive/loads/<source>.<table>.json` says the same as `landing.files`, so that the working database can be made again
where it is lost. It is written after each landing that changed something. Until then a journal beside it says which
loads were added since: a line before each commit, so that the archive knows of all that the working database has.
"""

import json
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import duckdb

from orchestration.extracts.feed import Feed
from orchestration.extracts.land.layout import LAYOUT
from orchestration.extracts.source_specs import TableSpec
from orchestration.extracts.sources import SHEETS
from orchestration.settings import Settings
from orchestration.settings.noted import noted

_JOURNAL = ".journal"
_NAMED = {"layout", "former_sheets", "loads"}
_OF_A_LOAD = {"load_id", "source", "table_name", "feed", "file", "fingerprint", "loaded_at", "rows_landed"}


def index_path(settings: Settings, source: str, table: str) -> Path:
    """Return the file that says which loads a raw table has."""
    return settings.archive_path / "loads" / f"{source}.{table}.json"


def write_index(connection: duckdb.DuckDBPyConnection, settings: Settings, table: TableSpec) -> None:
    """Write down the loads of a raw table as they are now, whole or not at all; none where nothing is archived."""
    path = index_path(settings, table.source, table.name)
    rows = _loads(connection, table)
    if settings.archive.keep_days == 0 or not (rows or path.exists()):
        return
    document = {"layout": LAYOUT, "former_sheets": _former(connection, table), "loads": rows}
    number = _number(path)
    if noted(path) != _text(document, number):
        _make_folder(settings)
        aside = path.with_suffix(".part")
        with open(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            file.write(_text(document, number + 1))
            file.flush()
            os.fsync(file.fileno())
        os.replace(aside, path)
    path.with_suffix(_JOURNAL).unlink(missing_ok=True)


def note_loads(connection: duckdb.DuckDBPyConnection, settings: Settings, feed: Feed, changed: Iterable[int]) -> None:
    """Add to the journal how the loads `changed` are after the transaction that is about to be committed."""
    if settings.archive.keep_days == 0:
        return
    path = index_path(settings, feed.table.source, feed.table.name)
    former = [feed.label] if feed.owns_source and feed.constants.get("source") == SHEETS else []
    document = {"layout": LAYOUT, "former_sheets": former, "loads": _loads(connection, feed.table, changed)}
    _make_folder(settings)
    journal = path.with_suffix(_JOURNAL)
    line = json.dumps(_numbered(document, _number(path)), default=str)
    with open(os.open(journal, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "a", encoding="utf-8") as file:
        file.write(f"\n{line}\n")  # what a kill left of a line stands on its own
        file.flush()
        os.fsync(file.fileno())


def has_index(settings: Settings) -> bool:
    """Whether the archive says of any raw table which loads it has."""
    return bool(_paths(settings))


def read_indexes(settings: Settings) -> Iterator[dict[str, Any]]:
    """Yield what each raw table's index and journal say.

    A journal may name a load that a kill kept from being committed: its content was accepted, so it counts, but where
    another table's load has the same number since.

    Raises:
        ValueError: one is damaged; its name is said.
    """
    documents = [_checked(path) for path in _paths(settings)]
    newest: dict[int, str] = {}
    for document in documents:
        for load in document["loads"]:
            newest[load["load_id"]] = max(newest.get(load["load_id"], ""), load["loaded_at"])
    for document in documents:
        loads = [load for load in document["loads"] if load["loaded_at"] == newest[load["load_id"]]]
        yield {**document, "loads": loads}


def named_copies(connection: duckdb.DuckDBPyConnection) -> set[str]:
    """Return the addresses that the manifest names."""
    rows = connection.execute("select distinct coalesce(archived_as, fingerprint) from landing.files").fetchall()
    return {row[0] for row in rows}


def _paths(settings: Settings) -> list[Path]:
    """The indexes that are there, or of which a journal is."""
    found = (settings.archive_path / "loads").glob("*.*")
    return sorted({path.with_suffix(".json") for path in found if path.suffix in (".json", _JOURNAL)})


def _checked(path: Path) -> dict[str, Any]:
    """What an index and its journal say, of the shape that it must have."""
    try:
        document = _read(path)
        lacking = _NAMED - document.keys() | {name for load in document["loads"] for name in _OF_A_LOAD - load.keys()}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(f"{path}: {type(error).__name__}: {error}") from error
    if lacking:
        raise ValueError(f"{path}: it does not say {', '.join(sorted(lacking))}")
    return document


def _read(path: Path) -> dict[str, Any]:
    """The index with the journal's lines in their order; lines of an older index are in this one already."""
    document: dict[str, Any] = {"layout": LAYOUT, "former_sheets": [], "loads": []}
    if path.exists():
        document = json.loads(path.read_text(encoding="utf-8"))
    loads = {load["load_id"]: load for load in document["loads"]}
    for line in _lines(path.with_suffix(_JOURNAL)):
        if line["number"] == document.get("number", 0):
            document["layout"] = max(document["layout"], line["layout"])
            document["former_sheets"] = sorted({*document["former_sheets"], *line["former_sheets"]})
            loads |= {load["load_id"]: load for load in line["loads"]}
    return {**document, "loads": [loads[load_id] for load_id in sorted(loads)]}


def _lines(journal: Path) -> Iterator[dict[str, Any]]:
    """The lines of a journal; half a line is one of a transaction that was never committed."""
    text = journal.read_text(encoding="utf-8", errors="replace") if journal.exists() else ""
    for line in text.split("\n"):
        with suppress(json.JSONDecodeError):
            yield json.loads(line)


def _number(path: Path) -> int:
    """How often the index was written: it says so first. One that is not there, or of before journals, says 0."""
    if not path.is_file():
        return 0
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            found = re.match(r'\{\s*"number": (\d+)', file.read(100))
    except FileNotFoundError:
        return 0
    return int(found[1]) if found else 0


def _numbered(document: dict[str, Any], number: int) -> dict[str, Any]:
    return {"number": number, **document}


def _text(document: dict[str, Any], number: int) -> str:
    return json.dumps(_numbered(document, number), default=str, indent=1)


def _loads(
    connection: duckdb.DuckDBPyConnection, table: TableSpec, only: Iterable[int] | None = None
) -> list[dict[str, Any]]:
    of_them = "" if only is None else "and list_contains(?, load_id)"
    said = connection.execute(
        f"select * from landing.files where source = ? and table_name = ? {of_them} order by load_id",
        [table.source, table.name, *([] if only is None else [sorted(only)])],
    )
    names = [column[0] for column in said.description]
    return [dict(zip(names, row, strict=True)) for row in said.fetchall()]


def _make_folder(settings: Settings) -> None:
    settings.archive_path.mkdir(exist_ok=True, mode=0o700)
    (settings.archive_path / "loads").mkdir(exist_ok=True, mode=0o700)


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
