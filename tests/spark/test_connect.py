"""A Spark Connect server on a cluster of two workers: equal figures, again after a change, and one lake a server."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.end_to_end.command import funnelmart
from tests.minimal_workspace import DEALS
from tests.minimal_workspace import make_workspace as make_minimal
from tests.spark.both import assert_equal, both, mart, on_spark, run
from tests.spark.cluster import cluster, connect_server

pytestmark = pytest.mark.skipif("FUNNELMART_SPARK" not in os.environ, reason="minutes, and Spark: make test-spark")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    with cluster(tmp_path / "cluster", workers=2) as made, connect_server(tmp_path / "server", made.master) as url:
        yield url


def test_a_server_publishes_the_same_for_the_one_lake_that_has_it(server: str, tmp_path: Path) -> None:
    built, on_server = both(make_minimal, tmp_path, server)
    run(on_server)
    assert_equal(built, on_server)

    other = on_spark(built, tmp_path / "other", server)
    refused = funnelmart("run", workspace=other)
    assert refused.returncode != 0
    said = "".join((refused.stdout + refused.stderr).split())  # a terminal may break its lines anywhere
    assert f"notofthelake{other / 'lake'}" in said, refused.stdout[-4000:] + refused.stderr[-4000:]
    assert not mart(other).exists()

    for workspace in (built, on_server):
        (workspace / "extracts" / "deals.csv").write_text(DEALS.replace("1200.00", "1400.00"))
        run(workspace)
    assert_equal(built, on_server)
