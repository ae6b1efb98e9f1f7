"""The history of runs does not grow for ever."""

from pathlib import Path

import dagster as dg
import pytest

from orchestration.runs.dagster_home import home_path, use_dagster_home
from orchestration.runs.old_runs import forget_old_runs
from orchestration.settings import Settings


@dg.op
def work(context: dg.OpExecutionContext) -> None:
    context.log.info("done")


@dg.job
def working() -> None:
    work()


def test_the_oldest_runs_leave_with_their_logs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DAGSTER_HOME", "FUNNELMART_WORKSPACE"):
        monkeypatch.setenv(name, "")  # put back afterwards
    settings = Settings(workspace=tmp_path, company="Acme")
    use_dagster_home(settings)
    with dg.DagsterInstance.get() as instance:
        ids = [working.execute_in_process(instance=instance).run_id for _ in range(4)]
        assert forget_old_runs(settings, instance, keep=2) == [ids[1], ids[0]]
        assert {record.dagster_run.run_id for record in instance.get_run_records()} == set(ids[2:])
        assert forget_old_runs(settings, instance, keep=2) == []
    left = {path.name.partition(".")[0] for path in home_path(settings).rglob("*")}
    assert set(ids) & left == set(ids[2:])
