"""One worker against two: `python -m tests.spark.workers WORKSPACE` builds a copy of it on each and says what it took.

The workspace is one that DuckDB has published; the copies must publish the same. `… WORKSPACE 2` is two workers only.
"""

import os
import sys
import tempfile
from pathlib import Path

from tests.spark.both import assert_equal, on_spark
from tests.spark.cluster import cluster
from tests.spark.measured import run_measured


def measure(workspace: Path, folder: Path, workers: int) -> None:
    """Print what a first run takes of a copy of the workspace, on so many workers of one core and 1 GB each.

    It is printed before the marts are compared, so that it is not lost where they differ.

    Raises:
        AssertionError: the run failed, or published something else than the workspace did.
    """
    with cluster(folder / "spark", workers) as made:
        copy = on_spark(workspace, folder / "workspace", made.master)
        done, measured = run_measured(copy, also=[process.pid for process in made.started])
    print(f"{workers}: {measured}", flush=True)
    assert done.returncode == 0, done.stdout[-6000:]
    assert_equal(workspace, copy)


if __name__ == "__main__":
    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"  # of the driver, within the run
    for workers in map(int, sys.argv[2:] or ("1", "2")):
        with tempfile.TemporaryDirectory() as folder:
            measure(Path(sys.argv[1]).resolve(), Path(folder), workers)
