"""Dagster's history without a run in it, kept for all workspaces of a user: it follows from Dagster's version alone.

To make one takes Dagster half a second and more than a hundred statements, each of which waits until the disk has it.
"""

import contextlib
import importlib.metadata
import os
import shutil
import sqlite3
import uuid
from pathlib import Path

from orchestration.progress import say
from orchestration.runs.broken_history import FILES, damage
from orchestration.settings import cache

OF_A_RUN = "events/run.db"
"""Events of one run, before the first."""
_VERSION = "alembic_version"
_LAYOUT = ("secondary_indexes", "sqlite_sequence")


def kept_path() -> Path:
    """Folder of the files that are kept for this version of Dagster."""
    return cache.cache_path() / "history" / importlib.metadata.version("dagster")


def lay_out(home: Path) -> None:
    """Let the history of a new home begin with the files that are kept; Dagster makes those that are not."""
    if not any((home / name).exists() for name in FILES):
        for name in FILES:
            copy(name, home / name)


def copy(name: str, path: Path) -> bool:
    """Copy a file that is kept to `path`, whole or not at all; whether that was done.

    It takes nobody's place: another process may begin the same history.
    """
    kept = kept_path() / name
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(kept, aside)
        if damage(aside, is_kept=True) or not _is_blank(aside):
            kept.unlink(missing_ok=True)
            return False
        os.link(aside, path)
    except OSError:
        # Nothing is kept, the file is there by now, or the disk knows no links: Dagster makes what is missing.
        return False
    finally:
        aside.unlink(missing_ok=True)
    return True


def keep_all(home: Path) -> None:
    """Keep the files of a history that Dagster has just made."""
    for name in FILES:
        keep(name, home / name)


def keep(name: str, path: Path) -> None:
    """Keep a file, where it is not kept and nothing was written to it yet; where that can't be, so be it.

    The UI of the workspace may have: a schedule that somebody has switched on would be on in each new workspace.
    """
    kept = kept_path() / name
    if cache.is_kept(kept):
        return
    aside = kept.with_name(f".{kept.name}.{uuid.uuid4().hex}")
    try:
        kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _back_up(path, aside)
        if _is_blank(aside):
            os.replace(aside, kept)
    except (OSError, sqlite3.Error) as error:
        say(f"{kept}: an empty history is not kept for other workspaces: {error}")
    finally:
        with contextlib.suppress(OSError):
            aside.unlink(missing_ok=True)


def _is_blank(path: Path) -> bool:
    """Whether a database is laid out by Dagster, and holds nothing but how it is."""
    try:
        with contextlib.closing(sqlite3.connect(path)) as database:
            tables = database.execute("select name from sqlite_master where type = 'table'").fetchall()
            filled = {name for (name,) in tables if database.execute(f'select 1 from "{name}" limit 1').fetchall()}
    except sqlite3.Error:
        return False
    return _VERSION in filled and filled <= {_VERSION, *_LAYOUT}


def _back_up(path: Path, kept: Path) -> None:
    """Copy a database with what its log holds."""
    with contextlib.closing(sqlite3.connect(path)) as source, contextlib.closing(sqlite3.connect(kept)) as target:
        source.backup(target)
