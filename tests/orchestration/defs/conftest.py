from pathlib import Path

import dagster as dg
import pytest

from orchestration.definitions import definitions_for
from orchestration.settings import Settings, load_settings
from tests.minimal_workspace import make_workspace


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder: Path = tmp_path_factory.mktemp("defs") / "acme"
    return load_settings(make_workspace(folder))


@pytest.fixture(scope="session")
def definitions(settings: Settings) -> dg.Definitions:
    return definitions_for(settings)
