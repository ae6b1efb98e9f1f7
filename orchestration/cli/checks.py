"""`funnelmart explain` and `funnelmart accept`: why a check says what it says, and what people decide about it."""

from typing import Annotated, Any

import typer
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from data_checks.history import Past
from data_checks.messages import figure
from orchestration.cli.app import AsJson, Workspace, command
from orchestration.cli.terminal import console, print_json
from orchestration.counted import counted
from orchestration.errors import SettingsError, UsageError
from orchestration.settings import load_settings, workspace_path
from orchestration.views.explained import Explained, explain_check

_MARKS = {"passed": "[green]✔[/]", "failed": "[red]✘[/]", "nothing_to_check": "[dim]–[/]"}
_FROM = {
    "settings": "set in funnelmart.yml",
    "learned": "until a source has a history of its own; then what it teaches",
    "default": "the default; funnelmart.yml may set another under checks",
}
_DATED = 10


@command
def explain(
    check: Annotated[str, typer.Argument(help="Name of a check, as `status` and Data Docs show it.")],
    workspace: Workspace = None,
    as_json: AsJson = False,
) -> None:
    """Explain a check: its rule and limit, what it found last and before, and the failing rows (masked).

    [bold]Examples[/]

    funnelmart explain leads_volume

    funnelmart explain spend_freshness -w ~/acme --json
    """
    explained = explain_check(load_settings(workspace_path(workspace)), check)
    if as_json:
        print_json(explained.as_document())
        return
    _show(explained)


def _show(explained: Explained) -> None:
    out, check, latest = console(), explained.check, explained.latest
    out.print(f"[bold]{check.name}[/]  {check.severity}, suite {explained.suite}, table {check.table}\n")
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    grid.add_row("expects", check.expects)
    grid.add_row("otherwise", check.why or "–")
    if check.threshold is not None:
        grid.add_row("limit", f"{figure(check.threshold, check.unit)}; {_FROM[explained.limit_from]}")
    if latest is None:
        grid.add_row("last", "it did not run yet: funnelmart run")
    else:
        verdict = latest.get("verdict") or ("passed" if latest["success"] else "failed")
        grid.add_row("last", f"{_MARKS[verdict]} {verdict.replace('_', ' ')}: {escape(str(latest['message']))}")
        if latest["threshold"] is not None and latest["threshold"] != check.threshold:
            grid.add_row("", f"held against {figure(latest['threshold'], check.unit)}")
        if latest.get("accepted_because"):
            grid.add_row("accepted", escape(str(latest["accepted_because"])))
    if explained.history:
        grid.add_row("before", "".join(_MARKS[past.verdict] for past in explained.history) + "  newest last")
    out.print(grid)
    for past in explained.history[-_DATED:]:
        out.print(_line(past, check.unit))
    if latest and latest["samples"]:
        out.print(f"\n{len(latest['samples'])} of {counted(latest['unexpected_count'], 'failing row')}, masked:")
        out.print(_rows(latest["samples"]))


def _line(past: Past, unit: str) -> str:
    found = "" if past.observed is None else f"  {figure(past.observed, unit)}"
    limit = "" if past.observed is None or past.threshold is None else f", limit {figure(past.threshold, unit)}"
    accepted = f"  accepted: {escape(past.accepted_because)}" if past.accepted_because else ""
    return f"  {past.checked_at[:16].replace('T', ' ')} UTC  {_MARKS[past.verdict]}{found}{limit}{accepted}"


def _rows(samples: list[dict[str, Any]]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in samples[0]:
        table.add_column(str(name), overflow="fold")
    for sample in samples:
        table.add_row(*(Text("" if value is None else str(value)) for value in sample.values()))
    return table


@command
def accept(
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="Source, or source.table, as `status` names them.")],
    workspace: Workspace = None,
    as_json: AsJson = False,
) -> None:
    """Accept how a source's extracts are made up now: its new, missing and changed columns no longer warn.

    [bold]Examples[/]

    funnelmart accept google_ads

    funnelmart accept sheets.leads -w ~/acme
    """
    settings = load_settings(workspace_path(workspace))
    from orchestration.extracts.land.columns_seen import accept_columns
    from orchestration.extracts.land.layout import bring_up_to_date
    from orchestration.lock import workspace_lock
    from orchestration.warehouse import engine_config, open_warehouse

    name, _, table = source.partition(".")
    with workspace_lock(settings):
        if not settings.warehouse_path.exists():
            raise SettingsError(f"{settings.warehouse_path}: nothing is landed yet; expected a run before")
        with open_warehouse(settings.warehouse_path, config=engine_config(settings, "landing")) as warehouse:
            bring_up_to_date(warehouse)
            warehouse.begin()
            accepted = accept_columns(warehouse, name, table or None)
            if not accepted:
                warehouse.rollback()
                raise UsageError(f"{source}: no extract of it was landed; expected one of {_landed(warehouse)}")
            warehouse.commit()
    tables = [f"{of}.{table}" for of, table in accepted]
    if as_json:
        print_json({"accepted": tables})
    else:
        console().print(Text(f"accepted as they are now: {', '.join(tables)}; the next run's checks know it"))


def _landed(warehouse: Any) -> str:
    found = warehouse.execute("select distinct source || '.' || table_name from landing.file_columns order by 1")
    return ", ".join(name for (name,) in found.fetchall()) or "none"
