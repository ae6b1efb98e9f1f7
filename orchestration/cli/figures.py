"""`funnelmart kpis` and `funnelmart status`: what the published mart says, and how healthy the workspace is."""

import datetime as dt
from typing import Annotated, Any

import typer
from rich.table import Table

from orchestration.cli.app import AsJson, Workspace, command
from orchestration.cli.terminal import console, kpi_document, kpi_table, print_json
from orchestration.health import Health, look
from orchestration.kpi_summary import Grain, summarise
from orchestration.publish.reader import open_published
from orchestration.settings import load_settings, workspace_path


@command
def kpis(
    workspace: Workspace = None,
    grain: Annotated[Grain, typer.Option(help="Length of the periods compared.")] = "month",
    as_json: AsJson = False,
) -> None:
    """Show every KPI of this period, the one before, and the change.

    [bold]Examples[/]

    funnelmart kpis

    funnelmart kpis -w ~/acme --grain quarter --json
    """
    settings = load_settings(workspace_path(workspace))
    with open_published(settings) as mart:
        summary = summarise(mart, grain, locale=settings.reporting.locale)
    if as_json:
        print_json(kpi_document(summary))
    else:
        console().print(kpi_table(summary))


@command
def status(workspace: Workspace = None, as_json: AsJson = False) -> None:
    """Show on one screen how healthy the workspace is: mart, checks, sources, refused rows, runs.

    [bold]Examples[/]

    funnelmart status

    funnelmart status -w ~/acme --json
    """
    settings = load_settings(workspace_path(workspace))
    health = look(settings, dt.datetime.now(dt.UTC))
    if as_json:
        print_json(health.as_document())
        return
    _print(health)


def _print(health: Health) -> None:
    out = console()
    out.print(f"[bold]{health.company}[/]  {health.workspace}")
    out.print(f"run       {health.running or 'none is running'}; last: {health.last_run}")
    out.print(f"extracts  {health.extracts}")
    if health.published is None:
        out.print("mart      [yellow]nothing is published yet[/]: funnelmart run")
        return
    run = health.published
    out.print(
        f"mart      built {run['finished_at']} UTC ({health.age}), figures up to {run['today']}, run {run['run_id']}"
    )
    failed = health.failed_checks
    colour = "red" if any(check["severity"] == "critical" for check in failed) else "yellow" if failed else "green"
    out.print(f"checks    [{colour}]{health.checks - len(failed)} of {health.checks} passed[/]")
    for check in failed:
        out.print(f"          [yellow]{check['severity']}[/] {check['check']}: {check['message']}")
    out.print(f"refused   {health.refused_rows} rows are in quarantine (_meta.quarantine)")
    if health.sources:
        out.print(_sources(health.sources))


def _sources(sources: list[dict[str, Any]]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    shown = (
        "source",
        "table",
        "files",
        "newest_extract_at",
        "newest_data_date",
        "rows_in",
        "rows_kept",
        "rows_refused",
    )
    present = [name for name in shown if name in sources[0]]
    for name in present:
        table.add_column(name.replace("_", " "), justify="right" if name.startswith("rows") else "left")
    for row in sources:
        table.add_row(*("–" if row[name] is None else str(row[name]) for name in present))
    return table
