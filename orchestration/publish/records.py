"""What goes into a publication and what comes out of it."""

import dataclasses
import datetime as dt
import hashlib
from pathlib import Path
from typing import Any

from data_checks.history import HISTORY_COLUMNS
from orchestration.publish.content import TABLES_COLUMNS
from orchestration.settings import Settings

PUBLISHED_SCHEMAS = ("mart", "_meta")


@dataclasses.dataclass(frozen=True)
class Reference:
    """A column that holds keys of another table, both as `schema.table`."""

    column: str
    to_table: str
    to_column: str


@dataclasses.dataclass(frozen=True)
class TableDescription:
    """What a table and its columns mean, from the model's `.yml`, and which of them hold keys of other tables."""

    description: str
    columns: dict[str, str] = dataclasses.field(default_factory=dict)
    references: tuple[Reference, ...] = ()


@dataclasses.dataclass(frozen=True)
class RunInfo:
    """The run that built a mart; `started_at` is aware.

    `today` is the reporting day the figures were counted for, `rows_loaded` what this run read from extracts.
    """

    run_id: str
    started_at: dt.datetime
    today: dt.date
    version: str
    rows_loaded: int = 0


@dataclasses.dataclass(frozen=True)
class PublishedMart:
    """A mart that was just published: where it lies, its rows by table (`schema.table`), what was kept of the old.

    `moved_from` is the path where the mart before was read, if it was another one; `warnings` are sentences about what
    failed after the mart was in place.
    """

    path: Path
    rows: dict[str, int]
    size_bytes: int
    previous: Path | None
    moved_from: Path | None = None
    warnings: tuple[str, ...] = ()


RUN_COLUMNS = {
    "run_id": ("varchar", "Id of the run, the same as in Dagster's history."),
    "started_at": ("timestamp", "Start of the run in UTC."),
    "finished_at": ("timestamp", "When this mart was built in UTC."),
    "status": ("varchar", "Always `published`: a run that fails leaves no mart."),
    "company": ("varchar", "Company of the workspace."),
    "reporting_currency": ("varchar", "ISO 4217 code that all money is in."),
    "timezone": ("varchar", "IANA time zone that periods are counted in."),
    "locale": ("varchar", "Language of the report."),
    "week_start": ("varchar", "First day of the week."),
    "today": ("date", "Reporting day that the figures were counted for."),
    "version": ("varchar", "Version of funnelmart that built this mart."),
    "settings_fingerprint": ("varchar", "SHA-256 of the workspace settings; differs where settings changed."),
    "rows_loaded": ("bigint", "Rows that this run read from new or changed extracts."),
    "mart_rows": ("bigint", "Rows of all tables of schema mart."),
}

RUN_DESCRIPTION = TableDescription(
    "One row: the run that built this mart and the settings it reports by.",
    {name: description for name, (_, description) in RUN_COLUMNS.items()},
)

CHECKS_DESCRIPTION = TableDescription(
    "The verdict of each check on the data of this mart.",
    {
        "suite": "Group of checks: leads, spend, deals, results or kpis.",
        "check": "Name of the check, the key under `checks` in funnelmart.yml.",
        "entity": "Table that was looked at.",
        "severity": "critical stops a publication, warning is counted and shown, info only tells.",
        "verdict": "passed, failed, or nothing_to_check where the table had no rows or none to measure.",
        "success": "Whether the data is as expected; null where there was nothing to check.",
        "observed": "What was found: a count, a share, days or an amount in the reporting currency.",
        "unexpected_count": "Rows, days, files or members that are not as expected.",
        "threshold": "Limit that the observed value was held against; null where there is none.",
        "message": "One sentence for a person.",
        "accepted_because": "Why a failed critical check did not stop this publication (`run --accept`); else null.",
        "samples": "At most ten failing rows as JSON; personal data is masked.",
        "checked_at": "When the check ran, in UTC.",
    },
)

RELATIONSHIPS_COLUMNS = {
    "table_name": ("varchar", "Table of the schema mart whose column holds the keys."),
    "column_name": ("varchar", "The column; null, or a key that the other table has."),
    "to_table": ("varchar", "Table of the schema mart that the keys are of."),
    "to_column": ("varchar", "Its column, unique there."),
}

RELATIONSHIPS_DESCRIPTION = TableDescription(
    "Which column holds keys of which table, for tools that draw stars: every pair is tested in each run (docs/bi.md).",
    {name: description for name, (_, description) in RELATIONSHIPS_COLUMNS.items()},
)

HISTORY_DESCRIPTION = TableDescription(
    "The verdicts of each check over the runs, also of those that did not publish; the last ones are of this mart.",
    {name: description for name, (_, description) in HISTORY_COLUMNS.items()},
)

TABLES_DESCRIPTION = TableDescription(
    "What each published table holds, so that two marts can be compared without reading them (`funnelmart diff`).",
    {name: description for name, (_, description) in TABLES_COLUMNS.items()},
)


def settings_fingerprint(settings: Settings) -> str:
    """SHA-256 (hex) over what the settings say, wherever the workspace lies."""
    return hashlib.sha256(settings.model_dump_json(exclude={"workspace"}).encode()).hexdigest()


def run_row(settings: Settings, run: RunInfo, finished_at: dt.datetime, mart_rows: int) -> dict[str, Any]:
    """Return the one row of `_meta.run`, keyed by `RUN_COLUMNS`; times become UTC without zone."""
    return {
        "run_id": run.run_id,
        "started_at": _naive_utc(run.started_at),
        "finished_at": _naive_utc(finished_at),
        "status": "published",
        "company": settings.company,
        "reporting_currency": settings.reporting.currency,
        "timezone": settings.reporting.timezone,
        "locale": settings.reporting.locale,
        "week_start": settings.reporting.week_start,
        "today": run.today,
        "version": run.version,
        "settings_fingerprint": settings_fingerprint(settings),
        "rows_loaded": run.rows_loaded,
        "mart_rows": mart_rows,
    }


def _naive_utc(moment: dt.datetime) -> dt.datetime:
    return moment.astimezone(dt.UTC).replace(tzinfo=None)
