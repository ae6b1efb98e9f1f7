"""One S3 server for a module, emptied before each test, with its credentials in the environment."""

from collections.abc import Iterator

import pytest
from s3fs import S3FileSystem

from tests.orchestration.extracts.find.remote.servers import S3, s3_server


@pytest.fixture(scope="module")
def s3_of_module() -> Iterator[S3]:
    with s3_server() as s3:
        yield s3


@pytest.fixture
def s3(s3_of_module: S3, monkeypatch: pytest.MonkeyPatch) -> S3:
    server = s3_of_module
    server.fault = lambda environ: None
    for listed in server.client.list_objects_v2(Bucket="acme").get("Contents", []):
        server.client.delete_object(Bucket="acme", Key=listed["Key"])
    server.seen.clear()
    monkeypatch.setenv("AWS_ENDPOINT_URL", server.url)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "made-up-id")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "made-up-secret")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    S3FileSystem.clear_instance_cache()  # an instance keeps the environment that it was made in
    return server
