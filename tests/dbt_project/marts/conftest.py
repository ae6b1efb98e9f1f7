"""The marts of the small company, built by dbt from hand-written intermediate tables."""

import shutil
from collections.abc import Callable, Iterator
from typing import Any

import duckdb
import pytest

from orchestration.settings import Settings, load_settings
from orchestration.transform.dbt import WITHOUT_UNIT_TESTS, run_dbt
from tests.dbt_project.conftest import unit_test_vars
from tests.dbt_project.marts import small_company

MARTS = ("models/intermediate/kpi", "models/marts/core", "models/marts/kpi")
Query = Callable[..., list[tuple[Any, ...]]]


@pytest.fixture(scope="session")
def small_company_workspace(empty_workspace: Settings, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A workspace whose marts are built and whose data tests have passed."""
    workspace = tmp_path_factory.mktemp("small_company") / "workspace"
    shutil.copytree(empty_workspace.workspace, workspace)  # with what dbt has read of the project
    settings = load_settings(workspace)
    with duckdb.connect(str(settings.warehouse_path)) as connection:
        small_company.fill(connection)
    run_dbt(settings, ["build", *WITHOUT_UNIT_TESTS, "--select", *MARTS], variables=unit_test_vars(settings))
    return settings


@pytest.fixture(scope="session")
def query(small_company_workspace: Settings) -> Iterator[Query]:
    """Run SQL on the small company's warehouse and get all rows."""
    with duckdb.connect(str(small_company_workspace.warehouse_path), read_only=True) as connection:
        yield lambda sql, *parameters: connection.execute(sql, list(parameters)).fetchall()
