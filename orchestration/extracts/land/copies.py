"""Land copies of the archive: extracts that are gone, but must be read again, keep their place among the others."""

import datetime as dt
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import duckdb
import fsspec

from orchestration.counted import counted
from orchestration.errors import ArchiveError, ExtractError
from orchestration.extracts.feed import Feed
from orchestration.extracts.find.archive import place
from orchestration.extracts.find.content import fetch
from orchestration.extracts.find.listing import FoundFile
from orchestration.extracts.land.land_file import Landed, write_rows
from orchestration.extracts.land.manifest import Load, loads
from orchestration.extracts.land.read_rows import read_rows
from orchestration.extracts.land.replacing import rivals
from orchestration.extracts.limits import one_file
from orchestration.settings import Settings


@dataclass(frozen=True)
class Archived:
    """A load and the copy of its file."""

    load: Load
    copy: FoundFile


def archived(settings: Settings, row: dict[str, Any]) -> Archived | None:
    """Return the load of a line of `landing.files` with the copy that stands for its file; None without a copy."""
    load = Load(
        load_id=row["load_id"],
        feed=row["feed"],
        file=row["file"],
        fingerprint=row["fingerprint"],
        spec_fingerprint=row["spec_fingerprint"],
        is_current=row["is_current"],
        rows_replaced=row["rows_replaced"],
        version=row["version"],
        archived_as=row["archived_as"],
        loaded_at=_moment(row["loaded_at"]),
    )
    path = place(settings, load.address)
    if not path.exists():
        return None
    copy = FoundFile(
        filesystem=fsspec.filesystem("file"),
        path=str(path),
        name=load.file,
        size=row["size_bytes"],
        modified_at=_moment(row["modified_at"]),
        version=load.version,
        address=load.address,
    )
    return Archived(load, copy)


def land_copy(connection: duckdb.DuckDBPyConnection, feed: Feed, found: Archived) -> Landed:
    """Land the copy under the load that it was, as the feed reads it now.

    Raises:
        ArchiveError: the copy is damaged.
        ExtractError: it can't be read as the feed says.
    """
    with one_file(), tempfile.TemporaryDirectory(prefix="funnelmart-") as folder:
        path = fetch(found.copy, Path(folder))
        load = replace(found.load, spec_fingerprint=feed.fingerprint(), is_current=True)
        known = loads(connection, feed.table.source, feed.table.name)
        met = rivals(load.load_id, feed, load.file, known)
        rows = read_rows(connection, feed, found.copy, path, Path(folder))
        return write_rows(connection, feed, found.copy, rows, load, met)


def land_lost(
    connection: duckdb.DuckDBPyConnection, settings: Settings, feed: Feed, there: set[str], notes: list[str]
) -> None:
    """Read again, from the archive, what settings or program read otherwise now and no file gives any more.

    `there` are the names of the files that were just looked at.
    """
    spec = feed.fingerprint()
    said = connection.execute(
        "select * from landing.files where source = ? and table_name = ? and feed = ? order by load_id",
        [feed.table.source, feed.table.name, feed.label],
    )
    names = [column[0] for column in said.description]
    rows = [dict(zip(names, row, strict=True)) for row in said.fetchall()]
    newest = {row["file"]: row["load_id"] for row in rows}
    again = []
    for row in rows:
        is_gone = row["file"] not in there or newest[row["file"]] != row["load_id"]
        if not is_gone or row["spec_fingerprint"] == spec or not row["is_current"]:
            continue
        found = archived(settings, row)
        if found is None:
            continue
        try:
            land_copy(connection, feed, Archived(replace(found.load, loaded_at=None), found.copy))
        except (ArchiveError, ExtractError) as error:
            notes.append(f"{row['file']}: its rows stay as they were; its copy in the archive can't be read: {error}")
        else:
            again.append(row["file"])
    if again:
        named = ", ".join(again[:10]) + (", …" if len(again) > 10 else "")
        gone = counted(len(again), "extract that is gone was", "extracts that are gone were")
        notes.append(f"{gone} read again from the archive: {named}")


def _moment(value: dt.datetime | str | None) -> dt.datetime | None:
    return dt.datetime.fromisoformat(value) if isinstance(value, str) else value
