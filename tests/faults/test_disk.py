"""A disk that is nearly full, as the command meets it: one line that names the folder, before anything is started."""

import importlib
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from typer.testing import CliRunner

from orchestration.cli.app import Workspace, app, command
from orchestration.cli.commands import COMMANDS
from orchestration.cli.lazy import registered
from orchestration.cli.run_told import note_run
from orchestration.lock import holds_lock, workspace_lock
from orchestration.settings import load_settings
from tests.end_to_end.command import funnelmart
from tests.minimal_workspace import make_workspace

assert "status" in COMMANDS  # which lets the command line find it


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


def test_110_a_disk_that_runs_full_under_a_command_is_named_whatever_library_failed(
    small_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make_workspace(small_disk / "acme")

    def status(workspace: Workspace = None) -> None:
        """Write until nothing is left."""
        with open(folder / "filler", "wb", buffering=0) as file:
            while True:
                file.write(b"0" * 1_000_000)

    importlib.import_module("orchestration.cli.status")
    monkeypatch.setitem(registered, "status", registered["status"])  # taken back at the end
    command(status)
    result = CliRunner().invoke(app, ["status", "-w", str(folder)])

    assert result.exit_code == 1
    assert f"funnelmart: {folder}: its disk is full; nothing was published" in result.output


def test_a_disk_that_is_full_once_the_mart_is_published_makes_no_failure_of_it(small_disk: Path) -> None:
    """How the run went can't be noted; to look at the workspace takes no space."""
    folder = make_workspace(small_disk / "acme")
    settings = load_settings(folder)
    with workspace_lock(settings):
        assert holds_lock(settings)
    with (folder / "filler").open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(b"0" * 4096)

    (warning,) = note_run(settings, "run1", "published", 0, {"total": 1.0})
    assert warning.startswith("how the run went is not noted: [Errno 28]")
    with workspace_lock(settings):
        assert holds_lock(settings)
