"""One empty warehouse for all tests of the dbt project: models are built in it once, unit tests run against it."""

import json
from pathlib import Path
from typing import Any

import pytest

from orchestration.settings import Settings
from orchestration.transform.dbt import dbt_target_path, dbt_vars, entity_sources, run_dbt
from tests.dbt_project import empty_warehouse


@pytest.fixture(scope="session")
def empty_workspace(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of a workspace with every source, whose warehouse has all tables and no rows; all models are built."""
    settings = empty_warehouse.create(tmp_path_factory.mktemp("empty") / "workspace")
    run_dbt(
        settings, ["build", "--resource-type", "seed", "--resource-type", "model"], variables=unit_test_vars(settings)
    )
    return settings


@pytest.fixture(scope="session")
def compiled_models(empty_workspace: Settings) -> dict[str, str]:
    """Compiled SQL of every model by name."""
    compiled = dbt_target_path(empty_workspace) / "compiled" / "funnelmart" / "models"
    return {sql.stem: sql.read_text() for sql in compiled.rglob("*.sql")}


@pytest.fixture(scope="session")
def unit_tests(empty_workspace: Settings, compiled_models: dict[str, str]) -> dict[str, str]:
    """Outcome of every dbt unit test by name: `pass`, or what differed.

    A unit test writes the model with its given rows over the compiled model: that is read before, whatever the order.
    """
    settings = empty_workspace
    run_dbt(settings, ["test", "--select", "test_type:unit"], variables=unit_test_vars(settings), accept=(0, 1))
    return outcomes(dbt_target_path(settings))


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
