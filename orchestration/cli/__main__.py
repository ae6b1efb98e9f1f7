"""Entry point of the command `funnelmart`; `python -m orchestration.cli` is the same without an installation."""

import atexit
import os
import sys
import threading

import orchestration.cli.commands  # noqa: F401  registers the commands
from orchestration.cli.app import app


def main() -> None:
    """Run the command that the arguments name."""
    try:
        sys.exit(app())
    except SystemExit as end:
        _leave(end.code)
        raise


def _leave(code: object) -> None:
    """End the process, with all that was to be done at its end; returns where that is better left to Python.

    Python takes apart all that was imported, object by object: more than a second after Dagster and Great Expectations.
    """
    others = [thread for thread in threading.enumerate() if not thread.daemon and thread is not threading.main_thread()]
    if others or not isinstance(code, int | None):
        return
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:  # nobody reads any more; Python says so
        return
    atexit._run_exitfuncs()
    os._exit(code or 0)


if __name__ == "__main__":
    main()
