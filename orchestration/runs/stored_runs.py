"""What status needs of Dagster's history, read from its SQLite files: importing Dagster takes two seconds, this none.

The files are Dagster's own: where their layout is another one than is known here, `LayoutError` says so, and the caller
asks Dagster itself.
"""

import contextlib
import dataclasses
import datetime as dt
import json
import sqlite3
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

STORED_STATUS = "RUNNING"  # of a schedule or sensor that somebody has switched on


class LayoutError(Exception):
    """Dagster keeps its history in another way than is known here."""


@dataclasses.dataclass(frozen=True)
class StoredRun:
    """The newest run; times are seconds since 1970, None before it starts or ends."""

    run_id: str
    job: str
    status: str
    tags: Mapping[str, str]
    start_time: float | None
    end_time: float | None


@dataclasses.dataclass(frozen=True)
class Stored:
    """The newest run, the names of schedules and sensors that are on, and when a daemon last said that it lives."""

    last_run: StoredRun | None
    switched_on: frozenset[str]
    last_heartbeat: dt.datetime | None


def read_stored(storage: Path) -> Stored:
    """Read the history below `storage` without writing to it or waiting for who writes.

    Raises:
        LayoutError: the files are not as they are known here.
    """
    try:
        with _open(storage / "runs.db") as runs:
            return Stored(_last_run(runs), _switched_on(storage / "schedules.db"), _last_heartbeat(runs))
    except (sqlite3.Error, KeyError, TypeError, ValueError) as error:
        raise LayoutError(f"{storage}: {error}") from error


@contextlib.contextmanager
def _open(path: Path) -> Iterator[sqlite3.Connection]:
    with contextlib.closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        yield connection


def _last_run(runs: sqlite3.Connection) -> StoredRun | None:
    row = runs.execute(
        "select run_id, pipeline_name, status, run_body, start_time, end_time from runs order by id desc limit 1"
    ).fetchone()
    if row is None:
        return None
    run_id, job, status, body, start_time, end_time = row
    return StoredRun(run_id, job, status, json.loads(body)["tags"], start_time, end_time)


def _switched_on(path: Path) -> frozenset[str]:
    if not path.exists():
        return frozenset()
    with _open(path) as schedules:
        rows = schedules.execute("select instigator_body from instigators where status = ?", [STORED_STATUS])
        bodies: list[Any] = [json.loads(body) for (body,) in rows]
    return frozenset(str(body["origin"]["job_name"]) for body in bodies)


def _last_heartbeat(runs: sqlite3.Connection) -> dt.datetime | None:
    (newest,) = runs.execute("select max(timestamp) from daemon_heartbeats").fetchone()
    return None if newest is None else dt.datetime.fromisoformat(newest).replace(tzinfo=dt.UTC)
