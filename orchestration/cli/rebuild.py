"""`funnelmart rebuild`: the working database again, from the archive."""

from typing import Annotated

import typer
from rich.text import Text

from orchestration.cli.app import AsJson, Workspace, command
from orchestration.cli.run import run
from orchestration.cli.terminal import console, print_json
from orchestration.counted import counted
from orchestration.lock import workspace_lock
from orchestration.settings import load_settings, workspace_path
from orchestration.temporary import empty_temporary
from orchestration.transform.rebuilding import rebuild_warehouse
from orchestration.warehouse import check_space


@command
def rebuild(
    workspace: Workspace = None,
    without_missing: Annotated[
        bool, typer.Option("--without-missing", help="Leave out extracts of which the archive has no sound copy.")
    ] = False,
    no_run: Annotated[bool, typer.Option("--no-run", help="Only land; build and publish with a later run.")] = False,
    as_json: AsJson = False,
) -> None:
    """Make the working database again from the archive, with the loads that it had; then build, check and publish.

    The published mart stays until the new one has passed its checks.

    [bold]Examples[/]

    funnelmart rebuild

    funnelmart rebuild --without-missing -w ~/acme
    """
    settings = load_settings(workspace_path(workspace))
    check_space(settings)
    with workspace_lock(settings), empty_temporary(settings):
        result = rebuild_warehouse(settings, without_missing)
    if no_run and as_json:
        print_json({"loads": result.loads, "rows": result.rows, "notes": result.notes})
    if not as_json:
        console().print(
            Text(
                f"{counted(result.loads, 'extract')}, {counted(result.rows, 'row')} landed from {settings.archive_path}"
            )
        )
        for line in result.notes:
            console().print(Text(f"note: {line}"))
    if not no_run:
        run(workspace=settings.workspace, job="funnelmart", force=True, full=True, verbose=False, as_json=as_json)
