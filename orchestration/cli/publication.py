"""`funnelmart rollback`: publish a kept mart again."""

from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from orchestration.cli.app import AsJson, Workspace, command, refuse_together
from orchestration.cli.kept_shown import kept_table
from orchestration.cli.terminal import SafeConsole, console, print_json
from orchestration.lock import workspace_lock
from orchestration.publish import rollback as roll_back
from orchestration.settings import Settings, load_settings, workspace_path
from orchestration.views.kept import kept


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
    refuse_together({"--list": list_, "--to": to is not None})
    settings = load_settings(workspace_path(workspace))
    if list_:
        marts = kept(settings)
        if as_json:
            print_json([mart.as_document() for mart in marts])
        elif marts:
            console().print(kept_table(marts, console().width))
        else:
            console().print("no mart is kept yet")
        return
    with workspace_lock(settings):
        entry = roll_back(settings, to)
        if not as_json:
            console().print(
                Text(f"{settings.published_path} is again the mart built {entry.built_at:%Y-%m-%d %H:%M} UTC")
            )
        report, failed = _report_again(settings)
    if failed:
        SafeConsole(stderr=True).print(Text(f"warning: the mart is rolled back, the report is not: {failed}"))
    if as_json:
        print_json(
            {"published": settings.published_path, "mart": entry.name, "built_at": entry.built_at, "report": report}
        )


def _report_again(settings: Settings) -> tuple[Path | None, str | None]:
    """Let the report show what is published; where that fails, why: the mart has gone back all the same."""
    from kpi_report import write_report  # here: no other command waits for the chart library

    try:
        return write_report(settings), None
    except Exception as error:
        return None, f"{type(error).__name__}: {error}"
