"""Wall time, processor time and peak memory of a command with all its children."""

import resource
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

INTERVAL = 0.05  # seconds between two looks at the memory
# Looks between two questions who the children are: to go through all processes of a machine each time takes 7 ms, which
# is a seventh of a core that the command would have had.
FAMILY = 5


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
        peak, looks = 0, 0
        family: list[psutil.Process] = []
        while True:
            if looks % FAMILY == 0:
                family = _family(process)
            looks += 1
            peak = max(peak, _resident(family))
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


def _family(process: psutil.Process) -> list[psutil.Process]:
    """The process and its descendants; none where it has ended."""
    try:
        return [process, *process.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def _resident(family: Sequence[psutil.Process]) -> int:
    """Memory of these processes; one that has ended counts as nothing."""
    total = 0
    for member in family:
        try:
            total += member.memory_info().rss
        except psutil.NoSuchProcess:
            continue
    return total
