"""Pulling from APIs: a job of its own with a step for each source, and its schedule."""

from typing import Any

import dagster as dg

from orchestration.defs.automation import checked_cron
from orchestration.defs.failures import say_why
from orchestration.pull.run import pull_source
from orchestration.runs.runs import PULL_SCHEDULE
from orchestration.settings import Settings, pull_cron


def pull_jobs(settings: Settings) -> list[dg.JobDefinition]:
    """Return the job `pull` where the workspace pulls anything. Its steps don't wait for each other.

    What it writes are extracts: the sensor or the next daily run loads them. An API that is down fails its step here
    and keeps no run from publishing what else there is.
    """
    ops = [_pull_op(settings, name) for name, source in sorted(settings.sources.items()) if source.pull is not None]
    if not ops:
        return []

    @dg.job(
        name="pull",
        hooks={say_why},
        description="Pull what is new or was corrected from APIs into extracts; lands and publishes nothing.",
    )
    def pull() -> None:
        for op in ops:
            op()

    return [pull]


def pull_schedules(settings: Settings, jobs: list[dg.JobDefinition]) -> list[dg.ScheduleDefinition]:
    """Every day an hour before the daily run, or when FUNNELMART_PULL_SCHEDULE says.

    Raises:
        SettingsError: FUNNELMART_PULL_SCHEDULE is no cron expression.
    """
    cron, zone = pull_cron(), settings.reporting.timezone
    return [
        dg.ScheduleDefinition(
            name=PULL_SCHEDULE,
            job=job,
            cron_schedule=checked_cron("FUNNELMART_PULL_SCHEDULE", cron),
            execution_timezone=zone,
            description=f"Pulling from APIs at {cron} (cron), {zone}: minute, hour, day, month, weekday.",
        )
        for job in jobs
    ]


def _pull_op(settings: Settings, name: str) -> Any:
    @dg.op(name=f"pull_{name}", description=f"Ask the API of {name} for what is new or was corrected.")
    def pull_step(context: dg.OpExecutionContext) -> None:
        pulled = pull_source(settings, name)
        context.log.info(f"{name}: {pulled.lines}")
        context.add_output_metadata({"lines": pulled.lines, "files": [path.name for path in pulled.files]})

    return pull_step
