"""`funnelmart status`: on one screen, how healthy the workspace is and where everything lies."""

import datetime as dt
from pathlib import Path
from zoneinfo import ZoneInfo

from rich.markup import escape
from rich.table import Table
from rich.text import Text

from orchestration.cli.app import AsJson, Workspace, command
from orchestration.cli.terminal import console, print_json
from orchestration.counted import counted
from orchestration.settings import Settings, load_settings, workspace_path
from orchestration.views.health import Health, ago, look

Line = tuple[str, str]
_SEVERITIES = {"critical": "red", "warning": "yellow", "info": "dim"}
_ENDED = {"success": "[green]succeeded[/]", "failure": "[red]failed[/]", "canceled": "[yellow]canceled[/]"}


@command
def status(workspace: Workspace = None, as_json: AsJson = False) -> None:
    """Show on one screen how healthy the workspace is: runs, mart, checks, refused rows, sources, documents.

    [bold]Examples[/]

    funnelmart status

    funnelmart status -w ~/acme --json
    """
    settings = load_settings(workspace_path(workspace))
    now = dt.datetime.now(dt.UTC)
    health = look(settings, now)
    if as_json:
        print_json({**health.as_document(), "paths": places(settings)})
        return
    out = console()
    out.print(f"[bold]{escape(health.company)}[/]  {escape(str(health.workspace))}\n")
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True, min_width=10)
    grid.add_column(no_wrap=True, overflow="ellipsis")
    for name, text in (
        *_runs(health, settings, now),
        *_mart(health),
        *((n, escape(str(p))) for n, p in _there(settings)),
    ):
        grid.add_row(name, text)
    run = health.last_run
    if run is not None and run.why and run.status == "failure":  # whole, however narrow the terminal is
        out.print(Text(f"the last run failed: {run.why}\n", style="red"))
    out.print(grid)
    if health.sources:
        out.print()
        out.print(_sources(health, now))


def places(settings: Settings) -> dict[str, Path]:
    """Where people find what a run made."""
    return {
        "mart": settings.published_path,
        "report": settings.reports_path / "kpi_report.html",
        "checks": settings.reports_path / "data_docs" / "index.html",
        "dbt docs": settings.reports_path / "dbt_docs.html",
    }


def _there(settings: Settings) -> list[tuple[str, Path]]:
    return [(f"→ {name}", place) for name, place in places(settings).items() if place.exists()]


def _runs(health: Health, settings: Settings, now: dt.datetime) -> list[Line]:
    lines = [("running", f"[yellow]{escape(health.running)}[/]")] if health.running else []
    run = health.last_run
    if run is None:
        lines.append(("last run", "none yet: funnelmart run"))
    else:
        when = "" if run.started_at is None else f" {ago(now - run.started_at)}"
        took = "" if run.seconds is None else f", took {run.seconds:.0f} s"
        ended = "[green]nothing new[/]" if run.nothing_new else _ENDED.get(run.status, run.status)
        lines.append(("last run", f"{ended}{when}{took}, job {run.job}, started by {run.started_by}"))
    lines += [("next run", _next(health, settings)), ("extracts", escape(health.extracts))]
    return lines


def _next(health: Health, settings: Settings) -> str:
    plan = health.automation
    sensor = "; the sensor watches the extracts" if plan.sensor_is_on and plan.daemon_is_alive else ""
    if plan.next_at is not None:
        return f"{plan.next_at.astimezone(ZoneInfo(settings.reporting.timezone)):%Y-%m-%d %H:%M %Z}{sensor}"
    if plan.schedule_is_on or plan.sensor_is_on:
        return (
            "[yellow]automation is on, but no Dagster runs that could start it[/]: funnelmart ui"
            if not sensor
            else (f"when asked{sensor}")
        )
    return f"when asked; schedule ({plan.schedule}) and sensor are off: switch them on in funnelmart ui"


def _mart(health: Health) -> list[Line]:
    run = health.published
    if run is None:
        return [("mart", "[yellow]nothing is published yet[/]: funnelmart run")]
    failed = health.failed_checks
    worst = next((severity for severity in _SEVERITIES if any(c["severity"] == severity for c in failed)), None)
    passed = f"{health.checks - len(failed) - health.nothing_to_check} of {health.checks} passed"
    passed += f", {health.nothing_to_check} had nothing to check" if health.nothing_to_check else ""
    lines = [
        ("mart", f"built {run['finished_at']:%Y-%m-%d %H:%M} UTC, {health.age}; figures up to {run['today']}"),
        ("checks", f"[{_SEVERITIES[worst] if worst else 'green'}]{passed}[/]"),
    ]
    lines += [
        ("", f"[{_SEVERITIES[check['severity']]}]{check['severity']}[/] {check['check']}: {escape(check['message'])}")
        for check in failed
    ]
    lines += [
        ("accepted", f"[red]published in spite of {check['check']}[/]: {escape(check['accepted_because'])}")
        for check in failed
        if check["accepted_because"]
    ]
    why = ", ".join(f"{row['refused']} {row['reason']}" for row in health.refused_why)
    lines.append(("quarantine", f"{counted(health.refused_rows, 'row')}{': ' if why else ''}{escape(why)}"))
    if health.links:
        lines += [(name, escape(text)) for name, text in health.links.lines()]
    if health.unmatched:
        lines += [(name, escape(text)) for name, text in health.unmatched.lines(run["reporting_currency"])]
    return lines


def _sources(health: Health, now: dt.datetime) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("source", "tables", "files", "newest data", "last read", "rows in", "kept", "refused"):
        left = name in ("source", "newest data", "last read")
        table.add_column(name, justify="left" if left else "right", no_wrap=True)
    for row in health.sources:
        read = row["newest_extract_at"]
        table.add_row(
            escape(row["source"]),
            str(row["tables"]),
            str(row["files"]),
            str(row["newest_data_date"] or "–"),
            "–" if read is None else ago(now - read.replace(tzinfo=dt.UTC)),
            *(f"{row[name]:,}" for name in ("rows_in", "rows_kept")),
            f"[yellow]{row['rows_refused']:,}[/]" if row["rows_refused"] else "0",
        )
    return table
