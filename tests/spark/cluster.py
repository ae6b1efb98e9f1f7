"""A cluster of processes on the loopback: a standalone master and its workers, from the jars of pyspark itself."""

import os
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import psutil

_EXECUTOR = "org.apache.spark.executor.CoarseGrainedExecutorBackend"


class Cluster:
    """`master` is its URL; everything runs for as long as the block of `cluster` does."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.started: list[subprocess.Popen[bytes]] = []
        self.master = self._start(
            "master", "deploy.master.Master", "--webui-port", "0", until=r"Starting Spark master at (spark://\S+)"
        )

    def worker(self) -> None:
        """One more worker, of one core and 1 GB; it has registered when this returns."""
        name = f"worker{len(self.started)}"
        options = ["--webui-port", "0", "--cores", "1", "--memory", "1g", "--work-dir", str(self.folder / name)]
        self._start(name, "deploy.worker.Worker", *options, self.master, until="(Successfully registered with master)")

    def executors(self) -> list[psutil.Process]:
        """Processes that the workers have started for whoever uses the cluster."""
        return [
            process
            for started in self.started
            for process in psutil.Process(started.pid).children(recursive=True)
            if _EXECUTOR in process.cmdline()
        ]

    def stop(self) -> None:
        for process in reversed(self.started):
            process.terminate()
            process.wait()

    def _start(self, name: str, main: str, *options: str, until: str) -> str:
        """Start a part of the cluster; returns what `until` finds in what it logs."""
        import pyspark

        home = Path(pyspark.__file__).parent
        environment = {**os.environ, "SPARK_HOME": str(home), "SPARK_LOCAL_IP": "127.0.0.1"}
        command = [str(home / "bin" / "spark-class"), f"org.apache.spark.{main}", "--host", "127.0.0.1", "--port", "0"]
        process = subprocess.Popen(
            [*command, *options], env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        self.started.append(process)
        said = []
        assert process.stdout is not None
        for line in process.stdout:
            said.append(line.decode())
            if found := re.search(until, said[-1]):
                rest = (process.stdout, self.folder / f"{name}.log")
                threading.Thread(target=_write, args=rest, daemon=True).start()  # a full pipe would stop the process
                return found[1]
        raise AssertionError("".join(said[-20:]))


def _write(said: IO[bytes], log: Path) -> None:
    with log.open("wb") as file:
        shutil.copyfileobj(said, file)


@contextmanager
def cluster(folder: Path, workers: int) -> Iterator[Cluster]:
    folder.mkdir()
    made = Cluster(folder)
    try:
        for _ in range(workers):
            made.worker()
        yield made
    finally:
        made.stop()
