"""One empty warehouse for all tests of the dbt project: models are built in it once, unit tests run against it."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from orchestration.extracts.sources import entity_sources
from orchestration.settings import Settings, load_settings
from orchestration.transform.command import dbt_target_path, dbt_vars
from orchestration.transform.dbt import run_dbt
from tests.conftest import made_once
from tests.dbt_project import empty_warehouse


@pytest.fixture(scope="session")
def empty_workspace(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of a workspace with every source, whose warehouse has all tables and no rows; all models are built."""
    return load_settings(made_once(tmp_path_factory, "empty_workspace", _build))


def _build(folder: Path) -> None:
    settings = empty_warehouse.create(folder)
    models = ["build", "--resource-type", "seed", "--resource-type", "model"]
    run_dbt(settings, models, variables=unit_test_vars(settings))


@pytest.fixture(scope="session")
def compiled_models(empty_workspace: Settings) -> dict[str, str]:
    """Compiled SQL of every model by name."""
    compiled = dbt_target_path(empty_workspace) / "compiled" / "funnelmart" / "models"
    return {sql.stem: sql.read_text() for sql in compiled.rglob("*.sql")}


@pytest.fixture(scope="session")
def unit_tests(empty_workspace: Settings, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Outcome of every dbt unit test by name: `pass`, or what differed.

    They run in a copy: a unit test writes the model with its given rows over the compiled model.
    """

    def run(folder: Path) -> None:
        shutil.copytree(empty_workspace.workspace, folder)
        settings = load_settings(folder)
        run_dbt(settings, ["test", "--select", "test_type:unit"], variables=unit_test_vars(settings), accept=(0, 1))

    return outcomes(dbt_target_path(load_settings(made_once(tmp_path_factory, "unit_tests", run))))


def unit_test_vars(settings: Settings) -> dict[str, Any]:
    """Staging of every source is built, but entities are those of `sheets`: a unit test mocks each input by name."""
    return {**dbt_vars(settings), "entity_sources": entity_sources([])}


def outcomes(target: Path) -> dict[str, str]:
    """Name -> `pass` or message, of the unit tests in dbt's run_results.json."""
    results = json.loads((target / "run_results.json").read_text())["results"]
    return {
        result["unique_id"].split(".")[-1]: "pass" if result["status"] == "pass" else f"{result['message']}"
        for result in results
        if result["unique_id"].startswith("unit_test.")
    }
