"""Workbooks are opened in a process of their own, with a limit of memory: one for all of them, started when needed.

A cell at the far end of a sheet makes calamine ask for half a terabyte, which ends the process that asks; a broken
reference makes it panic. The one is the end of a child, the other its answer: the file is refused, the run goes on.
"""

import atexit
import pickle
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from orchestration.errors import ExtractError
from orchestration.extracts.limits import memory_limit

_CHILD = Path(__file__).with_name("workbook_child.py")
_lock = threading.Lock()
_running: dict[int, "subprocess.Popen[bytes]"] = {}  # memory limit -> the child that has it


class Sheet(NamedTuple):
    """One sheet: its name, its rows of values, the ranges (first and last row and column, from 0) of merged cells.

    `currencies`: by column (from 0) the one currency that the formats of its numbers show. `from_1904`: its days are
    counted from 1904.
    """

    name: str
    rows: list[list[Any]]
    merged: list[tuple[tuple[int, int], tuple[int, int]]]
    currencies: dict[int, str]
    from_1904: bool


def read_sheet(path: Path, sheet: str | None) -> Sheet:
    """Read the sheet of that name, else the first.

    Raises:
        ExtractError: the workbook is broken, has no such sheet, or asks for more memory than engine.memory_limit.
    """
    with _lock:
        limit = memory_limit()
        child = _running.get(limit)
        if child is None or child.poll() is not None:
            child = _running[limit] = _start(limit)
        try:
            return _ask(child, path, sheet)
        except (OSError, EOFError, pickle.UnpicklingError) as error:
            _end(limit)
            raise ExtractError(
                "is no readable workbook: its reader broke down, which a cell far outside the table does; else the "
                "sheet needs more memory than engine.memory_limit in funnelmart.yml allows"
            ) from error
        except ExtractError:
            raise
        except BaseException:  # interrupted: what the child still says is nobody's answer
            _end(limit)
            raise


def _ask(child: "subprocess.Popen[bytes]", path: Path, sheet: str | None) -> Sheet:
    assert child.stdin
    assert child.stdout
    pickle.dump((str(path), sheet), child.stdin)
    child.stdin.flush()
    rows: list[list[Any]] = []
    while True:
        kind, *said = pickle.load(child.stdout)
        if kind == "refused":
            raise ExtractError(said[0])
        if kind == "sheet":
            return Sheet(said[0], rows, *said[1:])
        rows += said[0]


def _start(limit: int) -> "subprocess.Popen[bytes]":
    for other in list(_running):  # of another limit; one at a time
        _end(other)
    # -P: the modules beside the script are called csv and json, too
    command = [sys.executable, "-P", str(_CHILD), str(limit)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)


def _end(limit: int) -> None:
    child = _running.pop(limit)
    assert child.stdin
    assert child.stdout
    child.kill()
    child.wait()
    child.stdout.close()
    with suppress(BrokenPipeError):  # what was not written any more
        child.stdin.close()


@atexit.register
def _end_all() -> None:
    for limit in list(_running):
        _end(limit)
