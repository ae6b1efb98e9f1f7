"""What a command notes in the workspace for the next one, and can find out again: damaged is as good as not there.

Somebody may have put another thing in a note's place, or it may belong to another user; opening a named pipe would wait
for ever.
"""

import json
import os
import stat
from pathlib import Path
from typing import Any


def noted(path: Path) -> str:
    """Return what is noted there; empty where that is nothing, no file, or not ours to read."""
    try:
        return path.read_text(encoding="utf-8", errors="replace") if stat.S_ISREG(path.stat().st_mode) else ""
    except OSError:  # whatever it is, it is worked out again, and written: a place where that fails is named then
        return ""


def noted_json(path: Path) -> Any:
    """Return the document that is noted there; None where there is none that can be read."""
    return document(noted(path))


def document(text: str) -> Any:
    """Return what a text says in JSON; None where it is none."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def note(path: Path, text: str) -> None:
    """Put a note into the place of what is there, whole or not at all.

    Raises:
        OSError: it can't be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_suffix(".tmp")
    aside.write_text(text, encoding="utf-8")
    os.replace(aside, path)
