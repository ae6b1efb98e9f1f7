"""What a run leaves for people: the note of how it went and where its time went, and what is printed at its end."""

import dataclasses
import datetime as dt
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
from rich.markup import escape
from rich.text import Text

from orchestration.cli.status import places
from orchestration.cli.summary import kpi_document, kpi_table, reach_line
from orchestration.cli.terminal import console, print_json
from orchestration.counted import counted
from orchestration.errors import FunnelmartError
from orchestration.settings import Settings
from orchestration.settings.noted import note
from orchestration.views.health import Health, look
from orchestration.views.kpi_summary import HEADLINES, KpiSummary, summarise
from orchestration.views.reader import open_published

_NOTHING_NEW = (
    "[green]nothing new[/]  extracts, settings, code and day are those of the published mart; --force builds it again"
)


def note_run(settings: Settings, run_id: str, status: str, exit_code: int, seconds: dict[str, float]) -> list[str]:
    """Note how the run went; returns why that could not be: it makes no failure of a mart that is published."""
    said = {
        "run_id": run_id,
        "status": status,
        "exit_code": exit_code,
        "finished_at": dt.datetime.now(dt.UTC).isoformat(),
        "steps": {name: value for name, value in seconds.items() if name != "total"},
        "total": seconds["total"],
    }
    try:
        note(settings.state_path / "last_run.json", json.dumps(said, indent=2))
    except OSError as error:
        return [f"how the run went is not noted: {error}"]
    return []


def tell_run(
    settings: Settings,
    run_id: str,
    seconds: dict[str, float],
    as_json: bool,
    published_by: str | None = None,
    warnings: Sequence[str] = (),
) -> None:
    """Headlines of this month and last, what was refused or warned about, and where everything lies.

    `published_by` is the run that built what is published, where this one had nothing to do.
    """
    done: dict[str, Any] = {"run_id": run_id, "status": "nothing_new" if published_by else "published"}
    done |= {"published_by": published_by} if published_by else {}
    if published_by and not as_json:
        console().print(_NOTHING_NEW)
    try:
        with open_published(settings) as mart:
            summary = summarise(mart, only=HEADLINES, locale=settings.reporting.locale)
        health = look(settings, dt.datetime.now(dt.UTC))
    except (FunnelmartError, OSError, duckdb.Error) as error:  # what is published stays so, whatever can be said of it
        unseen = [*warnings, f"the mart is published; what it holds can't be shown: {error}"]
        if as_json:
            print_json({**done, "warnings": unseen, "steps": seconds})
        else:
            _print_warnings(unseen)
        return
    there = {name: place for name, place in places(settings).items() if place.exists()}
    if as_json:
        print_json({**done, **_document(summary, health, there, warnings), "steps": seconds})
    else:
        _print(summary, health, there)
        _print_warnings(warnings)


def _document(
    summary: KpiSummary, health: Health, there: Mapping[str, Path], warnings: Sequence[str]
) -> dict[str, Any]:
    return {
        **({"warnings": list(warnings)} if warnings else {}),
        "kpis": kpi_document(summary),
        "checks": {
            "all": health.checks,
            "nothing_to_check": health.nothing_to_check,
            "failed": health.failed_checks,
        },
        "quarantine": health.refused_rows,
        "links": dataclasses.asdict(health.links) if health.links else None,
        "paths": there,
    }


def _print(summary: KpiSummary, health: Health, there: Mapping[str, Path]) -> None:
    out = console()
    out.print()
    out.print(kpi_table(summary))
    out.print(reach_line(summary))
    out.print()
    unchecked = f", {health.nothing_to_check} with nothing to check" if health.nothing_to_check else ""
    out.print(
        f"{counted(health.checks, 'check')}{unchecked}, {counted(len(health.failed_checks), 'warning')}; "
        f"{counted(health.refused_rows, 'row')} in quarantine"
    )
    for _, text in health.links.lines() if health.links else ():
        out.print(Text(text))
    for check in health.failed_checks:
        out.print(f"  [yellow]{check['severity']}[/] {check['check']}: {escape(check['message'])}")
        if check["accepted_because"]:
            out.print(f"  [red]published in spite of {check['check']}[/]: {escape(check['accepted_because'])}")
    for name, place in there.items():
        out.print(Text(f"{name:9} {place}"))


def _print_warnings(warnings: Sequence[str]) -> None:
    for warning in warnings:
        console().print(Text(f"warning: {warning}", style="yellow"))
