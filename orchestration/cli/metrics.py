"""`funnelmart mf`: ask the semantic layer."""

from typing import Annotated

import typer

from orchestration.cli.app import Workspace, command
from orchestration.settings import load_settings, workspace_path


@command
def mf(
    arguments: Annotated[
        list[str], typer.Argument(help="What MetricFlow's `mf` takes; options of its own after `--`.")
    ],
    workspace: Workspace = None,
) -> None:
    """Ask the semantic layer of the published mart: any KPI by any member and stretch of time.

    [bold]Examples[/]

    funnelmart mf -w ~/acme list metrics

    funnelmart mf -- query --metrics revenue,roi --group-by metric_time__month,channel

    funnelmart mf -- query --metrics win_rate_by_sales_rep --group-by sales_rep --start-time 2025-01-01 --csv reps.csv
    """
    settings = load_settings(workspace_path(workspace))
    from orchestration.transform.semantic.mf import published_project, run_mf

    result = run_mf(published_project(settings), arguments)
    if result.returncode:
        raise typer.Exit(1)
