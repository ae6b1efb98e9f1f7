"""Which of the things that lie in a folder may be opened at all: regular files whose names can be written down.

Opening a FIFO waits for ever, a device may never end, a link may lead nowhere or in a circle. Such a thing is refused
by name, like a file that can't be read; the others are landed.
"""

import os
import re
import stat
from typing import Any

_KINDS = (
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISBLK, "a device"),
    (stat.S_ISCHR, "a device"),
)


def printable(name: str) -> str:
    """Return a name that can be stored and printed: bytes that are no UTF-8 become `\\xff`."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def problem_of(path: str, info: dict[str, Any]) -> str | None:
    """Say why a local path may not be opened, None where it may; `info` is what the listing knows of it."""
    if printable(path) != path:
        return "its name is no UTF-8; expected a name that every system can write: rename it"
    if info.get("type") == "file":
        return None
    try:
        mode = os.stat(path).st_mode
    except OSError as error:
        return f"is a link that leads nowhere: {error.strerror}"
    if stat.S_ISREG(mode):
        return None
    return f"is {next((name for is_kind, name in _KINDS if is_kind(mode)), 'no file')}; expected a regular file"


def leads_out(member: str) -> bool:
    """Whether the name of a zip archive's member would lie outside of a folder that it is unpacked into."""
    return member.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", member)
