"""How a workspace is doing: what is published, which checks failed, how fresh the sources are, what runs."""

import dataclasses
import datetime as dt
import json
from pathlib import Path
from typing import Any

import duckdb

from orchestration.errors import PublishError, WorkspaceLockedError
from orchestration.publish.reader import open_published, rows
from orchestration.settings import Settings
from orchestration.warehouse import workspace_lock


@dataclasses.dataclass
class Health:
    """One look at a workspace; `published` is the row of `_meta.run`, None where nothing is published."""

    company: str
    workspace: Path
    running: str | None
    last_run: str
    extracts: str
    published: dict[str, Any] | None = None
    age: str = ""
    checks: int = 0
    failed_checks: list[dict[str, Any]] = dataclasses.field(default_factory=list)
    refused_rows: int = 0
    sources: list[dict[str, Any]] = dataclasses.field(default_factory=list)

    def as_document(self) -> dict[str, Any]:
        """Return the same as a JSON document."""
        return dataclasses.asdict(self)


def last_run_path(settings: Settings) -> Path:
    """Return the file in which `funnelmart run` notes how its last run went and where its time went."""
    return settings.state_path / "last_run.json"


def look(settings: Settings, now: dt.datetime) -> Health:
    """Look at the workspace without writing to it or being in the way of a run."""
    health = Health(settings.company, settings.workspace, _running(settings), _last_run(settings), _extracts(settings))
    try:
        with open_published(settings) as mart:
            _look_at_mart(health, mart, now)
    except PublishError:
        if settings.published_path.exists():
            raise
    return health


def _look_at_mart(health: Health, mart: duckdb.DuckDBPyConnection, now: dt.datetime) -> None:
    health.published = rows(mart, "select * from _meta.run")[0]
    built_at = health.published["finished_at"].replace(tzinfo=dt.UTC)
    health.age = f"{(now - built_at) // dt.timedelta(hours=1)} h ago"
    health.checks = rows(mart, "select count(*) as checks from _meta.checks")[0]["checks"]
    health.failed_checks = rows(
        mart, 'select "check", severity, entity, message from _meta.checks where not success order by severity, "check"'
    )
    tables = {
        row["table_name"] for row in rows(mart, "select table_name from duckdb_tables() where schema_name = '_meta'")
    }
    if "quarantine" in tables:
        health.refused_rows = rows(mart, "select count(*) as refused from _meta.quarantine")[0]["refused"]
    if "sources" in tables:
        health.sources = rows(mart, 'select * from _meta.sources order by source, "table"')


def _running(settings: Settings) -> str | None:
    if not (settings.state_path / "lock").exists():
        return None
    try:
        with workspace_lock(settings):
            return None
    except WorkspaceLockedError as error:
        return str(error)


def _last_run(settings: Settings) -> str:
    path = last_run_path(settings)
    if not path.exists():
        return "none"
    run = json.loads(path.read_text())
    return f"{run['status']}, {run['finished_at'][:19]} UTC, {run['total']:.1f} s"


def _extracts(settings: Settings) -> str:
    """Compare the state of the files with the one that the last run landed."""
    from orchestration.extracts.state import extracts_state, landed_state

    landed = landed_state(settings)
    if landed is None:
        return "nothing is landed yet"
    return "nothing new" if extracts_state(settings) == landed else "new or changed since the last run"
