"""One workspace for the tests of a module: a run takes seconds, so each test goes on where the one before ended."""

from pathlib import Path

import pytest

from tests.end_to_end.command import funnelmart
from tests.minimal_workspace import make_workspace


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace that has been run and published once."""
    folder = make_workspace(tmp_path_factory.mktemp("end_to_end") / "acme")
    result = funnelmart("run", workspace=folder)
    assert result.returncode == 0, result.stdout + result.stderr
    return folder
