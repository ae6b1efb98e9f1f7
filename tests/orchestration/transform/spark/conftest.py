"""A storage of either kind: a folder, and a bucket on a real server of the loopback."""

from pathlib import Path

import pytest

from orchestration.transform.spark.storage import Storage
from tests.orchestration.extracts.find.remote.conftest import s3, s3_of_module

__all__ = ["s3", "s3_of_module"]


@pytest.fixture(params=["folder", "bucket"])
def storage(request: pytest.FixtureRequest, tmp_path: Path) -> Storage:
    if request.param == "folder":
        return Storage(str(tmp_path / "note=[a] *"))
    request.getfixturevalue("s3")
    return Storage("s3://acme/the lake/1")
