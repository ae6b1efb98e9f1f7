"""Time and memory of a command and its children; a failing command is no measurement."""

import os
import sys
from pathlib import Path

import pytest

from benchmarks.measure import measure

HUNGRY = "x = bytearray(120_000_000); import select; select.select([], [], [], 0.4)"
CHILD = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {HUNGRY!r}])"


def test_memory_of_children_counts(tmp_path: Path) -> None:
    found = measure([sys.executable, "-c", CHILD], tmp_path, tmp_path / "log", dict(os.environ))
    assert found.peak_bytes > 120_000_000
    assert found.seconds > 0.4


def test_processor_time_counts_work_and_not_waiting(tmp_path: Path) -> None:
    def cpu(code: str) -> float:
        return measure([sys.executable, "-c", code], tmp_path, tmp_path / "log", dict(os.environ)).cpu_seconds

    waiting = cpu("import select; select.select([], [], [], 0.6)")
    working = cpu("import time\nwhile time.process_time() < 0.6: pass")
    assert working > waiting + 0.4


def test_a_failing_command_says_how_it_ended(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "print('no such column'); raise SystemExit(3)"]
    with pytest.raises(RuntimeError, match=r"(?s)ended with 3.*no such column"):
        measure(command, tmp_path, tmp_path / "log", dict(os.environ))
