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


def test_what_the_ui_has_written_before_the_first_run_is_kept_for_no_other_workspace(tmp_path: Path) -> None:
    """A schedule that somebody has switched on would be on in each new workspace."""
    (tmp_path / "first").mkdir()
    home = use_dagster_home(Settings(workspace=tmp_path / "first", company="Acme"))
    with dg.DagsterInstance.get() as instance:
        assert instance.schedule_storage
        with contextlib.closing(sqlite3.connect(home / "schedules.db")) as database:
            database.execute("insert into instigators (status) values ('RUNNING')")
            database.commit()
        keep_all(home)

    kept = {str(path.relative_to(kept_path())) for path in kept_path().rglob("*") if path.is_file()}
    assert kept == {"runs.db", "events/index.db"}


@pytest.mark.parametrize("name", ["runs.db", OF_A_RUN])
def test_a_file_without_what_dagster_needs_serves_nobody(tmp_path: Path, name: str) -> None:
    """As a power cut leaves it, or another program."""
    run_in(tmp_path / "first")
    for number, sql in enumerate(("vacuum", "create table of_others (x)")):
        (kept_path() / name).unlink()
        with contextlib.closing(sqlite3.connect(kept_path() / name)) as database:
            database.execute(sql)
        run_in(tmp_path / f"other {number}")
        assert "alembic_version" in tables(kept_path() / name)
