"""Dagster's history read from its files says what Dagster itself says of it."""

import datetime as dt
import sqlite3
import time
from pathlib import Path

import dagster as dg
import pytest
from dagster._core.definitions.run_request import InstigatorType
from dagster._core.remote_origin import (
    ManagedGrpcPythonEnvCodeLocationOrigin,
    RemoteInstigatorOrigin,
    RemoteRepositoryOrigin,
)
from dagster._core.scheduler.instigation import InstigatorState, InstigatorStatus, ScheduleInstigatorData
from dagster._core.types.loadable_target_origin import LoadableTargetOrigin
from dagster._daemon.types import DaemonHeartbeat

from orchestration.runs.dagster_home import home_path, use_dagster_home
from orchestration.runs.runs import STARTED_BY, ask_dagster, read_history
from orchestration.runs.stored_runs import LayoutError, read_stored
from orchestration.settings import Settings

NOW = dt.datetime.now(dt.UTC)


@dg.op
def nothing() -> None: ...


@dg.job
def work() -> None:
    nothing()


def schedule(name: str, status: InstigatorStatus) -> InstigatorState:
    location = ManagedGrpcPythonEnvCodeLocationOrigin(LoadableTargetOrigin(module_name="orchestration.definitions"))
    origin = RemoteInstigatorOrigin(RemoteRepositoryOrigin(location, "__repository__"), name)
    return InstigatorState(origin, InstigatorType.SCHEDULE, status, ScheduleInstigatorData("0 6 * * *", time.time()))


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A workspace with a finished run, a schedule that is on and one that is off, and a daemon that lives."""
    for name in ("DAGSTER_HOME", "FUNNELMART_WORKSPACE"):
        monkeypatch.setenv(name, "")  # put back afterwards
    settings = Settings(workspace=tmp_path, company="Acme")
    use_dagster_home(settings)
    with dg.DagsterInstance.get() as instance:
        assert work.execute_in_process(instance=instance, tags={STARTED_BY: "command line"}).success
        instance.add_instigator_state(schedule("daily", InstigatorStatus.RUNNING))
        instance.add_instigator_state(schedule("daily_pull", InstigatorStatus.STOPPED))
        instance.add_daemon_heartbeat(DaemonHeartbeat(NOW.timestamp(), "SENSOR", "1"))
    return settings


def test_the_files_say_what_dagster_says(settings: Settings) -> None:
    stored = read_stored(home_path(settings))

    assert stored == ask_dagster(settings)
    assert stored.last_run is not None
    assert (stored.last_run.job, stored.last_run.status) == ("work", "SUCCESS")
    assert stored.switched_on == {"daily"}


def test_the_next_run_is_known_while_a_daemon_lives(settings: Settings) -> None:
    last, alive = read_history(settings, NOW + dt.timedelta(minutes=1))
    _, later = read_history(settings, NOW + dt.timedelta(minutes=10))

    assert last is not None
    assert last.started_by == "command line"
    assert alive.next_at is not None
    assert (later.schedule_is_on, later.daemon_is_alive, later.next_at) == (True, False, None)


def test_files_of_another_layout_are_left_to_dagster(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    with sqlite3.connect(home_path(settings) / "runs.db") as runs:
        runs.execute("alter table runs rename column run_body to body_of_run")
    with pytest.raises(LayoutError, match="run_body"):
        read_stored(home_path(settings))

    with sqlite3.connect(home_path(settings) / "runs.db") as runs:
        runs.execute("alter table runs rename column body_of_run to run_body")
        runs.execute("alter table daemon_heartbeats add column note text")
    assert read_stored(home_path(settings)) == ask_dagster(settings)
