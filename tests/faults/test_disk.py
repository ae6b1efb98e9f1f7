"""A disk that is nearly full, as the command meets it: one line that names the folder, before anything is started."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.end_to_end.command import funnelmart
from tests.minimal_workspace import make_workspace


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 40 MB in memory."""
    disk = tmp_path / "disk"
    disk.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=40m", "tmpfs", str(disk)], capture_output=True, text=True, check=False
    )
    if made.returncode:
        pytest.skip(f"this user may not make a small disk: {made.stderr.strip()}")
    try:
        yield disk
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)


def test_110_a_run_says_which_disk_is_nearly_full(small_disk: Path) -> None:
    folder = make_workspace(small_disk / "acme")
    before = sorted(folder.rglob("*"))
    result = funnelmart("run", workspace=folder)
    assert result.returncode == 1, result.stdout + result.stderr
    assert f"funnelmart: {folder}: 42 MB are free on its disk, expected 64 MB or more" in result.stderr
    assert "Traceback" not in result.stderr
    assert [path for path in sorted(folder.rglob("*")) if ".funnelmart" not in path.parts] == before
