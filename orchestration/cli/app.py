"""The command line: commands registered, errors turned into one line, the next step and an exit code."""

import importlib.metadata
import shlex
import sys
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from functools import wraps
from pathlib import Path
from typing import Annotated, Any, ParamSpec, TypeVar

import typer
from typer.models import CommandInfo

from orchestration.cli.document import print_json
from orchestration.cli.lazy import Group, command_name, registered
from orchestration.errors import FunnelmartError, NoWorkspaceError, UnusableFileError, UsageError

P = ParamSpec("P")
R = TypeVar("R")

Workspace = Annotated[
    Path | None,
    typer.Option(
        "-w", "--workspace", metavar="DIR", help="Workspace; else FUNNELMART_WORKSPACE, else the one you are in."
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document instead of text.")]


app = typer.Typer(
    name="funnelmart",
    cls=Group,
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="One mart in which a company's sales and marketing KPIs agree.\n\n"
    "[bold]Examples[/]\n\n"
    "funnelmart demo && funnelmart run -w demo      a made-up company, the whole way\n\n"
    "funnelmart init ~/acme                 a workspace of your own\n\n"
    "funnelmart run -w ~/acme               land, build, check, publish\n\n"
    "funnelmart kpis -w ~/acme --json       figures for a script\n\n"
    "funnelmart --install-completion        TAB completes commands and options\n\n"
    "Exit codes: 0 done, 1 failed, 2 usage or settings, 3 checks stopped the publication, "
    "130 or 143 interrupted.",
)


_before_the_command: ContextVar[Path | None] = ContextVar("_before_the_command", default=None)


def say_version(asked: bool) -> None:
    """Print the version and end."""
    if asked:
        sys.stdout.write(f"funnelmart {importlib.metadata.version('funnelmart')}\n")
        raise typer.Exit


@app.callback()
def everywhere(
    workspace: Workspace = None,
    version: Annotated[  # typer calls `say_version` before it looks for a command
        bool, typer.Option("--version", callback=say_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Take `-w DIR` before the command too; see `command`."""
    _before_the_command.set(workspace)


def command(function: Callable[P, R]) -> Callable[P, R]:
    """Register a command; the project's errors end it with their message, next step and exit code, not a traceback."""

    name = command_name(function.__name__)

    @wraps(function)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        if "workspace" in kwargs and kwargs["workspace"] is None:
            kwargs["workspace"] = _before_the_command.get()
        as_json = bool(kwargs.get("as_json"))
        try:
            return function(*args, **kwargs)
        except FunnelmartError as error:
            named = kwargs.get("directory") or kwargs.get("workspace")
            fail(error, as_json, workspace=named if isinstance(named, Path) else None, command=name)
            raise typer.Exit(error.exit_code) from error
        except Exception as error:
            if isinstance(error, typer.Exit | typer.Abort):
                raise
            said = _full_disk(kwargs.get("workspace")) or UnusableFileError.of(error)
            if said is not None:
                fail(said, as_json)
                raise typer.Exit(said.exit_code) from error
            if as_json:
                fail(error, as_json)  # the traceback follows on standard error
            raise

    registered[name] = CommandInfo(name, callback=wrapped)
    return wrapped


def _full_disk(named: object) -> FunnelmartError | None:
    from orchestration.settings import workspace_path
    from orchestration.warehouse import full_disk

    try:
        return full_disk(workspace_path(named if isinstance(named, Path) else None))
    except NoWorkspaceError:
        return None  # a command that needs none


def refuse_together(options: Mapping[str, bool]) -> None:
    """Refuse options, by name whether they are given, of which a command takes only one.

    Raises:
        UsageError: more than one is given.
    """
    given = [name for name, is_given in options.items() if is_given]
    if len(given) > 1:
        raise UsageError(f"{' and '.join(given)} don't go together; expected one of them")


def fail(
    error: Exception, as_json: bool, workspace: Path | None = None, command: str = "COMMAND", **details: Any
) -> None:
    """Say what went wrong and what to do next: on standard error, or as the JSON document."""
    from rich.text import Text  # here: a command that succeeds and prints JSON needs none of it

    from orchestration.cli.terminal import SafeConsole
    from orchestration.settings import workspace_path

    ours = error if isinstance(error, FunnelmartError) else FunnelmartError()
    next_step = ours.next_step.replace("COMMAND", command)
    if "{workspace}" in next_step:
        try:
            next_step = next_step.replace("{workspace}", shlex.quote(str(workspace_path(workspace))))
        except NoWorkspaceError:
            next_step = next_step.replace("{workspace}", "DIR")
    if as_json:
        document = {"error": type(error).__name__, "message": str(error), "exit_code": ours.exit_code}
        print_json({**document, "next_step": next_step, **details})
        return
    out = SafeConsole(stderr=True, highlight=False, soft_wrap=True)
    out.print(Text(f"funnelmart: {error}", style="red"))
    out.print(Text(f"→ {next_step}"))
