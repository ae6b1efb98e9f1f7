"""`funnelmart kpis`: what the published mart says."""

from collections.abc import Iterable
from typing import Annotated, Literal

import typer

from orchestration.cli import kpi_tables, outlook_tables
from orchestration.cli.app import AsJson, Workspace, command, refuse_together
from orchestration.cli.summary import kpi_document, kpi_table, reach_line
from orchestration.cli.terminal import console, print_json
from orchestration.errors import UsageError
from orchestration.settings import Settings, load_settings, workspace_path
from orchestration.views import kpi_views, outlook
from orchestration.views.kpi_summary import Grain, opening_period, summarise
from orchestration.views.kpi_views import Bridged, Dimension, read_period
from orchestration.views.reader import open_published

NOTHING = {"en": "nothing to show for this period", "ru": "за этот период показать нечего"}
NO_GOALS = {
    "en": "no goals yet: list them in a sheet of targets (docs/goals.md)",
    "ru": "целей пока нет: перечислите их в таблице targets (docs/goals.md)",
}
NOTHING_FOUND = {"en": "the rules found nothing to act on", "ru": "правила не нашли ничего, что требует действий"}
NONE_YET = {"en": "nothing to show yet", "ru": "показывать пока нечего"}
TOLD = {
    "en": "; there is something from {0} to {1}, such as --period {1}",
    "ru": "; есть за {0} – {1}, например --period {1}",
}


@command
def kpis(
    workspace: Workspace = None,
    grain: Annotated[
        Grain | None, typer.Option(help="Length of the periods compared; else that of --period, else month.")
    ] = None,
    period: Annotated[
        str | None, typer.Option(help="2025, 2025-Q2, 2025-05 or 2025-05-12; else the newest whole one worth showing.")
    ] = None,
    by: Annotated[Dimension | None, typer.Option(help="One row for each member of a dimension.")] = None,
    why: Annotated[Bridged | None, typer.Option(help="What changed this KPI, factor by factor.")] = None,
    goals: Annotated[bool, typer.Option("--goals", help="Goals: pace, projection, SMART.")] = False,
    findings: Annotated[bool, typer.Option("--findings", help="What marketing and sales should look at.")] = False,
    forecast: Annotated[bool, typer.Option("--forecast", help="Months to the end of the year; its record.")] = False,
    budget: Annotated[bool, typer.Option("--budget", help="What a tenth of each channel's budget brings.")] = False,
    paths: Annotated[bool, typer.Option("--paths", help="Paths of channels to a deal.")] = False,
    locale: Annotated[Literal["en", "ru"] | None, typer.Option(help="Language; else the workspace's.")] = None,
    as_json: AsJson = False,
) -> None:
    """Show every KPI of a period, the one before, and the change; or members, reasons, goals, what comes next.

    [bold]Examples[/]

    funnelmart kpis --period 2025-Q1

    funnelmart kpis --by channel --period 2025-05

    funnelmart kpis --why revenue --grain quarter

    funnelmart kpis --findings --locale ru

    funnelmart kpis --forecast
    """
    next_ones = {"--forecast": forecast, "--budget": budget, "--paths": paths}
    refuse_together({"--by": bool(by), "--why": bool(why), "--goals": goals, "--findings": findings, **next_ones})
    for name, wanted in next_ones.items():
        refuse_together({name: wanted, "--period": bool(period), "--grain": bool(grain)} if wanted else {})
    refuse_together({"--goals": goals, "--period": bool(period), "--grain": bool(grain)} if goals else {})
    refuse_together({"--findings": findings, "--grain": bool(grain)})
    chosen = read_period(period) if period else None
    if chosen and grain not in (None, chosen[0]):
        raise UsageError(f"--period {period} is a {chosen[0]}, --grain says {grain}; expected one of them")
    settings = load_settings(workspace_path(workspace))
    grain, start = chosen if chosen else (grain or "month", None)
    language = locale or settings.reporting.locale
    if forecast or budget or paths:
        _outlook(settings, "forecast" if forecast else "budget" if budget else "paths", language, as_json)
        return
    with open_published(settings) as mart:
        if not (by or why or goals or findings):
            summary = summarise(mart, grain, locale=language, start=start)
            if as_json:
                print_json(kpi_document(summary))
            elif summary.current_start is None:
                console().print(_nothing(kpi_views.told_periods(mart, grain), language), soft_wrap=True)
            else:
                console().print(kpi_table(summary, language))
                console().print("\n" + reach_line(summary, language))
            return
        first_day = start or opening_period(mart, grain)
        if by:
            rows = kpi_views.by_member(mart, by, grain, first_day)
        elif why:
            rows = kpi_views.why(mart, why, grain, first_day)
        elif goals:
            rows = kpi_views.goals(mart)
        else:
            rows = kpi_views.findings(mart, language, start, kpi_views.last_day(grain, start) if start else None)
        catalogue, currency = kpi_views.kpis(mart), kpi_views.currency(mart)
        told = kpi_views.told_periods(mart, grain, why) if by or why else None
    if as_json:
        print_json(rows)
        return
    out, width = console(), console().width
    if not rows:
        said = (
            NO_GOALS[language]
            if goals
            else NOTHING_FOUND[language]
            if findings and not start
            else _nothing(told, language)
        )
        out.print(said, soft_wrap=True)
    elif by:
        out.print(kpi_tables.members_table(rows, catalogue, language, width))
    elif why:
        words, kpi = kpi_tables.load_words(language), next(entry for entry in catalogue if entry["kpi"] == why)
        out.print(kpi_tables.bridge_table(rows, grain, kpi, language, words, width))
        out.print(
            "\n" + kpi_tables.wrapped(kpi_tables.levers_line(rows, kpi["unit"], currency, language, words), width)
        )
    elif goals:
        words = kpi_tables.load_words(language)
        out.print(kpi_tables.goals_table(rows, language, words, width))
        for note in kpi_tables.goal_notes(rows, currency, language, words):
            out.print("\n" + kpi_tables.wrapped(note, width), markup=False)
    else:
        words = kpi_tables.load_words(language)
        for row in rows:
            heading, text = kpi_tables.finding_lines(row, words, width)
            out.print(heading, style="red" if row["severity"] == "critical" else "yellow", markup=False)
            out.print(text, markup=False)


