"""What follows from the program alone, kept for all workspaces of a user in `~/.cache` (or `XDG_CACHE_HOME`)."""

import os
import uuid
from contextlib import suppress
from pathlib import Path


def cache_path() -> Path:
    """Folder of what is kept; nothing in it is missed when it is gone.

    A place where nothing can be kept for a user who has no home: without HOME, and unknown to the system, as in a
    container.
    """
    named = os.environ.get("XDG_CACHE_HOME", "")
    try:
        place = Path(named).expanduser()
        if not place.is_absolute():  # not set, or of the folder that happens to be the current one
            place = Path("~/.cache").expanduser()
    except RuntimeError:
        place = Path(os.devnull)
    return place / "funnelmart"


def is_kept(path: Path) -> bool:
    """Whether something is kept there; not where nobody may look."""
    return os.path.exists(path)


def kept_text(path: Path) -> str | None:
    """What `keep_text` kept; None where there is nothing that can be read."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None


def keep_text(path: Path, text: str) -> OSError | None:
    """Keep a text, whole or not at all, for its owner alone; returns why that could not be."""
    # no process id: containers with one home have the same ones
    aside = path.with_name(f".{path.name}.{uuid.uuid4().hex}")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with open(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())  # else a power cut may leave the name and half of the text
        os.replace(aside, path)
    except OSError as error:
        with suppress(OSError):
            aside.unlink(missing_ok=True)
        return error
    return None
