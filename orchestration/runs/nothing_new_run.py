"""A run that had nothing to do, in Dagster's history: successful, without steps, tagged.

Written straight into Dagster's SQLite file, since to import Dagster takes longer than all the rest of such a run.
Where the file's layout is another one than is known here, Dagster itself writes it.
"""

import contextlib
import datetime as dt
import json
import sqlite3
import uuid
from collections.abc import Mapping
from pathlib import Path

from orchestration.runs.dagster_home import home_path, use_dagster_home
from orchestration.runs.origin import origin_of
from orchestration.settings import Settings

NOTHING_NEW = "nothing_new"
_JOB = "funnelmart"
_LAYOUT = "29b539ebc72a"  # Dagster's own name (a migration's) of the layout that is known here
_PATIENCE = 60.0  # seconds to wait for another process that writes


def note_nothing_new(settings: Settings, started_at: dt.datetime, tags: Mapping[str, str], published_by: str) -> str:
    """Put a run that started at `started_at` (aware) and ends now into the history; returns its id.

    Its tag `nothing_new` names the run that published what is still right.
    """
    run_id = str(uuid.uuid4())
    tags = {**tags, NOTHING_NEW: published_by}
    path = home_path(settings) / "runs.db"
    try:
        if not path.exists():
            raise sqlite3.DatabaseError(f"{path}: no such file")
        _insert(path, run_id, tags, started_at, dt.datetime.now(dt.UTC))
    except sqlite3.Error:
        _through_dagster(settings, run_id, tags)
    return run_id


def _insert(path: Path, run_id: str, tags: Mapping[str, str], started_at: dt.datetime, ended_at: dt.datetime) -> None:
    created, updated = (
        moment.astimezone(dt.UTC).replace(tzinfo=None).isoformat(" ") for moment in (started_at, ended_at)
    )
    with contextlib.closing(sqlite3.connect(path, timeout=_PATIENCE)) as runs, runs:
        layout = runs.execute("select version_num from alembic_version").fetchall()
        if layout != [(_LAYOUT,)]:
            raise sqlite3.DatabaseError(f"{path}: layout {layout}; known is {_LAYOUT}")
        runs.execute(
            "insert into runs (run_id, pipeline_name, status, run_body, create_timestamp, update_timestamp,"
            " start_time, end_time) values (?, ?, 'SUCCESS', ?, ?, ?, ?, ?)",
            [
                run_id, _JOB, _body(run_id, tags), created, updated, started_at.timestamp(), ended_at.timestamp(),
            ],
        )  # fmt: skip
        runs.executemany(
            "insert into run_tags (run_id, key, value) values (?, ?, ?)",
            [(run_id, key, value) for key, value in tags.items()],
        )


def _body(run_id: str, tags: Mapping[str, str]) -> str:
    """The run as Dagster writes one down."""
    said = {
        "__class__": "PipelineRun",
        "pipeline_name": _JOB,
        "run_id": run_id,
        "run_config": {},
        "status": {"__enum__": "PipelineRunStatus.SUCCESS"},
        "step_keys_to_execute": [],
        "tags": dict(tags),
        "external_pipeline_origin": origin_of(_JOB),
    }
    return json.dumps(said)


def _through_dagster(settings: Settings, run_id: str, tags: Mapping[str, str]) -> None:
    import dagster as dg

    use_dagster_home(settings)
    with dg.DagsterInstance.get() as instance:
        run = dg.DagsterRun(job_name=_JOB, run_id=run_id, status=dg.DagsterRunStatus.SUCCESS, tags=dict(tags))
        instance.add_run(run)
