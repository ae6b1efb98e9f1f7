"""One writer at a time: the lock of a workspace, and a look at who has it."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from orchestration.errors import NoLockError, WorkspaceLockedError
from orchestration.progress import say
from orchestration.settings import Settings

_held: set[Path] = set()


@contextmanager
def workspace_lock(settings: Settings, name: str = "lock", wait: bool = False) -> Iterator[None]:
    """Hold `<workspace>/.funnelmart/<name>` for the length of the block; a run holds `lock`.

    The kernel frees an flock when its process ends, whatever ends it, so a killed run never blocks the next. `wait`:
    until the other run has ended, rather than to refuse.

    Raises:
        WorkspaceLockedError: another run holds it; the message names that run's process id.
        NoLockError: something else lies in its place.
    """
    path = settings.state_path / name
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.parent.chmod(0o700)  # made by an earlier version: key, logs and Dagster's history were everybody's to read
    if path.exists() and not path.is_file():  # opening a named pipe would wait for whoever writes to it
        raise NoLockError(f"{path}: is no regular file; expected the lock of the workspace, which a run makes")
    with open(path, "a+", encoding="ascii", errors="replace") as file:
        if not _is_taken(file):
            if not wait:
                raise WorkspaceLockedError(_said_of_holder(settings, file))
            say(f"waiting until the run of process {_holder(file)} has ended")
            fcntl.flock(file, fcntl.LOCK_EX)
        file.truncate(0)
        with suppress(OSError):  # on a full disk the holder has no name, and is the holder all the same
            os.write(file.fileno(), str(os.getpid()).encode())
        _held.add(path)
        try:
            yield
        finally:
            _held.remove(path)
            file.truncate(0)


def another_run(settings: Settings) -> str | None:
    """What is to be said of the run that holds the lock of the workspace now; None where there is none.

    Nothing is written. Who looks holds the lock together with all others who do, so that a run that begins in that
    moment can tell them from a run.
    """
    path = settings.state_path / "lock"
    if not path.is_file():
        return None
    with path.open(encoding="ascii", errors="replace") as file:
        return None if _is_looked_at_only(file) else _said_of_holder(settings, file)


def _is_taken(file: IO[str]) -> bool:
    """Take the lock; false where another run has it. Who only looks lets go of it at once, and is asked again for."""
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        except BlockingIOError:
            if not _is_looked_at_only(file):
                return False


def _is_looked_at_only(file: IO[str]) -> bool:
    """Whether no run has the lock; it is free again, or others look at it, when this returns."""
    try:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    fcntl.flock(file, fcntl.LOCK_UN)
    return True


def _said_of_holder(settings: Settings, file: IO[str]) -> str:
    return (
        f"{settings.workspace}: another run (process {_holder(file)}) is writing to this workspace; wait until it ends"
    )


def _holder(file: IO[str]) -> str:
    """The process that has written its number into the lock."""
    file.seek(0)
    return file.read().strip() or "unknown"


def holds_lock(settings: Settings) -> bool:
    """Whether this process holds the lock of the workspace already: a command that runs a job takes it first."""
    return settings.state_path / "lock" in _held
