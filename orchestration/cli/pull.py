"""`funnelmart pull`: ask the APIs of the sources that have `pull`, and write what they answer as extracts."""

import datetime as dt
from typing import Annotated

import typer

from orchestration.cli.app import AsJson, Workspace, command
from orchestration.cli.terminal import console, print_json
from orchestration.errors import PullError
from orchestration.settings import load_settings, workspace_path


@command
def pull(
    sources: Annotated[list[str] | None, typer.Argument(metavar="[SOURCE]…", help="Else all that have `pull`.")] = None,
    workspace: Workspace = None,
    since: Annotated[
        dt.datetime | None, typer.Option(formats=["%Y-%m-%d"], metavar="DAY", help="Pull again from this day on.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Pull what is new or was corrected from APIs into the folders of their sources; `run` loads it.

    Credentials come from the environment: docs/pulling.md names them.

    [bold]Examples[/]

    funnelmart pull -w ~/acme && funnelmart run -w ~/acme

    funnelmart pull hubspot -w ~/acme --since 2024-01-01
    """
    from orchestration.pull.run import Pulled, pull_sources  # here: dlt takes a second to import

    settings = load_settings(workspace_path(workspace))

    def tell(result: Pulled | PullError) -> None:
        if isinstance(result, Pulled) and not as_json:
            asked = f"since {result.since:%Y-%m-%d}" if result.since else "everything"
            lines = ", ".join(f"{count} {table}" for table, count in result.lines.items())
            console().print(f"[green]pulled[/]  {result.source}: {asked}: {lines}")

    done = pull_sources(settings, sources or [], since.date() if since else None, tell)
    if as_json:
        print_json(
            {"pulled": [{"source": d.source, "since": d.since, "files": d.files, "lines": d.lines} for d in done]}
        )
