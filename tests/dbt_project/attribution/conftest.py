"""The attribution models on rows given by a test: their compiled SQL, run in order on a copy of the empty warehouse."""

import shutil
from collections.abc import Iterator

import duckdb
import pytest

from orchestration.dbt import dbt_target_path
from orchestration.settings import Settings
from tests.dbt_project.attribution.chain import Chain


@pytest.fixture(scope="module")
def chain(empty_workspace: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chain]:
    path = tmp_path_factory.mktemp("attribution") / empty_workspace.warehouse_path.name
    shutil.copy(empty_workspace.warehouse_path, path)
    compiled = dbt_target_path(empty_workspace) / "compiled" / "funnelmart" / "models"
    with duckdb.connect(str(path)) as connection:
        yield Chain(connection, {sql.stem: sql.read_text() for sql in compiled.rglob("*.sql")})
