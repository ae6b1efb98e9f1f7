"""When runs start by themselves."""

import datetime as dt
import os

import dagster as dg
import pytest

from orchestration.defs.automation import daily_schedule
from orchestration.errors import SettingsError
from orchestration.extracts.find.state import extracts_state, record_landed
from orchestration.settings import Settings


def test_the_schedule_runs_daily_in_the_reporting_zone(definitions: dg.Definitions) -> None:
    schedule = definitions.get_schedule_def("daily")
    at = dt.datetime(2024, 4, 1, 4, tzinfo=dt.UTC)  # 06:00 in Berlin

    requests = schedule.evaluate_tick(dg.build_schedule_context(scheduled_execution_time=at)).run_requests

    assert schedule.execution_timezone == "Europe/Berlin"
    assert len(requests) == 1


def test_the_schedule_starts_nothing_where_nothing_is_new(
    definitions: dg.Definitions, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("orchestration.defs.automation.published_already", lambda settings, now: "abc")

    tick = definitions.get_schedule_def("daily").evaluate_tick(dg.build_schedule_context())

    assert tick.run_requests == []
    assert "Nothing new since run abc" in (tick.skip_message or "")


def tick(definitions: dg.Definitions, cursor: str | None) -> dg.SensorResult:
    with dg.DagsterInstance.ephemeral() as instance:
        context = dg.build_sensor_context(instance=instance, cursor=cursor)
        return definitions.get_sensor_def("new_extracts").evaluate_tick(context)


def test_the_sensor_starts_one_run_for_each_state_of_the_extracts(
    definitions: dg.Definitions, settings: Settings
) -> None:
    leads = settings.workspace / "extracts" / "leads.csv"
    first = tick(definitions, None)
    again = tick(definitions, first.cursor)
    os.utime(leads, (0, 0))
    changed = tick(definitions, first.cursor)

    assert [request.run_key for request in first.run_requests] == [first.cursor]
    assert again.run_requests == []
    assert len(changed.run_requests) == 1
    assert changed.cursor != first.cursor


def test_what_a_run_from_the_command_line_landed_is_not_run_again(
    definitions: dg.Definitions, settings: Settings
) -> None:
    record_landed(settings, extracts_state(settings))

    assert tick(definitions, None).run_requests == []


def test_the_schedule_may_be_another_one(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FUNNELMART_SCHEDULE", "30 7 * * 1-5")
    assert daily_schedule(settings).cron_schedule == "30 7 * * 1-5"

    monkeypatch.setenv("FUNNELMART_SCHEDULE", "every day")
    with pytest.raises(SettingsError, match="FUNNELMART_SCHEDULE: 'every day' is no cron expression"):
        daily_schedule(settings)


def test_a_partition_of_the_backfill_reloads_its_month_of_every_source_of_spend(definitions: dg.Definitions) -> None:
    job = definitions.resolve_job_def("reload_spend")
    config = job.get_run_config_for_partition_key("2024-02-01")

    assert config["ops"] == {"extract_sheets": {"config": {"reload": {"from": "2024-02-01", "to": "2024-02-29"}}}}
    assert job.partitions_def.get_first_partition_key() == "2021-01-01"  # three years before the workspace's today
