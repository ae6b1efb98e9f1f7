"""When runs start: the jobs, the daily schedule, and the sensor for new or changed extracts."""

import datetime as dt
from typing import Any

import dagster as dg
from dagster._utils.schedules import is_valid_cron_schedule

from orchestration.defs.failures import say_why
from orchestration.defs.publish import PUBLISHED
from orchestration.defs.tell import bury_between_runs
from orchestration.defs.workspace import PIPELINE
from orchestration.errors import SettingsError
from orchestration.extracts.find.state import extracts_state, landed_state
from orchestration.extracts.sources import SHEETS, entity_sources
from orchestration.notify.tell import Ended, tell_between_runs
from orchestration.runs.nothing_new_run import note_nothing_new
from orchestration.runs.origin import SHOWN_WITH_ITS_JOB
from orchestration.runs.runs import SCHEDULE, SENSOR
from orchestration.settings import Settings, load_settings, schedule_cron
from orchestration.transform.nothing_new import published_already

KPI_REPORT = dg.AssetKey(["reports", "kpi_report"])
SENSOR_SECONDS = 60
_YEARS_TO_RELOAD = 3
_EVERYTHING = dg.AssetSelection.all() | dg.AssetSelection.all_asset_checks()

pipeline = dg.define_asset_job(
    PIPELINE,
    selection=_EVERYTHING,
    hooks={say_why},
    description="The whole way: land extracts, build, check, publish.",
)


def republish_job(checks: list[dg.AssetChecksDefinition]) -> Any:
    """Check the marts as they stand again and publish them; lands and builds nothing."""
    return dg.define_asset_job(
        "republish",
        hooks={say_why},
        selection=dg.AssetSelection.assets(PUBLISHED, KPI_REPORT).without_checks() | dg.AssetSelection.checks(*checks),
        description=(
            "Check the marts that the last run built once more, publish and report them; lands and builds nothing."
        ),
    )


def reload_spend_job(settings: Settings) -> Any:
    """Backfill of ad spend by month: a partition reads the files of its month again, builds, checks and publishes."""
    found = entity_sources(sorted(settings.sources))["ad_spend"]
    sources = [source for source in found if source != SHEETS or settings.sheets]
    first = dt.date(settings.today(dt.datetime.now(dt.UTC)).year - _YEARS_TO_RELOAD, 1, 1)

    @dg.monthly_partitioned_config(start_date=first.isoformat(), end_offset=1, timezone=settings.reporting.timezone)
    def month(start: dt.datetime, end: dt.datetime) -> dict[str, Any]:
        last = end.date() - dt.timedelta(days=1)
        reload = {"reload": {"from": start.date().isoformat(), "to": last.isoformat()}}
        return {"ops": {f"extract_{source}": {"config": reload} for source in sources}}

    return dg.define_asset_job(
        "reload_spend",
        selection=_EVERYTHING,
        config=month,
        hooks={say_why},
        description=(
            "Backfill of ad spend: choose a month as Partition in the launchpad; its files are read again although "
            "they have not changed, then all is built, checked and published. Nothing is counted twice."
        ),
    )


def daily_schedule(settings: Settings) -> dg.ScheduleDefinition:
    """Every day at six in the reporting time zone, when the day before is complete, or when FUNNELMART_SCHEDULE says.

    Raises:
        SettingsError: FUNNELMART_SCHEDULE is no cron expression.
    """
    cron, zone = checked_cron("FUNNELMART_SCHEDULE", schedule_cron()), settings.reporting.timezone

    @dg.schedule(
        name=SCHEDULE,
        job=pipeline,
        cron_schedule=cron,
        execution_timezone=zone,
        description=f"The whole pipeline at {cron} (cron), {zone}: minute, hour, day, month, weekday.",
    )
    def daily(context: dg.ScheduleEvaluationContext) -> dg.RunRequest | dg.SkipReason:
        now = dt.datetime.now(dt.UTC)
        current = load_settings(settings.workspace)
        published_by = published_already(current, now)
        if published_by is None:
            return dg.RunRequest()
        tell_between_runs(current, now, Ended())
        run_id = note_nothing_new(current, now, {**SHOWN_WITH_ITS_JOB, "dagster/schedule_name": SCHEDULE}, published_by)
        return dg.SkipReason(f"Nothing new since run {published_by} published; noted as run {run_id}.")

    return daily


def checked_cron(variable: str, cron: str) -> str:
    """Return `cron`, which the environment variable gave.

    Raises:
        SettingsError: it is no cron expression.
    """
    if not is_valid_cron_schedule(cron):
        raise SettingsError(f"{variable}: {cron!r} is no cron expression; expected one such as 0 6 * * *")
    return cron


def extracts_sensor(settings: Settings) -> dg.SensorDefinition:
    """Start a run once for each state of the extracts; only names, sizes and times are looked at."""

    @dg.sensor(
        name=SENSOR,
        job=pipeline,
        minimum_interval_seconds=SENSOR_SECONDS,
        description="Runs the pipeline when a file of an enabled source is new or has changed.",
    )
    def new_extracts(context: dg.SensorEvaluationContext) -> dg.SensorResult:
        bury_between_runs(settings, context.instance)
        state = extracts_state(settings)
        if state in (context.cursor, landed_state(settings)):
            return dg.SensorResult(skip_reason="The extracts are as they were.")
        # The cursor is the key too: were it lost, the same state would still not run twice.
        return dg.SensorResult(run_requests=[dg.RunRequest(run_key=state)], cursor=state)

    return new_extracts
