"""Whether a run would give what is published already: the same inputs, and everything they gave is still in place."""

import dataclasses
import datetime as dt
import json
import os
from collections.abc import Iterable
from pathlib import Path

import duckdb

from orchestration.errors import RemoteError
from orchestration.extracts.find.state import extracts_state
from orchestration.settings import Settings
from orchestration.settings.noted import note, noted_json
from orchestration.temporary import NOT_SPILT
from orchestration.transform.inputs import inputs_fingerprint


@dataclasses.dataclass(frozen=True)
class Publication:
    """A whole run that published: what went in, and what it left.

    `published` are size, time of change (ns) and inode of the published file, `files` the others that must still be
    there, by their paths.
    """

    run_id: str
    inputs: str
    published: tuple[int, int, int]
    files: tuple[str, ...]


def record_publication(settings: Settings, run_id: str, inputs: str, beside: Iterable[Path] = ()) -> None:
    """Note that the whole run `run_id` made from `inputs` what is published now, and the documents beside it.

    `beside` are the folders that the published file has views of.
    """
    expected = [settings.warehouse_path, *(settings.reports_path / name for name in _DOCUMENTS)]
    expected += [settings.parquet_path] if settings.publish.parquet else []
    expected += beside
    said = Publication(run_id, inputs, _identity(settings.published_path), tuple(map(str, expected)))
    note(_path(settings), json.dumps(dataclasses.asdict(said)))


def forget_publication(settings: Settings) -> None:
    """Let the next run be a whole one, whatever it finds."""
    _path(settings).unlink(missing_ok=True)


def published_already(settings: Settings, now: dt.datetime) -> str | None:
    """Return the id of the run that built the published mart from what a run would read now; None where one is due.

    The published file must be the very one that that run put there: a rollback, or somebody else's file in its place,
    makes a run due. So does a remote place that can't be listed: the run itself says why.

    Raises:
        SettingsError: a path or pattern of the settings matches nothing.
    """
    said = _load(settings)
    if said is None or not settings.published_path.exists() or _identity(settings.published_path) != said.published:
        return None
    if not all(os.path.exists(path) for path in said.files) or _run_id(settings.published_path) != said.run_id:
        return None
    try:
        extracts = extracts_state(settings)
    except RemoteError:
        return None
    return said.run_id if inputs_fingerprint(settings, extracts, now) == said.inputs else None


_DOCUMENTS = ("kpi_report.html", "dbt_docs.html", "data_docs/index.html")


def _path(settings: Settings) -> Path:
    return settings.state_path / "publication.json"


def _load(settings: Settings) -> Publication | None:
    """The note of the last whole run; one that can't be read counts as none: then a run is due, and writes it again."""
    try:
        found = noted_json(_path(settings))
        return Publication(found["run_id"], found["inputs"], tuple(found["published"]), tuple(map(str, found["files"])))
    except (KeyError, TypeError):
        return None


def _identity(path: Path) -> tuple[int, int, int]:
    found = path.stat()
    return found.st_size, found.st_mtime_ns, found.st_ino


def _run_id(mart: Path) -> str | None:
    """The run that a published mart says it was built by; None where it does not read back."""
    try:
        with duckdb.connect(str(mart), read_only=True, config=NOT_SPILT) as connection:
            row = connection.execute("select run_id from _meta.run").fetchone()
    except duckdb.Error:
        return None
    return None if row is None else str(row[0])
