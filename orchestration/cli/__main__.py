"""Entry point of the command `funnelmart`; `python -m orchestration.cli` is the same without an installation."""

import atexit
import os
import sys
import threading
from contextlib import suppress

import orchestration.cli.commands  # noqa: F401  registers the commands
from orchestration.cli.app import app
from orchestration.cli.outlet import is_lost, open_outlets
from orchestration.settings.environment import mend_timezone


def main() -> None:
    """Run the command that the arguments name."""
    code: object
    outlet = open_outlets()
    mend_timezone()
    try:
        sys.exit(app())
    except SystemExit as end:
        code = end.code
    except Exception:
        if outlet.broken_by is None:
            raise
        code = 1  # whatever came of it, the first thing that went wrong was that nothing could be printed
    with suppress(OSError):
        _flush()
    if is_lost(outlet) and outlet.fails:
        code = code or 1
    _leave(code)
    raise SystemExit(code)


def _leave(code: object) -> None:
    """End the process, with all that was to be done at its end; returns where that is better left to Python.

    Python takes apart all that was imported, object by object: more than a second after Dagster and Great Expectations.
    """
    others = [thread for thread in threading.enumerate() if not thread.daemon and thread is not threading.main_thread()]
    if others or not isinstance(code, int | None):
        return
    atexit._run_exitfuncs()
    with suppress(OSError):
        _flush()  # what was said at the end
    os._exit(code or 0)


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:  # none where the command was started without one
            stream.flush()


if __name__ == "__main__":
    main()
