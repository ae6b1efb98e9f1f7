"""How a workspace is doing: what is published, which checks failed, how fresh the sources are, what runs."""

import dataclasses
import datetime as dt
from pathlib import Path
from typing import Any

import duckdb

from orchestration.errors import PublishError, RemoteError
from orchestration.lock import another_run
from orchestration.runs.runs import Automation, LastRun, read_history
from orchestration.settings import Settings
from orchestration.views.links import Links, links
from orchestration.views.reader import open_published, rows
from orchestration.views.unmatched import Unmatched, unmatched

# A reason may end with what was special about the row; without that, alike rows are counted together.
_WHY = """
    select
        split_part(split_part(split_part(reason, ' up to ', 1), ':', 1), ';', 1) as reason,
        count(*) as refused
    from _meta.quarantine group by 1 order by 2 desc, 1
"""
# What the newest readable day of a source is; a date of the future is one of the refused rows.
_SOURCES = """
    select
        source, count(*) as tables, sum(files)::bigint as files,
        max(newest_data_date) filter (where newest_data_date <= run.today + 1) as newest_data_date,
        max(newest_extract_at) as newest_extract_at, sum(rows_in)::bigint as rows_in,
        sum(rows_kept)::bigint as rows_kept, sum(rows_refused)::bigint as rows_refused
    from _meta.sources cross join (select today from _meta.run) as run
    group by source order by source
"""


# Of a failed check; marts of before know nothing of accepted ones.
_SHOWN = ("check", "severity", "entity", "message", "accepted_because")


@dataclasses.dataclass
class Health:
    """One look at a workspace; `published` is the row of `_meta.run`, None where nothing is published."""

    company: str
    workspace: Path
    running: str | None
    last_run: LastRun | None
    automation: Automation
    extracts: str
    published: dict[str, Any] | None = None
    age: str = ""
    checks: int = 0
    nothing_to_check: int = 0
    failed_checks: list[dict[str, Any]] = dataclasses.field(default_factory=list)
    refused_rows: int = 0
    refused_why: list[dict[str, Any]] = dataclasses.field(default_factory=list)
    sources: list[dict[str, Any]] = dataclasses.field(default_factory=list)
    unmatched: Unmatched | None = None
    links: Links | None = None

    def as_document(self) -> dict[str, Any]:
        """Return the same as a JSON document."""
        return dataclasses.asdict(self)


def look(settings: Settings, now: dt.datetime) -> Health:
    """Look at the workspace without writing to it or being in the way of a run."""
    last_run, automation = read_history(settings, now)
    health = Health(
        settings.company, settings.workspace, another_run(settings), last_run, automation, _extracts(settings)
    )
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
    health.age = ago(now - built_at)
    counted = rows(mart, "select count(*) as checks, count(*) - count(success) as unchecked from _meta.checks")[0]
    health.checks, health.nothing_to_check = counted["checks"], counted["unchecked"]
    failed = rows(mart, 'select * from _meta.checks where not success order by severity, "check"')
    health.failed_checks = [{name: check.get(name) for name in _SHOWN} for check in failed]
    tables = {
        row["table_name"] for row in rows(mart, "select table_name from duckdb_tables() where schema_name = '_meta'")
    }
    if "quarantine" in tables:
        health.refused_rows = rows(mart, "select count(*) as refused from _meta.quarantine")[0]["refused"]
        health.refused_why = rows(mart, _WHY)
    if "sources" in tables:
        health.sources = rows(mart, _SOURCES)
        health.links = links(mart)
    if {"unmatched_spend", "unmatched_leads"} <= tables:
        health.unmatched = unmatched(mart)


def _extracts(settings: Settings) -> str:
    """Compare the state of the files with the one that the last run landed."""
    from orchestration.extracts.find.state import extracts_state, landed_state

    landed = landed_state(settings)
    if landed is None:
        return "nothing is landed yet"
    try:
        return "nothing new" if extracts_state(settings) == landed else "new or changed since the last run"
    except RemoteError as error:
        return str(error)


def ago(span: dt.timedelta) -> str:
    """Return a length of time as people say it: `5 min ago`, `3 h ago`, `2 d ago`."""
    minutes = max(int(span.total_seconds()) // 60, 0)
    if minutes < 60:
        return f"{minutes} min ago"
    return f"{minutes // 60} h ago" if minutes < 48 * 60 else f"{minutes // 1440} d ago"
