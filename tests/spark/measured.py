"""What a run takes: processor time and memory of Python (with DuckDB) and of Spark's JVMs apart.

`python -m tests.spark.measured WORKSPACE` runs a workspace so by hand, in the same steps as the tests.
"""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from tests.end_to_end.command import ROOT, RUN

INTERVAL = 0.5  # seconds between two looks; what a process does after the last one is missed
_EXECUTOR = "org.apache.spark.executor.CoarseGrainedExecutorBackend"


@dataclass
class Measured:
    """Seconds by the clock; of each kind of process (python, driver, executor) seconds of processor time, and bytes.

    The bytes are the largest resident memory of one process of the kind.
    """

    seconds: float = 0.0
    processor: dict[str, float] = field(default_factory=dict)
    memory: dict[str, int] = field(default_factory=dict)

    def __str__(self) -> str:
        kinds = (f"{kind} {used:.0f} s, {self.memory[kind] / 1e9:.1f} GB" for kind, used in self.processor.items())
        used = sum(self.processor.values())
        return f"{used:.0f} s of processor time ({'; '.join(kinds)}), {self.seconds:.0f} s by the clock"


def run_measured(workspace: Path, also: Iterable[int] = ()) -> tuple[subprocess.CompletedProcess[str], Measured]:
    """Run a workspace and measure its processes, and from now on the descendants of the processes `also`."""
    environment = {name: value for name, value in os.environ.items() if name != "FUNNELMART_PERSON_KEY"}
    before = {process: _taken(process)[0] for process in _descendants(also)}
    taken: dict[psutil.Process, tuple[str, float, int]] = {}
    begin = time.perf_counter()
    process = psutil.Popen(
        [*RUN, "run", "-w", str(workspace)],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    ended = threading.Event()

    def look() -> None:
        while not ended.wait(INTERVAL):
            for one in [process, *_descendants([process.pid, *also])]:
                try:
                    taken[one] = (_kind(one), *_taken(one))
                except psutil.NoSuchProcess:
                    continue

    looking = threading.Thread(target=look)
    looking.start()
    said, _ = process.communicate()
    ended.set()
    looking.join()
    found = Measured(time.perf_counter() - begin)
    for one, (kind, used, peak) in taken.items():
        found.processor[kind] = found.processor.get(kind, 0.0) + used - before.get(one, 0.0)
        found.memory[kind] = max(found.memory.get(kind, 0), peak)
    return subprocess.CompletedProcess(process.args, process.returncode, said, ""), found


def _descendants(pids: Iterable[int]) -> list[psutil.Process]:
    found = []
    for pid in pids:
        try:
            found += psutil.Process(pid).children(recursive=True)
        except psutil.NoSuchProcess:
            continue
    return found


def _taken(process: psutil.Process) -> tuple[float, int]:
    """Seconds of processor time so far and the largest resident memory so far (Linux's VmHWM)."""
    times = process.cpu_times()
    status = Path(f"/proc/{process.pid}/status")
    try:
        peaks = [line.split()[1] for line in status.read_text().splitlines() if line.startswith("VmHWM")]
    except OSError as error:
        raise psutil.NoSuchProcess(process.pid) from error
    return times.user + times.system, int(peaks[0]) * 1024 if peaks else 0


def _kind(process: psutil.Process) -> str:
    """python, driver or executor."""
    command = process.cmdline()
    if not command or Path(command[0]).name != "java":
        return "python"
    return "executor" if _EXECUTOR in command else "driver"


if __name__ == "__main__":
    done, measured = run_measured(Path(sys.argv[1]).resolve(), map(int, sys.argv[2:]))
    print(done.stdout[-6000:], measured, sep="\n")
    sys.exit(done.returncode)
