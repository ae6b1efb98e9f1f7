"""When runs start: the jobs, the daily schedule, and the sensor for new or changed extracts."""

from typing import Any

import dagster as dg

from orchestration.defs.publish import PUBLISHED
from orchestration.extracts.state import extracts_state, landed_state
from orchestration.live_runs import reap
from orchestration.settings import Settings

KPI_REPORT = dg.AssetKey(["reports", "kpi_report"])
DAILY = "0 6 * * *"
SENSOR_SECONDS = 60

pipeline = dg.define_asset_job(
    "funnelmart",
    selection=dg.AssetSelection.all() | dg.AssetSelection.all_asset_checks(),
    description="The whole way: land extracts, build, check, publish.",
)


def republish_job(checks: list[dg.AssetChecksDefinition]) -> Any:
    """Check the marts as they stand again and publish them; lands and builds nothing."""
    return dg.define_asset_job(
        "republish",
        selection=dg.AssetSelection.assets(PUBLISHED, KPI_REPORT).without_checks() | dg.AssetSelection.checks(*checks),
        description="Check the marts of the last run once more, publish and report them; lands and builds nothing.",
    )


def daily_schedule(settings: Settings) -> dg.ScheduleDefinition:
    """Every day at six in the reporting time zone, when the day before is complete."""
    return dg.ScheduleDefinition(
        name="daily",
        job=pipeline,
        cron_schedule=DAILY,
        execution_timezone=settings.reporting.timezone,
        description=f"The whole pipeline every day at 06:00 {settings.reporting.timezone}.",
    )


def extracts_sensor(settings: Settings) -> dg.SensorDefinition:
    """Start a run once for each state of the extracts; only names, sizes and times are looked at."""

    @dg.sensor(
        name="new_extracts",
        job=pipeline,
        minimum_interval_seconds=SENSOR_SECONDS,
        description="Runs the pipeline when a file of an enabled source is new or has changed.",
    )
    def new_extracts(context: dg.SensorEvaluationContext) -> dg.SensorResult:
        reap(settings, context.instance)
        state = extracts_state(settings)
        if state in (context.cursor, landed_state(settings)):
            return dg.SensorResult(skip_reason="The extracts are as they were.")
        # The cursor is the key too: were it lost, the same state would still not run twice.
        return dg.SensorResult(run_requests=[dg.RunRequest(run_key=state)], cursor=state)

    return new_extracts
