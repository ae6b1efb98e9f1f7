"""Publications one after the other under readers: files, memory and time must stay level.

`make soak` runs the whole pipeline 200 times; the usual tests land and publish a few times (tests/faults/test_soak.py).
"""

import dataclasses
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from orchestration.extracts.land.land import land_source_table
from orchestration.extracts.sources import SHEETS, load_sources
from orchestration.settings import Settings, load_settings
from orchestration.warehouse import open_warehouse
from tests.end_to_end.command import ROOT, RUN
from tests.minimal_workspace import DEALS, make_workspace
from tests.orchestration.publish.conftest import publish_leads

READERS = 20
READ = """
import json, os, select, sys, threading, duckdb
path, query, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
failures, queries, stop = [], [0] * count, threading.Event()
def read(number):
    while not stop.wait(1):
        try:
            with duckdb.connect() as fresh:  # as a process of its own would, not the file that is open already
                fresh.execute(f"attach '{path}' as live (read_only)")
                fresh.execute(query).fetchall()
            queries[number] += 1
        except Exception as error:
            failures.append(repr(error))
            return
threads = [threading.Thread(target=read, args=[n]) for n in range(count)]
for thread in threads:
    thread.start()
print("reading", flush=True)
sys.stdin.read()
stop.set()
for thread in threads:
    thread.join()
print(json.dumps({"queries": sum(queries), "failures": failures}))
"""


@dataclasses.dataclass(frozen=True)
class Round:
    """One publication: its processor time, memory of its process (MB), files and MB of the workspace after it."""

    seconds: float
    memory_mb: float
    files: int
    size_mb: float


def soak(
    folder: Path, rounds: int, publish: Callable[[int], tuple[float, float]], query: str, readers: int
) -> list[Round]:
    """Publish so often while others read; returns what each publication took. A reader that fails ends it.

    `publish` is given the number of the round and returns seconds of processor time and MB of memory: what the clock
    says depends on what else the machine does.
    """
    done: list[Round] = []
    publish(0)
    command = [sys.executable, "-c", READ, str(folder / "published" / "funnelmart.duckdb"), query, str(readers)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as reading:
        assert reading.stdout is not None
        assert reading.stdout.readline() == "reading\n"
        for number in range(1, rounds + 1):
            seconds, memory = publish(number)
            there = [path.stat().st_size for path in list(folder.rglob("*")) if path.is_file()]
            done.append(Round(seconds, memory, len(there), sum(there) / 1e6))
        out, _ = reading.communicate()
    told = json.loads(out)
    assert told["failures"] == []
    assert told["queries"] >= readers
    return done


def rise(rounds: list[Round], what: str) -> float:
    """How much more the last third needs than the third in the middle, which begins when all that is kept is full."""
    third = len(rounds) // 3
    values = [float(getattr(one, what)) for one in rounds]
    return statistics.median(values[2 * third :]) / statistics.median(values[third : 2 * third])


def by_landing(folder: Path) -> Callable[[int], tuple[float, float]]:
    """Land an extract that changed and publish a mart, without the models between them."""
    settings, sheets = prepared(folder), load_sources()[SHEETS]

    def publish(number: int) -> tuple[float, float]:
        started = time.process_time()
        restate(folder, number)
        with open_warehouse(settings.warehouse_path) as connection:
            for entity in ("leads", "deals", "ad_spend"):
                land_source_table(connection, settings, sheets, sheets.tables[entity])
        publish_leads(settings, f"run{number}", [number])
        return time.process_time() - started, 0.0

    return publish


def by_command(folder: Path) -> Callable[[int], tuple[float, float]]:
    """The whole pipeline, a process for each run."""
    prepared(folder)

    def publish(number: int) -> tuple[float, float]:
        restate(folder, number)
        with open(folder / "said.log", "wb") as said:
            process = subprocess.Popen([*RUN, "run", "-w", str(folder)], cwd=ROOT, stdout=said, stderr=said)
            _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        assert process.returncode == 0, (folder / "said.log").read_text()
        return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024

    return publish


def prepared(folder: Path) -> Settings:
    """The minimal workspace; copies of extracts that were restated leave the archive after a day."""
    make_workspace(folder)
    return load_settings(folder)


def restate(folder: Path, number: int) -> None:
    """The deals' extract with another amount."""
    (folder / "extracts" / "deals.csv").write_text(DEALS.replace("1200.00", f"{1200 + number}.00"))


def main() -> None:
    """`python -m tests.soak [ROUNDS]`: print what each publication took and whether it stayed level."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    with tempfile.TemporaryDirectory() as base:
        folder = Path(base) / "acme"
        query = "select sum(leads) from live.mart.kpi_total"
        done = soak(folder, rounds, by_command(folder), query, READERS)
    for number, one in enumerate(done, start=1):
        if number == 1 or number % max(rounds // 10, 1) == 0:
            print(
                f"{number:4}  {one.seconds:6.1f} s  {one.memory_mb:7.0f} MB  {one.files:5} files  {one.size_mb:8.1f} MB"
            )
    rises = {what: rise(done, what) for what in ("seconds", "memory_mb", "files", "size_mb")}
    print("last third against the third before: " + ", ".join(f"{what} x {by:.2f}" for what, by in rises.items()))
    limits = {"seconds": 1.25, "memory_mb": 1.1, "files": 1.2, "size_mb": 1.2}
    grown = [what for what, by in rises.items() if by > limits[what]]
    if grown:
        sys.exit(f"not level: {', '.join(grown)}")


if __name__ == "__main__":
    main()
