"""`funnelmart notify test`: whether those who are to be told can be told."""

from typing import Annotated

import typer
from rich.text import Text

from orchestration.cli.app import AsJson, Workspace, command
from orchestration.cli.terminal import console, print_json
from orchestration.errors import SettingsError, UsageError
from orchestration.settings import load_settings, workspace_path


@command
def notify(
    action: Annotated[str, typer.Argument(metavar="test", help="Send a message of no meaning to everybody.")],
    workspace: Workspace = None,
    as_json: AsJson = False,
) -> None:
    """Send a test message to each receiver that `notify` in funnelmart.yml names; exit code 1 where one takes none.

    Nothing is kept: a receiver that does not answer gets no test message later.

    [bold]Examples[/]

    funnelmart notify test -w ~/acme
    """
    if action != "test":
        raise UsageError(f"notify {action!r}: unknown; expected test")
    settings = load_settings(workspace_path(workspace))
    if not settings.notify.to:
        raise SettingsError("notify.to: names nobody; expected variables of the environment that hold an address")
    from orchestration.notify.tell import tell_a_test

    told = tell_a_test(settings)
    if as_json:
        print_json({"receivers": {name: {"taken": why is None, "why_not": why} for name, why in told.items()}})
    else:
        for name, why in told.items():
            console().print(Text(f"{name}: {'taken' if why is None else why}", style="green" if why is None else "red"))
    if any(told.values()):
        raise typer.Exit(1)
