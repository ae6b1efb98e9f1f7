"""`funnelmart rollback`: publish a kept mart again."""

from typing import Annotated

import typer

from orchestration.cli.app import AsJson, Workspace, command
from orchestration.cli.terminal import console, print_json
from orchestration.publish import kept_marts
from orchestration.publish import rollback as roll_back
from orchestration.settings import load_settings, workspace_path
from orchestration.warehouse import workspace_lock


@command
def rollback(
    workspace: Workspace = None,
    to: Annotated[str | None, typer.Option(help="Name (or a part of it) of a kept mart; else the one before.")] = None,
    list_: Annotated[bool, typer.Option("--list", help="Only list the kept marts.")] = False,
    as_json: AsJson = False,
) -> None:
    """Publish the mart before the published one again, at once; readers are never disturbed.

    [bold]Examples[/]

    funnelmart rollback

    funnelmart rollback --list

    funnelmart rollback --to 20250630T0612 -w ~/acme
    """
    settings = load_settings(workspace_path(workspace))
    if list_:
        entries = kept_marts(settings)
        if as_json:
            print_json([{"name": e.name, "built_at": e.built_at, "run_id": e.run_id} for e in entries])
        for entry in [] if as_json else entries:
            console().print(entry.name)
        return
    with workspace_lock(settings):
        entry = roll_back(settings, to)
        if not as_json:
            console().print(f"{settings.published_path} is again the mart built {entry.built_at:%Y-%m-%d %H:%M} UTC")
        from kpi_report import write_report  # here: no other command waits for the chart library

        # The report shows what is published: it goes back with the mart.
        report = write_report(settings)
    if as_json:
        print_json(
            {"published": settings.published_path, "mart": entry.name, "built_at": entry.built_at, "report": report}
        )
