"""A shell for questions in SQL: one after the other, each ends with a semicolon."""

from contextlib import suppress

import duckdb

from orchestration.cli.sql_shown import show_answer
from orchestration.cli.terminal import console
from orchestration.errors import QueryError
from orchestration.views.asked import ask

_HELP = "A question ends with ;   show tables; lists them, describe kpi_total; a table's columns; quit (or Ctrl-D) ends"


def shell(mart: duckdb.DuckDBPyConnection, most: int, seconds: float) -> None:
    """Ask what is typed until `quit` or the end of input; a mistake is said, and the next question may come."""
    with suppress(ImportError):
        import readline  # noqa: F401  # history and editing of lines, where the platform has it
    console().print(_HELP)
    asked: list[str] = []
    while True:
        try:
            line = input("...> " if asked else "sql> ")
        except EOFError:
            console().print()
            return
        except KeyboardInterrupt:  # drops what was begun, as shells do
            console().print()
            asked = []
            continue
        if not asked and line.strip().rstrip(";").lower() in ("quit", "exit", ".quit", ".exit", "\\q"):
            return
        if line.strip() or asked:
            asked.append(line)
        if line.rstrip().endswith(";"):
            question, asked = "\n".join(asked), []
            _answer(mart, question, most, seconds)


def _answer(mart: duckdb.DuckDBPyConnection, question: str, most: int, seconds: float) -> None:
    try:
        show_answer(ask(mart, question, most, seconds))
    except QueryError as error:
        console().print(str(error), style="red", markup=False)
    except KeyboardInterrupt:
        console().print("stopped")
