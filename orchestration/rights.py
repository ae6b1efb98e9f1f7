"""What a run must be allowed to write, looked at before any work: else it would build for minutes and publish nothing.

Nothing is written to find it out. Documents are not looked at: where they can't be written, a mart is published. Nor is
the archive: landing comes first, and writes there only what is new.
"""

import os
from collections.abc import Iterator
from pathlib import Path

from orchestration.errors import OtherKindError, UnusableFileError
from orchestration.settings import Settings

_LETTERS = {os.R_OK: "read", os.W_OK: "write", os.X_OK: "enter"}
_KEPT_BY_RUNS = ("dagster", "logs", "runs", "target")
_UNTOUCHED = "Nothing was started"


def check_rights(settings: Settings) -> None:
    """Look whether the user of this process may do what a run does with folders and files that are there.

    Raises:
        UnusableFileError: one of them; the message names it and the rights that are missing.
    """
    for folder in _folders(settings):
        if not os.path.lexists(folder):
            continue
        if not folder.is_dir():
            raise OtherKindError(f"{folder}: is no folder; expected one that a run may write to. {_UNTOUCHED}")
        _check(folder, os.R_OK | os.W_OK | os.X_OK)
    for file, needed in _files(settings):
        if not os.path.lexists(file):
            continue
        if file.exists() and not file.is_file():  # a named pipe would be waited for without an end
            raise OtherKindError(f"{file}: is no regular file; expected one that a run may write to. {_UNTOUCHED}")
        _check(file, needed)


def _folders(settings: Settings) -> Iterator[Path]:
    yield settings.workspace
    yield from (settings.state_path, *(settings.state_path / name for name in _KEPT_BY_RUNS))
    yield settings.published_path.parent
    yield settings.published_path.parent / "history"
    if settings.publish.lake:
        yield settings.lake_path


def _files(settings: Settings) -> Iterator[tuple[Path, int]]:
    yield settings.warehouse_path, os.R_OK | os.W_OK
    yield settings.published_path, os.R_OK
    yield settings.published_path.parent / "history" / "log.jsonl", os.R_OK | os.W_OK
    yield settings.state_path / "check_history.jsonl", os.R_OK | os.W_OK
    yield settings.state_path / "logs" / "run.log", os.W_OK


def _check(path: Path, needed: int) -> None:
    missing = [word for right, word in _LETTERS.items() if needed & right and not os.access(path, right)]
    if missing:
        raise UnusableFileError(f"{path}: no right to {' and '.join(missing)} there, which a run needs. {_UNTOUCHED}")
