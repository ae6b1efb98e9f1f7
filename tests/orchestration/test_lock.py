"""One writer at a time, and a lock that no dead process can hold."""

import fcntl
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from orchestration.errors import NoLockError, WorkspaceLockedError
from orchestration.lock import another_run, workspace_lock
from orchestration.settings import Settings
from orchestration.warehouse import open_warehouse

ROOT = Path(__file__).resolve().parents[2]
HOLDER = """
import sys, time
from pathlib import Path
from orchestration.settings import Settings
from orchestration.lock import workspace_lock
from orchestration.warehouse import open_warehouse
settings = Settings(workspace=Path(sys.argv[1]), company="Acme")
with workspace_lock(settings), open_warehouse(settings.warehouse_path):
    print("holding", flush=True)
    sys.stdin.read()
"""
# Looks who has the lock again and again, until it is told to end.
LOOKER = """
import select, sys
from pathlib import Path
from orchestration.lock import another_run
from orchestration.settings import Settings
settings = Settings(workspace=Path(sys.argv[1]), company="Acme")
print("looking", flush=True)
while not select.select([sys.stdin], [], [], 0)[0]:
    another_run(settings)
"""


def test_the_lock_names_its_holder_and_ends_with_it(tmp_path: Path) -> None:
    settings = Settings(workspace=tmp_path, company="Acme")
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == b"holding\n"
    with pytest.raises(WorkspaceLockedError, match=f"process {holder.pid}"), workspace_lock(settings):
        pass
    with pytest.raises(WorkspaceLockedError, match="open in another process"), open_warehouse(settings.warehouse_path):
        pass
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    with workspace_lock(settings), open_warehouse(settings.warehouse_path) as connection:
        assert connection.execute("select 1").fetchone() == (1,)


@pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo])
def test_what_lies_in_the_place_of_the_lock_is_named(tmp_path: Path, make: Callable[[Path], None]) -> None:
    settings = Settings(workspace=tmp_path, company="Acme")
    settings.state_path.mkdir()
    make(settings.state_path / "lock")
    with pytest.raises(NoLockError, match=r"/lock: is no regular file") as raised, workspace_lock(settings):
        pass
    assert raised.value.next_step.startswith("Take it away")
    assert another_run(settings) is None


def test_a_holder_whose_number_is_no_text_is_unknown(tmp_path: Path) -> None:
    settings = Settings(workspace=tmp_path, company="Acme")
    with workspace_lock(settings):
        (settings.state_path / "lock").write_bytes(b"\xff\xfe")
        with pytest.raises(WorkspaceLockedError, match="another run"), workspace_lock(settings):
            pass
        assert "another run" in (another_run(settings) or "")


def test_who_looks_is_told_of_the_run_and_is_in_nobodys_way(tmp_path: Path) -> None:
    settings = Settings(workspace=tmp_path, company="Acme")
    assert another_run(settings) is None
    assert list(tmp_path.iterdir()) == []
    with workspace_lock(settings):
        assert "another run (process " in (another_run(settings) or "")
    lock = settings.state_path / "lock"
    with lock.open() as looked_at:  # as long as others look, each may look
        fcntl.flock(looked_at, fcntl.LOCK_SH)
        assert another_run(settings) is None


def test_a_run_that_begins_while_others_look_is_not_refused(tmp_path: Path) -> None:
    """Three that ask all the time: at each look the lock is held for a moment."""
    settings = Settings(workspace=tmp_path, company="Acme")
    with workspace_lock(settings):
        pass
    command = [sys.executable, "-c", LOOKER, str(tmp_path)]
    lookers = [
        subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(3)
    ]
    try:
        for looker in lookers:
            assert looker.stdout is not None
            assert looker.stdout.readline() == "looking\n"
        for _ in range(3_000):
            with workspace_lock(settings):
                pass
    finally:
        for looker in lookers:
            looker.communicate("end\n")
    assert [looker.returncode for looker in lookers] == [0, 0, 0]
