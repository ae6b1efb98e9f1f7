"""Spark as processes on the loopback, from the jars of pyspark itself: a standalone master and workers; Connect."""

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
            if _EXECUTOR in _command(process)
        ]

    def stop(self) -> None:
        for process in reversed(self.started):
            process.terminate()
            process.wait()

    def _start(self, name: str, main: str, *options: str, until: str) -> str:
        """Start a part of the cluster; returns what `until` finds in what it logs."""
        command = ["spark-class", f"org.apache.spark.{main}", "--host", "127.0.0.1", "--port", "0", *options]
        process, found = _started(command, self.folder / f"{name}.log", until)
        self.started.append(process)
        return found


def _command(process: psutil.Process) -> list[str]:
    """The command line; nothing of a process that has ended and that nobody asked about, as spark-class leaves one."""
    try:
        return process.cmdline()
    except psutil.ZombieProcess:
        return []


def _started(command: list[str], log: Path, until: str) -> tuple[subprocess.Popen[bytes], str]:
    """Start a command of pyspark's; returns its process and what `until` finds in what it logs."""
    import pyspark

    home = Path(pyspark.__file__).parent
    environment = {**os.environ, "SPARK_HOME": str(home), "SPARK_LOCAL_IP": "127.0.0.1"}
    program, *options = command
    process = subprocess.Popen(
        [str(home / "bin" / program), *options], env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    said = []
    assert process.stdout is not None
    for line in process.stdout:
        said.append(line.decode())
        if found := re.search(until, said[-1]):
            rest = (process.stdout, log)
            threading.Thread(target=_write, args=rest, daemon=True).start()  # a full pipe would stop the process
            return process, found[1]
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


@contextmanager
def connect_server(folder: Path, master: str, memory: str = "2g") -> Iterator[str]:
    """A Spark Connect server whose own work is done by that master's workers; its URL."""
    folder.mkdir()
    settings = {"spark.connect.grpc.binding.address": "127.0.0.1", "spark.connect.grpc.binding.port": "0"}
    settings |= {"spark.sql.warehouse.dir": str(folder / "warehouse"), "spark.ui.enabled": "false"}
    command = ["spark-submit", "--master", master, "--driver-memory", memory]
    for name, value in settings.items():
        command += ["--conf", f"{name}={value}"]
    server = ["--class", "org.apache.spark.sql.connect.service.SparkConnectServer", "spark-internal"]
    process, place = _started([*command, *server], folder / "server.log", r"Connect server started at:? *\S*?:(\d+)")
    try:
        yield f"sc://127.0.0.1:{place}"
    finally:
        process.terminate()
        process.wait()
