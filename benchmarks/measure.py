"""Wall time, processor time and peak memory of a command with all its children."""

import resource
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

INTERVAL = 0.05  # seconds between two looks at the memory


@dataclass(frozen=True)
class Measurement:
    """Seconds from start to end, seconds of processor time, the largest sum of resident memory of the tree in bytes.

    Processor time hardly changes when something else runs on the machine; wall time does.
    """

    seconds: float
    cpu_seconds: float
    peak_bytes: int


def measure(command: Sequence[str], folder: Path, log: Path, environment: dict[str, str]) -> Measurement:
    """Run a command to its end; what it prints goes to `log`.

    Raises:
        RuntimeError: it failed; the message ends with the last lines of its log.
    """
    with log.open("w") as output:
        started, before = time.perf_counter(), _cpu_of_children()
        process = psutil.Popen(command, cwd=folder, env=environment, stdout=output, stderr=subprocess.STDOUT)
        peak = 0
        while True:
            peak = max(peak, _resident(process))
            try:
                code = process.wait(timeout=INTERVAL)
                break
            except psutil.TimeoutExpired:
                continue
        seconds, cpu_seconds = time.perf_counter() - started, _cpu_of_children() - before
    if code:
        tail = "\n".join(log.read_text().splitlines()[-15:])
        raise RuntimeError(f"{' '.join(command)} ended with {code}:\n{tail}")
    return Measurement(seconds, cpu_seconds, peak)


def _cpu_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _resident(process: psutil.Process) -> int:
    """Memory of the process and its descendants; one that ends meanwhile counts as nothing."""
    total = 0
    try:
        family = [process, *process.children(recursive=True)]
    except psutil.NoSuchProcess:
        return 0
    for member in family:
        try:
            total += member.memory_info().rss
        except psutil.NoSuchProcess:
            continue
    return total
