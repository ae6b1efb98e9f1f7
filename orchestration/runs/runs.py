"""What Dagster's history of a workspace says: how the last run went, and when the next one starts by itself."""

import dataclasses
import datetime as dt
from collections.abc import Mapping

from orchestration.runs.dagster_home import home_path, use_dagster_home
from orchestration.runs.nothing_new_run import NOTHING_NEW
from orchestration.runs.stored_runs import LayoutError, Stored, StoredRun, read_stored
from orchestration.settings import Settings, schedule_cron

STARTED_BY = "funnelmart/started_by"
BY_COMMAND = "command line"
FULL = "funnelmart/full"  # tag of a run that builds every table from raw again
ACCEPTED = "funnelmart/accept"  # tag of a run: the one critical check that may fail in it
ACCEPTED_BECAUSE = "funnelmart/accept_because"
FAILED_BECAUSE = "why"  # tag of a failed run; short, since the list of runs shows some thirty characters of it
SCHEDULE = "daily"
PULL_SCHEDULE = "daily_pull"
SENSOR = "new_extracts"
_HEARTBEAT = dt.timedelta(minutes=2)


@dataclasses.dataclass(frozen=True)
class LastRun:
    """A run as the UI shows it; times are aware, `seconds` is None while it runs.

    `nothing_new`: all inputs were those of the published mart, so nothing was done. `why` it failed, in one line.
    """

    run_id: str
    job: str
    status: str
    started_by: str
    started_at: dt.datetime | None
    seconds: float | None
    nothing_new: bool = False
    why: str | None = None


@dataclasses.dataclass(frozen=True)
class Automation:
    """What starts runs by itself. `next_at` is None unless the schedule is on and a daemon is there to start it."""

    schedule: str
    schedule_is_on: bool
    sensor_is_on: bool
    daemon_is_alive: bool
    next_at: dt.datetime | None


def accepted_checks(tags: Mapping[str, str]) -> dict[str, str]:
    """Return the check that a run may fail and still publish, with the reason; nothing without a reason."""
    check, reason = tags.get(ACCEPTED), tags.get(ACCEPTED_BECAUSE)
    return {check: reason} if check and reason else {}


def read_history(settings: Settings, now: dt.datetime) -> tuple[LastRun | None, Automation]:
    """Look at the history without starting anything; Dagster is imported only where its files alone don't tell."""
    cron, zone = schedule_cron(), settings.reporting.timezone
    storage = home_path(settings)
    if not storage.exists():
        return None, Automation(f"{cron} {zone}", False, False, False, None)
    try:
        stored = read_stored(storage)
    except LayoutError:
        stored = ask_dagster(settings)
    alive = stored.last_heartbeat is not None and now - stored.last_heartbeat < _HEARTBEAT
    on = SCHEDULE in stored.switched_on
    upcoming = _next(cron, zone, now) if on and alive else None
    automation = Automation(f"{cron} {zone}", on, SENSOR in stored.switched_on, alive, upcoming)
    return (_last_run(stored.last_run) if stored.last_run else None), automation


def ask_dagster(settings: Settings) -> Stored:
    """The same as `read_stored`, from Dagster itself, which takes two seconds to import."""
    import dagster as dg

    use_dagster_home(settings)
    with dg.DagsterInstance.get() as instance:
        records = instance.get_run_records(limit=1)
        on = frozenset(state.name for state in instance.all_instigator_state() if state.is_running)
        beats = [beat.timestamp for beat in instance.get_daemon_heartbeats().values()]
    newest = None
    if records:
        run, record = records[0].dagster_run, records[0]
        newest = StoredRun(run.run_id, run.job_name, run.status.value, run.tags, record.start_time, record.end_time)
    return Stored(newest, on, dt.datetime.fromtimestamp(max(beats), dt.UTC) if beats else None)


def _next(cron: str, zone: str, now: dt.datetime) -> dt.datetime:
    from dagster._utils.schedules import schedule_execution_time_iterator

    return next(schedule_execution_time_iterator(now.timestamp(), cron, zone, ascending=True))


def _last_run(run: StoredRun) -> LastRun:
    started = None if run.start_time is None else dt.datetime.fromtimestamp(run.start_time, dt.UTC)
    seconds = None if started is None or run.end_time is None else run.end_time - started.timestamp()
    return LastRun(
        run.run_id, run.job, run.status.lower(), _started_by(run.tags), started, seconds, NOTHING_NEW in run.tags,
        run.tags.get(FAILED_BECAUSE),
    )  # fmt: skip


def _started_by(tags: Mapping[str, str]) -> str:
    for tag, word in (("dagster/schedule_name", "schedule"), ("dagster/sensor_name", "sensor")):
        if tag in tags:
            return f"{word} {tags[tag]}"
    return "backfill" if "dagster/backfill" in tags else tags.get(STARTED_BY, "UI")
