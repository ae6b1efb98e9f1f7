"""A history without a run is made once for a user."""

import contextlib
import os
import sqlite3
from pathlib import Path

import dagster as dg
import pytest

from orchestration.runs.blank_history import OF_A_RUN, keep_all, kept_path
from orchestration.runs.dagster_home import use_dagster_home
from orchestration.settings import Settings


@dg.asset
def figures() -> dg.MaterializeResult:
    return dg.MaterializeResult(metadata={"dagster/row_count": 3})


@pytest.fixture(autouse=True)
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    for name in ("DAGSTER_HOME", "FUNNELMART_WORKSPACE"):
        monkeypatch.setenv(name, "")  # set with the home; put back afterwards


def run_in(workspace: Path) -> tuple[Path, str]:
    """A first run in a workspace."""
    workspace.mkdir()
    home = use_dagster_home(Settings(workspace=workspace, company="Acme"))
    with dg.DagsterInstance.get() as instance:
        keep_all(home)
        run = dg.materialize([figures], instance=instance).run_id
        assert [one.run_id for one in instance.get_runs()] == [run]
        assert len(instance.all_logs(run, of_type=dg.DagsterEventType.ASSET_MATERIALIZATION)) == 1
        assert instance.get_latest_materialization_event(figures.key)
    return home, run


def tables(path: Path) -> set[str]:
    with contextlib.closing(sqlite3.connect(path)) as database:
        return {str(name) for (name,) in database.execute("select name from sqlite_master")}


def test_the_next_workspace_begins_with_the_files_that_dagster_made_for_the_first_unless_they_are_damaged(
    tmp_path: Path,
) -> None:
    first, run = run_in(tmp_path / "first")
    kept = {name: (kept_path() / name) for name in ("runs.db", "schedules.db", "events/index.db", OF_A_RUN)}
    assert all(path.exists() for path in kept.values())
    for path in kept.values():  # so that it shows whose they are
        with contextlib.closing(sqlite3.connect(path)) as database:
            database.execute("create table of_the_first (x)")

    second, other = run_in(tmp_path / "second")

    for name, run_id, home in (("first", run, first), ("second", other, second)):
        files = ("runs.db", "schedules.db", "events/index.db", f"events/{run_id}.db")
        assert ["of_the_first" in tables(home / file) for file in files] == [name == "second"] * 4
    assert not list(second.rglob(".*"))

    os.truncate(kept["runs.db"], 5000)
    os.truncate(kept[OF_A_RUN], 5000)
    third, other = run_in(tmp_path / "third")
    assert "of_the_first" not in tables(third / "runs.db") | tables(third / "events" / f"{other}.db")
