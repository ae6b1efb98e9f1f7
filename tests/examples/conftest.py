"""A folder as the documents imagine it: `acme/` is a workspace whose mart is published."""

from pathlib import Path

import pytest

from orchestration.publish import parquet
from orchestration.settings import load_settings


@pytest.fixture(scope="session")
def desk(published_demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Holds `acme`: the published mart of the demo, and its Parquet files."""
    folder = tmp_path_factory.mktemp("desk")
    (folder / "acme").symlink_to(published_demo)
    assert parquet.parquet_path(load_settings(published_demo)).exists(), "the demo's settings ask for Parquet"
    return folder