def _nothing(told: tuple[str, str] | None, language: str) -> str:
    """That a period has no figures, and which have."""
    return NOTHING[language] + (TOLD[language].format(*told) if told else "")


def _outlook(settings: Settings, what: Literal["forecast", "budget", "paths"], language: str, as_json: bool) -> None:
    """Print what comes next: the tables of one question, or one JSON document."""
    with open_published(settings) as mart:
        if what == "forecast":
            found = {"forecast": outlook.forecast(mart), "record": outlook.forecast_record(mart)}
        elif what == "budget":
            found = {"response": outlook.budget(mart), "moves": outlook.moves(mart)}
        else:
            found = {"paths": outlook.paths(mart)}
        names = {entry["kpi"]: entry[f"name_{language}"] for entry in kpi_views.kpis(mart)}
    if as_json:
        print_json(found)
        return
    out, first = console(), next(iter(found.values()))
    if not first:
        out.print(NONE_YET[language])
        return
    words = kpi_tables.load_words(language)
    printed: Iterable[outlook_tables.Printed]
    if what == "forecast":
        printed = outlook_tables.forecast_tables(first, found["record"], language, words, out.width)
    elif what == "budget":
        printed = outlook_tables.budget_tables(first, found["moves"], names, language, words, out.width)
    else:
        printed = [outlook_tables.paths_table(first, names, language, words, out.width)]
    for part in printed:
        out.print(kpi_tables.wrapped(part, out.width) if isinstance(part, str) else part, markup=False)
