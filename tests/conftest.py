"""Workspaces that were made once, for all tests that only read them, whichever worker runs them."""

import fcntl
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.end_to_end.command import funnelmart
from tests.minimal_workspace import make_crowded_workspace


def made_once(tmp_path_factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """The folder `name`, filled by the first worker that asks; the others wait for it."""
    shared = tmp_path_factory.getbasetemp()
    if shared.name.startswith("popen-"):  # a worker's own folder lies in the one that all workers share
        shared = shared.parent
    folder, done = shared / name, shared / f"{name}.done"
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            make(folder)
            done.touch()
    return folder


def run_once(tmp_path_factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """The published workspace `name`: made and run once; `<folder>.printed` is what the run printed."""

    def make_and_run(folder: Path) -> None:
        make(folder)
        result = funnelmart("run", workspace=folder)
        assert result.returncode == 0, result.stdout + result.stderr
        folder.with_name(f"{folder.name}.printed").write_text(result.stdout + result.stderr)

    return made_once(tmp_path_factory, f"published_{name}", make_and_run)


@pytest.fixture(scope="session")
def published_minimal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The minimal workspace, published. Read only: it is shared; a test that changes something makes its own."""
    return run_once(tmp_path_factory, "minimal", make_crowded_workspace)


@pytest.fixture(scope="session")
def published_demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo workspace, published. Read only: it is shared; a test that changes something makes its own."""
    return run_once(tmp_path_factory, "demo", make_demo)


def make_demo(folder: Path) -> None:
    """The demo's settings and extracts in `folder`."""
    result = funnelmart("demo", workspace=folder)
    assert result.returncode == 0, result.stdout + result.stderr
