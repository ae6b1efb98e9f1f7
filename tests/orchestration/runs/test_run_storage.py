"""Runs of the command line stand on Dagster's overview, which shows those that say which job they are of."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import pytest

from orchestration.runs.dagster_home import use_dagster_home
from orchestration.runs.nothing_new_run import note_nothing_new
from orchestration.runs.origin import SHOWN_WITH_ITS_JOB
from orchestration.settings import Settings


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    for name in ("DAGSTER_HOME", "FUNNELMART_WORKSPACE"):
        monkeypatch.setenv(name, "")  # put back afterwards
    return Settings(workspace=tmp_path, company="Acme")


@pytest.fixture
def instance(settings: Settings) -> Iterator[dg.DagsterInstance]:
    use_dagster_home(settings)
    with dg.DagsterInstance.get() as found:
        yield found


@dg.job
def funnelmart() -> None:
    """Nothing to do."""


def place(instance: dg.DagsterInstance, run_id: str) -> tuple[str, str] | None:
    run = instance.get_run_by_id(run_id)
    assert run is not None
    origin = run.remote_job_origin
    return (origin.repository_origin.get_label(), origin.job_name) if origin else None


def test_a_run_of_a_command_says_which_job_it_is_of(instance: dg.DagsterInstance) -> None:
    shown = funnelmart.execute_in_process(instance=instance, tags=dict(SHOWN_WITH_ITS_JOB))
    other = funnelmart.execute_in_process(instance=instance)

    assert shown.success
    assert place(instance, shown.run_id) == ("__repository__@orchestration.definitions", "funnelmart")
    assert place(instance, other.run_id) is None


def test_so_does_one_that_found_nothing_new(settings: Settings, instance: dg.DagsterInstance) -> None:
    run_id = note_nothing_new(settings, dt.datetime.now(dt.UTC), SHOWN_WITH_ITS_JOB, published_by="abc")

    assert place(instance, run_id) == ("__repository__@orchestration.definitions", "funnelmart")
