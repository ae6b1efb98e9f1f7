"""A run whose process is gone is found and marked as failed; one that lives is left alone."""

import subprocess
import sys
from pathlib import Path

import dagster as dg
import pytest

from orchestration.runs.live_runs import alive, reap
from orchestration.settings import Settings

HOLD = """
import sys
from pathlib import Path
from orchestration.runs.live_runs import alive
from orchestration.settings import Settings
with alive(Settings(workspace=Path(sys.argv[1]), company="Acme"), sys.argv[2]):
    print("alive", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(workspace=tmp_path, company="Acme")


@dg.op
def nothing() -> None: ...


@dg.job
def work() -> None:
    nothing()


def started(instance: dg.DagsterInstance) -> str:
    run = instance.create_run_for_job(work, status=dg.DagsterRunStatus.STARTED)
    return run.run_id


def status(instance: dg.DagsterInstance, run_id: str) -> dg.DagsterRunStatus:
    run = instance.get_run_by_id(run_id)
    assert run is not None
    return run.status


def test_a_killed_run_is_marked_as_failed(settings: Settings) -> None:
    with dg.DagsterInstance.ephemeral() as instance:
        run_id = started(instance)
        command = [sys.executable, "-c", HOLD, str(settings.workspace), run_id]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "alive\n"
            assert reap(settings, instance) == []
            assert status(instance, run_id) == dg.DagsterRunStatus.STARTED
            process.kill()
            process.wait()

        assert [record.dagster_run.run_id for record in reap(settings, instance)] == [run_id]
        assert status(instance, run_id) == dg.DagsterRunStatus.FAILURE


def test_a_run_of_this_process_is_alive(settings: Settings) -> None:
    with dg.DagsterInstance.ephemeral() as instance:
        run_id = started(instance)
        with alive(settings, run_id), alive(settings, run_id):
            assert reap(settings, instance) == []
