"""The process that opens workbooks: what a broken one does to its reader ends here, not in the run.

Started by path, with as little imported as possible. Each (path, sheet or None) on its standard input is answered on
its standard output with one `("refused", why)`, or with `("rows", list)` as often as needed and at last one
`("sheet", name, merged ranges, currency by column, counted from 1904)`; all of it pickled.
"""

import pickle
import sys
from collections.abc import Iterator
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from orchestration.extracts.read.hidden_cells import hidden_cells
from orchestration.extracts.read.shown_currencies import shown_currencies
from orchestration.extracts.read.workbook_parts import counts_from_1904

try:
    import resource
except ImportError:  # no limits of memory on this system
    resource = None  # type: ignore[assignment]

_CHUNK = 2_000  # rows in one answer


def main() -> None:
    """Answer until the input ends; `argv[1]` is the memory in bytes that the process may take in all."""
    if resource:
        resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[1]), resource.getrlimit(resource.RLIMIT_AS)[1]))
        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    asked, answers = sys.stdin.buffer, sys.stdout.buffer
    while True:
        try:
            path, sheet = pickle.load(asked)
        except EOFError:
            return
        for answer in _answers(path, sheet):
            pickle.dump(answer, answers, pickle.HIGHEST_PROTOCOL)
        answers.flush()


def _answers(path: str, sheet: str | None) -> Iterator[tuple[Any, ...]]:
    try:
        rows, *told = _read(path, sheet)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a panic of calamine is no Exception
        yield "refused", _why(error)
        return
    for start in range(0, len(rows), _CHUNK):
        yield "rows", rows[start : start + _CHUNK]
    yield "sheet", *told


def _why(error: BaseException) -> str:
    text = " ".join(str(error).split())[:300]
    if isinstance(error, _NoSheetError):
        return text
    if isinstance(error, CalamineError):
        return f"is no readable workbook: {text}"
    if isinstance(error, MemoryError):
        return "needs more memory than engine.memory_limit in funnelmart.yml allows"
    return f"is no readable workbook: {type(error).__name__}: {text}".rstrip(": ")


class _NoSheetError(Exception):
    """The workbook lacks what was asked for."""


def _read(path: str, sheet: str | None) -> tuple[list[list[Any]], str, list[Any], dict[int, str], bool]:
    workbook = CalamineWorkbook.from_path(path)
    names = workbook.sheet_names
    if not names:
        raise _NoSheetError("has no sheet")
    name = sheet or names[0]
    if name not in names:
        raise _NoSheetError(f"has no sheet {name!r}; its sheets are {', '.join(map(repr, names))}")
    opened = workbook.get_sheet_by_name(name)
    rows: list[list[Any]] = opened.to_python(skip_empty_area=False)
    for row, column, text in hidden_cells(path, name, len(rows)):
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = text
    shown = shown_currencies(path, name, len(rows))
    for row, column, sign, _ in shown.cells:
        if row < len(rows) and column < len(rows[row]) and type(rows[row][column]) in (int, float):
            rows[row][column] = (sign, rows[row][column])
    return rows, name, list(opened.merged_cell_ranges or ()), shown.columns, counts_from_1904(path)


if __name__ == "__main__":
    main()
