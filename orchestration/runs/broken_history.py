"""Dagster's history of a workspace where one of its files is damaged: set aside, so that a new one begins.

What is lost is the list of runs and which schedules and sensors are switched on; no figure depends on it.
"""

import contextlib
import datetime as dt
import os
import sqlite3
from pathlib import Path

FILES = ("runs.db", "schedules.db", "events/index.db")


def set_aside_if_broken(home: Path) -> str | None:
    """Rename the folder of the history where a file in it is no database any more; returns a sentence for people."""
    broken = {name: reason for name in FILES if (reason := damage(home / name))}
    if not broken:
        return None
    aside = home.with_name(f"{home.name}.broken-{dt.datetime.now(dt.UTC):%Y%m%dT%H%M%S%f}")
    os.replace(home, aside)
    home.mkdir()
    found = "; ".join(f"{name}: {reason}" for name, reason in broken.items())
    return (
        f"Dagster's history was damaged ({found}) and a new one begins: the list of earlier runs is lost, schedules "
        f"and sensors must be switched on again. The old one lies in {aside} and may be deleted"
    )


def damage(path: Path, is_kept: bool = False) -> str | None:
    """Why a SQLite file can't be used; None where it can, is busy or is not there. `is_kept`: nobody writes to it."""
    if not path.exists():
        return None
    mode = "immutable=1" if is_kept else "mode=ro"
    try:
        with contextlib.closing(sqlite3.connect(f"{path.as_uri()}?{mode}", uri=True)) as connection:
            connection.execute("select count(*) from sqlite_master").fetchone()
            ((pages,),) = connection.execute("pragma page_count").fetchall()
            ((size,),) = connection.execute("pragma page_size").fetchall()
    except sqlite3.OperationalError:
        return None  # locked by who writes
    except sqlite3.DatabaseError as error:
        return str(error)
    # New pages may be in the log yet. Asked first: who closes the log has written them into the file by then.
    has_log = path.with_name(path.name + "-wal").exists()
    in_file = path.stat().st_size
    return None if has_log or in_file >= pages * size else f"cut off after {in_file} of {pages * size} bytes"
