"""A Spark Connect server: its catalogue outlives the session and is every session's, so one lake has it to itself.

Tables are told where their files lie, so that to forget them removes no file: those of an earlier build may be what the
working database still shows.
"""

from collections.abc import Mapping
from typing import Any

MARK = "funnelmart"  # the schema that says, as its comment, which lake has the server
_OF_ALL = {"default"}


class ServerInUseError(RuntimeError):
    """The server is somebody else's too, or is not to be changed."""


def take_over(session: Any, storage: str, meaning: Mapping[str, str]) -> None:
    """Let the catalogue be empty but for the mark of this lake.

    Args:
        session: pyspark's session on the server.
        storage: path or URL of the lake.
        meaning: what has to hold of the session, so that SQL means there what it means here.

    Raises:
        ServerInUseError: the server has databases that are not this lake's, or a setting that is not to be changed.
    """
    others = {name: found for name, expected in meaning.items() if (found := session.conf.get(name)) != expected}
    if others:
        raise ServerInUseError(f"it keeps {others}; expected { ({name: meaning[name] for name in others}) }")
    databases = {name for (name,) in session.sql("show databases").collect()} - _OF_ALL
    if databases and _whose(session, databases) != storage:
        raise ServerInUseError(
            f"it has databases that are not of the lake {storage}: {', '.join(sorted(databases))}; "
            "expected a server that this workspace has to itself"
        )
    for name in sorted(databases, key=lambda name: name == MARK):  # the mark last: a start that is killed begins again
        session.sql(f"drop schema if exists `{name}` cascade")
    session.sql(f"create schema {MARK} comment '{_text(storage)}'")


def _whose(session: Any, databases: set[str]) -> str | None:
    """The lake that the mark names; None without a mark."""
    if MARK not in databases:
        return None
    return next((value for name, value in session.sql(f"describe schema {MARK}").collect() if name == "Comment"), None)


def _text(value: str) -> str:
    return value.replace("\\", "\\\\").replace("'", "\\'")
