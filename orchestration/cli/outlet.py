"""Standard output and standard error that remember what kept them from being written to.

Where a reader has gone, or a disk is full, the error comes up wherever somebody prints, through libraries that know
nothing of it. What was said so far is lost then; that it was is said once, at the end.
"""

import errno
import io
import os
import sys
from typing import Any, TextIO


class Outlet(io.FileIO):
    """A stream of the process. After a failure writing goes nowhere, so that what ends the command is the first one.

    `fails`: whether a failure ends the command, as of standard output; of an error stream nobody can be told.
    """

    def __init__(self, number: int, fails: bool):
        super().__init__(number, "wb", closefd=False)
        self.broken_by: OSError | None = None
        self.is_missing = False
        self.fails = fails

    def write(self, data: Any) -> int:
        """Write like any file."""
        if self.broken_by is None:
            try:
                if self.is_missing:
                    raise OSError(errno.EBADF, os.strerror(errno.EBADF))
                return super().write(data)
            except OSError as error:
                self.broken_by = error
                if self.fails:
                    raise
        return len(data)


def open_outlets() -> Outlet:
    """Put outlets in the place of both streams; returns that of standard output."""
    sys.stdout, outlet = _opened(1, sys.stdout, fails=True)
    sys.stderr, _ = _opened(2, sys.stderr, fails=False)
    return outlet


def _opened(number: int, like: TextIO | None, fails: bool) -> tuple[TextIO, Outlet]:
    if like is None:  # closed by whoever started the command: a file that is opened later must not get its number
        outlet = Outlet(os.open(os.devnull, os.O_WRONLY), fails)
        outlet.is_missing = True
        return io.TextIOWrapper(io.BufferedWriter(outlet), "utf-8"), outlet
    outlet = Outlet(number, fails)
    try:
        like.flush()  # what was said before
    except OSError as error:
        outlet.broken_by = error
    through = bool(getattr(like, "write_through", False))  # PYTHONUNBUFFERED
    lines = bool(getattr(like, "line_buffering", False))
    buffer: Any = outlet if through else io.BufferedWriter(outlet)
    # A terminal that has no arrow or dash, as in LC_ALL=C or Latin-1, shows a question mark: no reason to end a run.
    errors = "replace" if like.errors in ("strict", "surrogateescape") else like.errors
    return io.TextIOWrapper(buffer, like.encoding, errors, line_buffering=lines, write_through=through), outlet


def work_is_done() -> None:
    """What the command was for is done: that nothing can be printed any more is said, and makes no failure of it."""
    outlet = getattr(sys.stdout.buffer, "raw", sys.stdout.buffer)
    if isinstance(outlet, Outlet):
        outlet.fails = False


def is_lost(outlet: Outlet) -> bool:
    """Whether what the command printed was lost; says so, but for a reader who had read enough (`| head -1`)."""
    if outlet.broken_by is None:
        return False
    if outlet.broken_by.errno != errno.EPIPE:
        why = os.strerror(outlet.broken_by.errno or 0)
        sys.stderr.write(f"funnelmart: standard output can't be written to: {why}\n")
    return True
