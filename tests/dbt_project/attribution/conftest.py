"""The attribution models on rows given by a test: their compiled SQL, run in order on a copy of the empty warehouse."""

import shutil
from collections.abc import Iterator

import duckdb
import pytest

from orchestration.settings import Settings
from tests.dbt_project.attribution.chain import Chain


@pytest.fixture(scope="module")
def chain(
    empty_workspace: Settings, compiled_models: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Chain]:
    path = tmp_path_factory.mktemp("attribution") / empty_workspace.warehouse_path.name
    shutil.copy(empty_workspace.warehouse_path, path)
    with duckdb.connect(str(path)) as connection:
        yield Chain(connection, compiled_models)
