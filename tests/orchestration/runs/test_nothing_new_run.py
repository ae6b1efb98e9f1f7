"""A run that had nothing to do is one of Dagster's runs like any other."""

import datetime as dt
import sqlite3
from pathlib import Path

import dagster as dg
import pytest

from orchestration.runs.dagster_home import home_path, use_dagster_home
from orchestration.runs.nothing_new_run import NOTHING_NEW, note_nothing_new
from orchestration.runs.runs import STARTED_BY, read_history
from orchestration.settings import Settings

STARTED = dt.datetime.now(dt.UTC) - dt.timedelta(seconds=2)


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    for name in ("DAGSTER_HOME", "FUNNELMART_WORKSPACE"):
        monkeypatch.setenv(name, "")  # put back afterwards
    settings = Settings(workspace=tmp_path, company="Acme")
    use_dagster_home(settings)
    with dg.DagsterInstance.get():  # makes the files
        pass
    return settings


def test_dagster_reads_it_as_a_successful_run_without_steps(settings: Settings) -> None:
    run_id = note_nothing_new(settings, STARTED, {STARTED_BY: "command line"}, published_by="abc")

    with dg.DagsterInstance.get() as instance:
        [record] = instance.get_run_records(dg.RunsFilter(tags={NOTHING_NEW: "abc"}))
        assert instance.all_logs(run_id) == []
    assert (record.dagster_run.run_id, record.dagster_run.job_name) == (run_id, "funnelmart")
    assert record.dagster_run.status == dg.DagsterRunStatus.SUCCESS
    assert record.dagster_run.tags[STARTED_BY] == "command line"
    assert record.start_time == pytest.approx(STARTED.timestamp())
    assert record.end_time is not None
    assert record.end_time >= STARTED.timestamp() + 2


def test_the_history_shows_it(settings: Settings) -> None:
    run_id = note_nothing_new(settings, STARTED, {"dagster/schedule_name": "daily"}, published_by="abc")

    last, _ = read_history(settings, dt.datetime.now(dt.UTC))

    assert last is not None
    assert (last.run_id, last.status, last.started_by) == (run_id, "success", "schedule daily")
    assert last.nothing_new


def test_another_layout_is_left_to_dagster(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("orchestration.runs.nothing_new_run._LAYOUT", "one of the future")

    run_id = note_nothing_new(settings, STARTED, {}, published_by="abc")

    with dg.DagsterInstance.get() as instance:
        run = instance.get_run_by_id(run_id)
    assert run is not None
    assert (run.status, run.tags[NOTHING_NEW]) == (dg.DagsterRunStatus.SUCCESS, "abc")
    with sqlite3.connect(home_path(settings) / "runs.db") as runs:
        assert runs.execute("select count(*) from runs").fetchone() == (1,)
