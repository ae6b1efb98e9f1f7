"""`funnelmart report`: the KPI report of what is published."""

import webbrowser
from typing import Annotated

import typer
from rich.text import Text

from orchestration.cli.app import AsJson, Workspace, command
from orchestration.cli.terminal import console, print_json
from orchestration.settings import load_settings, workspace_path


@command
def report(
    workspace: Workspace = None,
    open_: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
    as_json: AsJson = False,
) -> None:
    """Write the KPI report of the published mart again: one page that needs no network; every run writes it, too.

    [bold]Examples[/]

    funnelmart report --open

    funnelmart report -w ~/acme --json
    """
    settings = load_settings(workspace_path(workspace))
    from kpi_report import write_report  # here: no other command waits for the chart library

    page = write_report(settings)
    if open_:
        webbrowser.open(page.resolve().as_uri())
    if as_json:
        print_json({"report": page, "bytes": page.stat().st_size})
    else:
        console().print(Text(str(page)))
