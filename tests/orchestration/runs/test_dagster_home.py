"""Dagster's home lies in the workspace: settings of this version, history of this company, nothing beside the code."""

import os
from pathlib import Path

import dagster as dg
import pytest

from orchestration.runs.dagster_home import CODE, use_dagster_home
from orchestration.settings import Settings, load_settings


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    for name in ("DAGSTER_HOME", "FUNNELMART_WORKSPACE"):
        monkeypatch.setenv(name, "")  # put back after the test
    folder = tmp_path / 'Acme "Süd" & Co'
    folder.mkdir()
    (folder / "funnelmart.yml").write_text("company: Acme\n")
    return load_settings(folder)


@dg.op
def count() -> None:
    """A step, so that a run has events."""


@dg.job
def counting() -> None:
    """A job of one step."""
    count()


def test_what_dagster_writes_lies_in_the_workspace(settings: Settings) -> None:
    before = {path.name for path in CODE.iterdir()}
    home = use_dagster_home(settings)

    with dg.DagsterInstance.get() as instance:
        run_id = counting.execute_in_process(instance=instance).run_id
        assert instance.get_run_by_id(run_id)
        assert instance.telemetry_enabled is False

    assert os.environ["DAGSTER_HOME"] == str(home)
    assert (home / "runs.db").exists()
    assert (home / "events" / f"{run_id}.db").exists()
    assert {path.name for path in CODE.iterdir()} == before


def test_a_home_of_an_older_version_or_another_place_is_written_again(settings: Settings) -> None:
    home = use_dagster_home(settings)
    written = (home / "dagster.yaml").read_text(encoding="utf-8")
    (home / "dagster.yaml").write_text(written.replace("orchestration.runs.history", "orchestration.history"))

    use_dagster_home(settings)

    assert (home / "dagster.yaml").read_text(encoding="utf-8") == written
    assert [path.name for path in home.glob("dagster*")] == ["dagster.yaml"]
