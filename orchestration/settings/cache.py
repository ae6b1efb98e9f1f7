"""What follows from the program alone, kept for all workspaces of a user in `~/.cache` (or `XDG_CACHE_HOME`)."""

import os
from pathlib import Path


def cache_path() -> Path:
    """Folder of what is kept; nothing in it is missed when it is gone."""
    return Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser() / "funnelmart"


def kept_text(path: Path) -> str | None:
    """What `keep_text` kept; None where there is nothing that can be read."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None


def keep_text(path: Path, text: str) -> OSError | None:
    """Keep a text, whole or not at all, for its owner alone; returns why that could not be."""
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        aside.write_text(text, encoding="utf-8")
        aside.chmod(0o600)
        os.replace(aside, path)
    except OSError as error:
        if aside.exists():
            aside.unlink()
        return error
    return None
