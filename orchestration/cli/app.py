"""The command line: commands registered, errors turned into one line, the next step and an exit code."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from pathlib import Path
from typing import Annotated, Any, ParamSpec, TypeVar

import typer
from rich.console import Console
from rich.text import Text
from typer.core import TyperGroup

from orchestration.cli.terminal import print_json
from orchestration.errors import FunnelmartError
from orchestration.settings import workspace_path

P = ParamSpec("P")
R = TypeVar("R")

Workspace = Annotated[
    Path | None,
    typer.Option("-w", "--workspace", metavar="DIR", help="Workspace; else FUNNELMART_WORKSPACE, else demo/."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document instead of text.")]


class Group(TyperGroup):
    """The commands in the order in which people meet them, and mistakes of usage as JSON where JSON was asked for."""

    ORDER = (
        "init",
        "add-source",
        "validate",
        "pull",
        "run",
        "status",
        "kpis",
        "report",
        "rollback",
        "diff",
        "ui",
        "docs",
        "demo",
    )

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names as the help shows them; a command of no fixed place comes last."""
        names = super().list_commands(ctx)
        return sorted(names, key=lambda name: self.ORDER.index(name) if name in self.ORDER else len(self.ORDER))

    def make_context(self, info_name: str | None, args: list[str], parent: Any = None, **extra: Any) -> Any:
        """Remember whether JSON was asked for before anything can go wrong."""
        self._as_json = "--json" in args
        with self._usage_mistakes():
            return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: Any) -> Any:
        """Run the command; a mistake of usage ends with 2."""
        with self._usage_mistakes():
            return super().invoke(ctx)

    @contextmanager
    def _usage_mistakes(self) -> Iterator[None]:
        try:
            yield
        except Exception as error:
            # typer brings its own copy of click, so its class of such errors is known by what it can do
            describe = getattr(error, "format_message", None)
            if describe is None or not self._as_json:
                raise
            exit_code = getattr(error, "exit_code", 2)
            print_json({"error": "UsageError", "message": describe(), "exit_code": exit_code})
            raise typer.Exit(exit_code) from error


app = typer.Typer(
    name="funnelmart",
    cls=Group,
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="One mart in which a company's sales and marketing KPIs agree.\n\n"
    "[bold]Examples[/]\n\n"
    "funnelmart demo && funnelmart run      a made-up company, the whole way\n\n"
    "funnelmart init ~/acme                 a workspace of your own\n\n"
    "funnelmart run -w ~/acme               land, build, check, publish\n\n"
    "funnelmart kpis -w ~/acme --json       figures for a script\n\n"
    "funnelmart --install-completion        TAB completes commands and options\n\n"
    "Exit codes: 0 done, 1 failed, 2 usage or settings, 3 checks stopped the publication.",
)


_before_the_command: ContextVar[Path | None] = ContextVar("_before_the_command", default=None)


@app.callback()
def everywhere(workspace: Workspace = None) -> None:
    """Take `-w DIR` before the command too; see `command`."""
    _before_the_command.set(workspace)


def command(function: Callable[P, R]) -> Callable[P, R]:
    """Register a command; the project's errors end it with their message, next step and exit code, not a traceback."""

    @wraps(function)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        if "workspace" in kwargs and kwargs["workspace"] is None:
            kwargs["workspace"] = _before_the_command.get()
        as_json = bool(kwargs.get("as_json"))
        try:
            return function(*args, **kwargs)
        except FunnelmartError as error:
            named = kwargs.get("directory") or kwargs.get("workspace")
            fail(error, as_json, workspace=named if isinstance(named, Path) else None)
            raise typer.Exit(error.exit_code) from error
        except Exception as error:
            if as_json and not isinstance(error, typer.Exit | typer.Abort):
                fail(error, as_json)  # the traceback follows on standard error
            raise

    app.command(function.__name__.removesuffix("_").replace("_", "-"))(wrapped)
    return wrapped


def fail(error: Exception, as_json: bool, workspace: Path | None = None, **details: Any) -> None:
    """Say what went wrong and what to do next: on standard error, or as the JSON document."""
    ours = error if isinstance(error, FunnelmartError) else FunnelmartError()
    next_step = ours.next_step.replace("{workspace}", str(workspace_path(workspace)))
    if as_json:
        document = {"error": type(error).__name__, "message": str(error), "exit_code": ours.exit_code}
        print_json({**document, "next_step": next_step, **details})
        return
    out = Console(stderr=True, highlight=False, soft_wrap=True)
    out.print(Text(f"funnelmart: {error}", style="red"))
    out.print(Text(f"→ {next_step}"))
