"""The lake in a bucket of S3, as moto answers for it: equal figures, again after a change, with facts that stay."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from orchestration.transform.spark.storage import Storage
from tests.minimal_workspace import DEALS
from tests.minimal_workspace import make_workspace as make_minimal
from tests.orchestration.extracts.find.remote.servers import s3_server
from tests.spark.both import assert_equal, both, run

pytestmark = pytest.mark.skipif("FUNNELMART_SPARK" not in os.environ, reason="minutes, and Spark: make test-spark")

STORAGE = "s3://acme/lakes/1"
# hadoop-aws is older here than Spark's Hadoop, whose defaults it can't read: times with a unit, newer classes.
OPTIONS = {
    "path.style.access": "true",
    "aws.credentials.provider": "com.amazonaws.auth.EnvironmentVariableCredentialsProvider",
    "threads.keepalivetime": "60",
    "connection.establish.timeout": "30000",
    "connection.timeout": "200000",
    "multipart.purge.age": "86400",
}


@pytest.fixture
def bucket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Storage]:
    """A folder of a bucket that Spark and everybody else reach by what the environment says."""
    jars = sorted(Path(sys.prefix, "s3a").glob("*.jar"))
    assert jars, "make test-spark fetches them"
    with s3_server() as server:
        options = {f"spark.hadoop.fs.s3a.{name}": value for name, value in OPTIONS.items()}
        options |= {"spark.jars": ",".join(map(str, jars)), "spark.hadoop.fs.s3a.endpoint": server.url}
        folder = tmp_path / "conf"
        folder.mkdir()
        (folder / "spark-defaults.conf").write_text("".join(f"{name} {value}\n" for name, value in options.items()))
        environment = {"AWS_ENDPOINT_URL": server.url, "AWS_DEFAULT_REGION": "us-east-1"}
        environment |= {"AWS_ACCESS_KEY_ID": "made-up-id", "AWS_SECRET_ACCESS_KEY": "made-up-secret"}
        for name, value in {**environment, "SPARK_CONF_DIR": str(folder)}.items():
            monkeypatch.setenv(name, value)
        yield Storage(STORAGE)


def test_a_bucket_gives_the_same_and_keeps_the_newest_build_alone(bucket: Storage, tmp_path: Path) -> None:
    built, on_bucket = both(make_minimal, tmp_path, storage=STORAGE)
    run(on_bucket)
    assert_equal(built, on_bucket)
    assert not (on_bucket / "lake").exists()
    (first,) = bucket.folders("builds")

    for workspace in (built, on_bucket):
        (workspace / "extracts" / "deals.csv").write_text(DEALS.replace("1200.00", "1400.00"))
        settings = workspace / "funnelmart.yml"
        settings.write_text(settings.read_text().replace("{keep: 3}", "{keep: 3, lake: [fct_touches, fct_ad_spend]}"))
        run(workspace)
    assert_equal(built, on_bucket)
    (second,) = bucket.folders("builds")
    assert second != first
    assert bucket.files("answers") == {}
    assert len(list((on_bucket / "lake" / "published").glob("*/fct_ad_spend/*.parquet"))) > 0
