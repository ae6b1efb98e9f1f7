"""A standalone master and workers as processes of this machine: equal figures, and what a killed process leaves."""

import os
import signal
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from tests.end_to_end.command import ROOT, RUN
from tests.minimal_workspace import DEALS
from tests.minimal_workspace import make_workspace as make_minimal
from tests.spark.both import assert_equal, both, mart, run
from tests.spark.cluster import Cluster, cluster

pytestmark = pytest.mark.skipif("FUNNELMART_SPARK" not in os.environ, reason="minutes, and Spark: make test-spark")

AMIDST = "START sql table model intermediate.int_deals "  # a line of dbt


@pytest.fixture(scope="module")
def two_workers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    with cluster(tmp_path_factory.mktemp("cluster") / "spark", workers=2) as made:
        yield made


@pytest.fixture(scope="module")
def workspaces(two_workers: Cluster, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The smallest company built by DuckDB, and with nothing built for the cluster."""
    return both(make_minimal, tmp_path_factory.mktemp("company"), two_workers.master)


def run_and_strike(workspace: Path, at: str, strike: Callable[[subprocess.Popen[str]], None]) -> tuple[int, str]:
    """Start a run; at the first line in which `at` stands, strike once. Returns its exit code and what it said."""
    command = [*RUN, "run", "--verbose", "-w", str(workspace)]
    lines = []
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        assert process.stdout is not None
        struck = False
        for line in process.stdout:
            lines.append(line)
            if not struck and at in line:
                struck = True
                strike(process)
    assert struck, "".join(lines[-40:])
    return process.returncode, "".join(lines[-60:])


def test_a_cluster_publishes_the_same_though_an_executor_is_killed(
    two_workers: Cluster, workspaces: tuple[Path, Path]
) -> None:
    """The master has the worker start another one, and the run goes on."""
    built, on_cluster = workspaces
    killed = []

    def kill_executor(_: subprocess.Popen[str]) -> None:
        executor = two_workers.executors()[0]
        killed.append(executor.pid)
        executor.kill()

    code, said = run_and_strike(on_cluster, AMIDST, kill_executor)
    assert (code, len(killed)) == (0, 1), said
    assert_equal(built, on_cluster)


def test_a_killed_driver_leaves_the_published_mart_as_it_was(workspaces: tuple[Path, Path]) -> None:
    """The next run succeeds without a hand."""
    built, on_cluster = workspaces
    before = mart(on_cluster).read_bytes()
    for workspace in workspaces:
        (workspace / "extracts" / "deals.csv").write_text(DEALS.replace("1200.00", "1400.00"))

    def kill_driver(process: subprocess.Popen[str]) -> None:
        (driver,) = [child for child in psutil.Process(process.pid).children(recursive=True) if child.name() == "java"]
        driver.send_signal(signal.SIGKILL)

    code, said = run_and_strike(on_cluster, AMIDST, kill_driver)
    assert code != 0, said
    assert mart(on_cluster).read_bytes() == before

    for workspace in workspaces:
        run(workspace)
    assert_equal(built, on_cluster)
    assert mart(on_cluster).read_bytes() != before
