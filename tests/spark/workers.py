"""One worker against two: `python -m tests.spark.workers WORKSPACE` builds a copy of it on each and says what it took.

The workspace is one that DuckDB has published; the copies must publish the same.
"""

import os
import sys
import tempfile
from pathlib import Path

from tests.spark.both import assert_equal, on_spark
from tests.spark.cluster import cluster
from tests.spark.measured import Measured, run_measured


def measure(workspace: Path, folder: Path, workers: int) -> Measured:
    """What a first run takes of a copy of the workspace, on a cluster of so many workers of one core and 1 GB each."""
    with cluster(folder / "spark", workers) as made:
        copy = on_spark(workspace, folder / "workspace", made.master)
        done, measured = run_measured(copy, also=[process.pid for process in made.started])
    assert done.returncode == 0, done.stdout[-6000:]
    assert_equal(workspace, copy)
    return measured


if __name__ == "__main__":
    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"  # of the driver, within the run
    for workers in (1, 2):
        with tempfile.TemporaryDirectory() as folder:
            print(f"{workers}: {measure(Path(sys.argv[1]).resolve(), Path(folder), workers)}", flush=True)
