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


def test_a_failing_command_says_how_it_ended(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "print('no such column'); raise SystemExit(3)"]
    with pytest.raises(RuntimeError, match=r"(?s)ended with 3.*no such column"):
        measure(command, tmp_path, tmp_path / "log", dict(os.environ))
