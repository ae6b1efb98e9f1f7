"""Schema `landing`: what was landed from which file, what was refused, which columns are new."""

import dataclasses
import datetime as dt
from dataclasses import dataclass
from typing import Any

import duckdb

from orchestration.extracts.feed import Feed
from orchestration.extracts.find.listing import FoundFile


@dataclass(frozen=True)
class Load:
    """One line of `landing.files`, as far as decisions need it."""

    load_id: int
    feed: str
    file: str
    fingerprint: str
    spec_fingerprint: str
    is_current: bool
    rows_replaced: int
    version: str | None = None
    archived_as: str | None = None
    loaded_at: dt.datetime | None = None

    @property
    def address(self) -> str:
        """Under which hash the archive keeps it: that of its content, but where a person in it was forgotten."""
        return self.archived_as or self.fingerprint


@dataclass
class Counts:
    """Rows of one file. in = landed + replaced + refused + filtered + empty + totals."""

    rows_in: int = 0
    rows_empty: int = 0
    rows_filtered: int = 0
    rows_refused: int = 0
    rows_replaced: int = 0
    rows_landed: int = 0
    rows_unreadable: int = 0
    rows_totals: int = 0
    totals_doubted: int = 0
    currency_doubt: str | None = None
    exact_duplicates: int = 0
    newest_data: dt.date | None = None


def loads(connection: duckdb.DuckDBPyConnection, source: str, table: str) -> list[Load]:
    """Every load of a table, oldest first."""
    rows = connection.execute(
        """select load_id, feed, file, fingerprint, spec_fingerprint, is_current, rows_replaced, version,
            archived_as, loaded_at
        from landing.files where source = ? and table_name = ? order by load_id""",
        [source, table],
    ).fetchall()
    return [Load(*row) for row in rows]


def next_load_id(connection: duckdb.DuckDBPyConnection) -> int:
    """One more than any load so far, of whatever table."""
    row = connection.execute("select coalesce(max(load_id), 0) + 1 from landing.files").fetchone()
    return int(row[0]) if row else 1


def record_load(
    connection: duckdb.DuckDBPyConnection,
    feed: Feed,
    found: FoundFile,
    load: Load,
    now: dt.datetime,
    read: tuple[str, str | None, str | None],
    counts: Counts,
) -> None:
    """Write the manifest row of a load; the file is refused no longer, loads that gave way are not current."""
    table = feed.table
    format_, encoding, delimiter = read
    connection.execute("delete from landing.files where load_id = ?", [load.load_id])
    row = {
        "load_id": load.load_id, "source": table.source, "table_name": table.name, "feed": feed.label,
        "file": found.name, "fingerprint": load.fingerprint, "spec_fingerprint": load.spec_fingerprint,
        "format": format_, "encoding": encoding, "delimiter": delimiter, "size_bytes": found.size,
        "modified_at": _utc(found.modified_at), "loaded_at": now, "is_current": True, "version": found.version,
        "archived_as": load.archived_as, **dataclasses.asdict(counts),
    }  # fmt: skip
    insert_row(connection, row)
    clear_refusal(connection, feed, found.name)
    _retire(connection, feed)


def _retire(connection: duckdb.DuckDBPyConnection, feed: Feed) -> None:
    """A load is current while it is the newest of its file or some of its rows still count."""
    retired = connection.execute(
        """update landing.files as old set is_current = false
        where is_current and rows_landed = 0 and source = ? and table_name = ? and feed = ?
            and exists (
                select 1 from landing.files as newer
                where newer.source = old.source and newer.table_name = old.table_name and newer.feed = old.feed
                    and newer.file = old.file and newer.load_id > old.load_id
            )
        returning load_id""",
        [feed.table.source, feed.table.name, feed.label],
    ).fetchall()
    for (load_id,) in retired:
        connection.execute("delete from landing.refused_rows where load_id = ?", [load_id])


def record_refusal(
    connection: duckdb.DuckDBPyConnection, feed: Feed, found: FoundFile, prints: tuple[str, str], reason: str
) -> None:
    """Write down why a file was refused; `prints` are the fingerprints of its content and of how it was read."""
    clear_refusal(connection, feed, found.name)
    path = [feed.table.source, feed.table.name, feed.label, found.name]
    times = [found.size, _utc(found.modified_at), _utc(dt.datetime.now(dt.UTC))]
    connection.execute(
        """insert into landing.refused_files (source, table_name, feed, file, fingerprint, spec_fingerprint, size_bytes,
            modified_at, refused_at, reason) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        [*path, *prints, *times, reason],
    )


def note_version(connection: duckdb.DuckDBPyConnection, load: Load, found: FoundFile) -> None:
    """The content of a load came again under another version: the next run need not download it for that."""
    if load.version != found.version:
        connection.execute("update landing.files set version = ? where load_id = ?", [found.version, load.load_id])


def clear_refusal(connection: duckdb.DuckDBPyConnection, feed: Feed, file: str) -> None:
    """A file that was landed, or is gone, is refused no longer."""
    connection.execute(
        "delete from landing.refused_files where source = ? and table_name = ? and feed = ? and file = ?",
        [feed.table.source, feed.table.name, feed.label, file],
    )


def refusals(connection: duckdb.DuckDBPyConnection, source: str, table: str) -> dict[tuple[str, str], tuple[str, ...]]:
    """(feed, file) -> (fingerprint, spec fingerprint, reason) of the files that are refused at present."""
    rows = connection.execute(
        """select feed, file, fingerprint, spec_fingerprint, reason
        from landing.refused_files where source = ? and table_name = ?""",
        [source, table],
    ).fetchall()
    return {(row[0], row[1]): row[2:] for row in rows}


def insert_row(connection: duckdb.DuckDBPyConnection, row: dict[str, Any]) -> None:
    """Write one line of `landing.files`, by the names of its columns."""
    names, marks = ", ".join(row), ", ".join("?" for _ in row)
    connection.execute(f"insert into landing.files ({names}) values ({marks})", list(row.values()))


def _utc(moment: dt.datetime | None) -> dt.datetime | None:
    return moment.astimezone(dt.UTC).replace(tzinfo=None) if moment and moment.tzinfo else moment


def move_to_replaced(connection: duckdb.DuckDBPyConnection, gone: dict[int, int]) -> None:
    """Count rows that a newer extract replaced (load id -> rows) as replaced and no longer as landed."""
    for load_id, rows in gone.items():
        connection.execute(
            """update landing.files
            set rows_landed = rows_landed - $rows, rows_replaced = rows_replaced + $rows where load_id = $load_id""",
            {"rows": rows, "load_id": load_id},
        )


def record_columns(
    connection: duckdb.DuckDBPyConnection, feed: Feed, load: Load, names: list[str], now: dt.datetime, is_first: bool
) -> None:
    """Write down the columns of a file that the raw table did not have before."""
    connection.execute(
        "insert into landing.new_columns select ?, ?, ?, unnest(?::varchar[]), ?, ?, ?",
        [load.load_id, feed.table.source, feed.table.name, names, load.file, now, is_first],
    )
