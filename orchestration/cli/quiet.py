"""Keep what libraries print (dbt, Dagster, Great Expectations) out of the terminal and in a log file."""

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from orchestration.cli.outlet import Outlet


@contextmanager
def quiet(log: Path) -> Iterator[TextIO]:
    """Send standard output and error, child processes included, to `log`; yields the terminal that was there.

    What can't be shown there any more is lost: a run is more than its progress.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    sys.stdout.flush()
    sys.stderr.flush()
    saved_out, saved_err = os.dup(1), os.dup(2)
    terminal = io.TextIOWrapper(io.BufferedWriter(Outlet(saved_out, fails=False)), encoding="utf-8")
    with open(log, "w", encoding="utf-8") as file:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
    try:
        yield terminal
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os.dup2(saved_out, 1)
        os.dup2(saved_err, 2)
        terminal.close()
        os.close(saved_out)
        os.close(saved_err)
