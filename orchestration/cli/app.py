"""The command line: commands registered, errors turned into one line and an exit code."""

import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Annotated, Any, ParamSpec, TypeVar

import typer
from rich.console import Console
from rich.text import Text

from orchestration.cli.terminal import print_json
from orchestration.errors import FunnelmartError

P = ParamSpec("P")
R = TypeVar("R")

Workspace = Annotated[
    Path | None,
    typer.Option("-w", "--workspace", metavar="DIR", help="Workspace; else FUNNELMART_WORKSPACE, else demo/."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document instead of text.")]

app = typer.Typer(
    name="funnelmart",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    help="One mart in which a company's sales and marketing KPIs agree.\n\n"
    "[bold]Examples[/]\n\n"
    "funnelmart demo && funnelmart run      a made-up company, the whole way\n\n"
    "funnelmart run -w ~/acme               your own workspace\n\n"
    "funnelmart kpis -w ~/acme --json       figures for a script\n\n"
    "Exit codes: 0 done, 1 failed, 2 usage or settings, 3 checks stopped the publication.",
)


def command(function: Callable[P, R]) -> Callable[P, R]:
    """Register a command; the project's errors end it with their message and exit code, not with a traceback."""

    @wraps(function)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return function(*args, **kwargs)
        except FunnelmartError as error:
            fail(error, as_json=bool(kwargs.get("as_json")))
            raise typer.Exit(error.exit_code) from error

    app.command(function.__name__.removesuffix("_"))(wrapped)
    return wrapped


def fail(error: Exception, as_json: bool, **details: Any) -> None:
    """Say what went wrong: on standard error, or as the JSON document."""
    if as_json:
        exit_code = error.exit_code if isinstance(error, FunnelmartError) else 1
        print_json({"error": type(error).__name__, "message": str(error), "exit_code": exit_code, **details})
    else:
        Console(stderr=True, highlight=False, soft_wrap=True).print(Text(f"funnelmart: {error}", style="red"))


def main() -> None:
    """Entry point of the command `funnelmart`."""
    import orchestration.cli.commands  # noqa: F401  registers the commands

    sys.exit(app())
