"""The log of publications and rollbacks: which mart was put in place after which, whatever the clock said."""

import datetime as dt
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from orchestration.publish import calls

NAME = "log.jsonl"
PREFIX, FORMER_PREFIX = "funnelmart-", "mart-"


def read_log(history: Path) -> list[dict[str, Any]]:
    """Return the lines of the log in the history's folder, the oldest first; a line that was cut off is left out."""
    lines: list[dict[str, Any]] = []
    for line in calls.read(history / NAME).splitlines():
        try:
            said = json.loads(line)
        except ValueError:
            continue  # the run that wrote it was killed: what it had put in place is entered again at the next start
        if isinstance(said, dict):
            lines.append(said)
    return lines


def order(lines: list[dict[str, Any]]) -> list[str]:
    """Return the names of marts by when they were published first.

    Lines of earlier versions don't name what they published: the next line says it, as what it replaced.
    """
    named = [line.get(key) for line in lines for key in ("replaced", "mart")]
    return list(dict.fromkeys(_named_now(name) for name in named if isinstance(name, str)))


def last_published(lines: list[dict[str, Any]]) -> str | None:
    """Return the name of the mart that the log calls the current one, None where it names none."""
    name = lines[-1].get("mart") if lines else None
    return _named_now(name) if isinstance(name, str) else None


def writable(history: Path) -> None:
    """Find out now, not after the swap, whether the log takes a line; ends a line that was cut off.

    Raises:
        OSError: it doesn't.
    """
    calls.make_folder(history)
    text = calls.read(history / NAME)
    calls.append(history / NAME, "\n" if text and not text.endswith("\n") else "")


def record(history: Path, action: str, details: Mapping[str, str | None]) -> None:
    """Append one line: what, when in UTC, details."""
    line = {"at": dt.datetime.now(dt.UTC).isoformat(), "action": action, **details}
    calls.append(history / NAME, json.dumps(line) + "\n")


def _named_now(name: str) -> str:
    return PREFIX + name.removeprefix(FORMER_PREFIX) if name.startswith(FORMER_PREFIX) else name
