"""A small warehouse in which everything is as it should be; each test spoils one thing in a copy of it."""

import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from data_checks.results import CheckResult
from data_checks.run import run_suites
from orchestration.extracts.sources import load_sources
from orchestration.settings import Check, Settings

TODAY = "2025-06-30"
GOOD = Path(__file__).with_name("good_warehouse.sql")


@pytest.fixture(scope="session")
def good_warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("good") / "warehouse.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute(GOOD.read_text())
        connection.execute("create schema raw_sheets")
        for table in load_sources()["sheets"].tables.values():
            connection.execute(f"create table {table.relation} as from range({301 if table.name == 'leads' else 0})")
    return path


@pytest.fixture
def workspace(good_warehouse: Path, tmp_path: Path) -> Path:
    shutil.copy(good_warehouse, tmp_path / "warehouse.duckdb")
    return tmp_path


Spoil = Callable[..., dict[str, CheckResult]]


@pytest.fixture
def check(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> Spoil:
    """Give a function: spoil the warehouse by `sql`, run only the checks `names`, return their results by name."""
    from data_checks import run

    def spoil_and_check(sql: str, *names: str, **checks: Check) -> dict[str, CheckResult]:
        with duckdb.connect(str(workspace / "warehouse.duckdb")) as connection:
            connection.execute(sql)
        wanted = {
            suite: tuple(c for c in declared if not names or c.name in names) for suite, declared in run.ALL.items()
        }
        settings = Settings(workspace=workspace, company="Acme", checks=checks)
        monkeypatch.setattr(run, "check_settings", lambda settings: None)
        monkeypatch.setattr(run, "ALL", wanted)
        return {result.check: result for result in run_suites([s for s, c in wanted.items() if c], settings)}

    return spoil_and_check
