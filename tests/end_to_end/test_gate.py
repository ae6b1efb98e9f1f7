"""A failed dbt test: real dbt, a real project with one more test that fails; nothing is published."""

import shutil
from pathlib import Path

import pytest

from orchestration import dbt
from orchestration.cli.job import execute
from orchestration.cli.steps import Steps
from orchestration.errors import ChecksFailedError
from orchestration.settings import load_settings


def test_a_failed_dbt_test_publishes_nothing(workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import datetime as dt

    project = tmp_path / "dbt_project"
    shutil.copytree(dbt.DBT_PROJECT, project, ignore=shutil.ignore_patterns("target", "logs"))
    (project / "tests" / "never_true.sql").write_text("select 1 as wrong from {{ ref('kpi_total') }}")
    monkeypatch.setattr(dbt, "DBT_PROJECT", project)
    for name in ("DAGSTER_HOME", "FUNNELMART_DAGSTER_STORAGE", "FUNNELMART_WORKSPACE"):
        monkeypatch.setenv(name, "")  # set by the run; put back afterwards
    before = (workspace / "published" / "mart.duckdb").read_bytes()

    with Steps(None, dt.datetime.now(dt.UTC)) as steps:
        outcome = execute(load_settings(workspace), "funnelmart", steps)

    assert isinstance(outcome.error, ChecksFailedError)
    assert "never_true" in str(outcome.error)
    assert (workspace / "published" / "mart.duckdb").read_bytes() == before
