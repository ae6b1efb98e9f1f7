"""What Dagster's history of a workspace says: how the last run went, and when the next one starts by itself."""

import dataclasses
import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING

from orchestration.runs.dagster_home import use_dagster_home
from orchestration.settings import Settings, schedule_cron

if TYPE_CHECKING:
    import dagster as dg

STARTED_BY = "funnelmart/started_by"
SCHEDULE = "daily"
PULL_SCHEDULE = "daily_pull"
SENSOR = "new_extracts"
_HEARTBEAT = dt.timedelta(minutes=2)


@dataclasses.dataclass(frozen=True)
class LastRun:
    """A run as the UI shows it; times are aware, `seconds` is None while it runs."""

    run_id: str
    job: str
    status: str
    started_by: str
    started_at: dt.datetime | None
    seconds: float | None


@dataclasses.dataclass(frozen=True)
class Automation:
    """What starts runs by itself. `next_at` is None unless the schedule is on and a daemon is there to start it."""

    schedule: str
    schedule_is_on: bool
    sensor_is_on: bool
    daemon_is_alive: bool
    next_at: dt.datetime | None


def read_history(settings: Settings, now: dt.datetime) -> tuple[LastRun | None, Automation]:
    """Look at the history without starting anything; before the first run nothing of Dagster is even imported."""
    cron, zone = schedule_cron(), settings.reporting.timezone
    if not (settings.state_path / "dagster").exists():
        return None, Automation(f"{cron} {zone}", False, False, False, None)
    import dagster as dg
    from dagster._utils.schedules import schedule_execution_time_iterator

    use_dagster_home(settings)
    with dg.DagsterInstance.get() as instance:
        records = instance.get_run_records(limit=1)
        running = {state.name for state in instance.all_instigator_state() if state.is_running}
        beats = [beat.timestamp for beat in instance.get_daemon_heartbeats().values()]
    alive = bool(beats) and now - dt.datetime.fromtimestamp(max(beats), dt.UTC) < _HEARTBEAT
    on = SCHEDULE in running
    upcoming = next(schedule_execution_time_iterator(now.timestamp(), cron, zone, ascending=True))
    automation = Automation(f"{cron} {zone}", on, SENSOR in running, alive, upcoming if on and alive else None)
    return (_last_run(records[0]) if records else None), automation


def _last_run(record: "dg.RunRecord") -> LastRun:
    run = record.dagster_run
    started = None if record.start_time is None else dt.datetime.fromtimestamp(record.start_time, dt.UTC)
    seconds = None if started is None or record.end_time is None else record.end_time - started.timestamp()
    return LastRun(run.run_id, run.job_name, run.status.value.lower(), _started_by(run.tags), started, seconds)


def _started_by(tags: Mapping[str, str]) -> str:
    for tag, word in (("dagster/schedule_name", "schedule"), ("dagster/sensor_name", "sensor")):
        if tag in tags:
            return f"{word} {tags[tag]}"
    return "backfill" if "dagster/backfill" in tags else tags.get(STARTED_BY, "UI")
