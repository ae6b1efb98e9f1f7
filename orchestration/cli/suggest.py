"""`funnelmart suggest`: lines for funnelmart.yml about what the published mart could not place, with their evidence."""

import shlex
import sys
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.markup import escape
from rich.text import Text

from orchestration.cli.app import AsJson, Workspace, command
from orchestration.cli.terminal import console, print_json
from orchestration.counted import counted
from orchestration.errors import SettingsError
from orchestration.settings import load_settings, workspace_path

if TYPE_CHECKING:
    from orchestration.views.suggestions.suggestion import Change, Suggestion

_KINDS = {
    "stage": "stage without a meaning",
    "channel": "origin without a channel",
    "campaign": "campaign unmatched",
    "value": "spelt otherwise",
    "link": "deals without a lead",
    "contacts": "contacts of several people",
}
_ONE = {"leads": "lead", "deals": "deal", "touches": "touch"}  # of the others there are rows
_SKIP = "no"
_SHOWN = 25


@command
def suggest(
    workspace: Workspace = None,
    write: Annotated[
        bool, typer.Option("--write", help="Write every line that the data tells, without asking.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Say what the published mart could not place, and the lines for funnelmart.yml that would place it.

    Looks at stages, channels, campaigns, spellings of values, deals without leads and contacts of several people, and
    shows the records and the money that hang on each. On a terminal it asks about one after the other; a line whose
    meaning nothing tells is shown only. The next run builds with what was written.

    [bold]Examples[/]

    funnelmart suggest -w ~/acme

    funnelmart suggest --write -w ~/acme && funnelmart run -w ~/acme

    funnelmart suggest --json
    """
    from orchestration.add_source.placing import write_changes
    from orchestration.views.reader import open_published, rows
    from orchestration.views.suggestions.found import suggestions

    settings = load_settings(workspace_path(workspace))
    with open_published(settings) as mart:
        found = suggestions(mart, settings)
        currency = rows(mart, "select reporting_currency from _meta.run")[0]["reporting_currency"]
    asked = not (write or as_json) and is_terminal()
    chosen: list[Change] = [one.change for one in found if one.change] if write else []
    if not as_json:
        _show(found, currency)
    if asked:
        chosen = _ask(found)
    if chosen:
        write_changes(settings, chosen)
    if as_json:
        print_json({"suggestions": [_plain(one) for one in found], "currency": currency, "written": len(chosen)})
    elif chosen:
        console().print(
            f"[green]written[/]  {counted(len(chosen), 'line')} into {escape(str(settings.workspace))}/funnelmart.yml"
        )
        console().print(Text(f"\nNext: funnelmart run -w {shlex.quote(str(settings.workspace))}"))


def is_terminal() -> bool:
    """Whether somebody is there to answer."""
    return sys.stdin.isatty()


def _show(found: Sequence["Suggestion"], currency: str) -> None:
    out = console()
    if not found:
        out.print("[green]nothing to suggest[/]  everything has its place")
    for one in found[:_SHOWN]:
        worth = _records(one.of, one.rows)
        alike = f"; like {', '.join(one.similar)}" if one.similar else ""
        money = f"{one.money:,.2f} {currency}"
        out.print(f"[bold]{_KINDS[one.kind]}[/] {escape(repr(one.about))}: {worth}, {money}{escape(alike)}")
        for line in one.change.lines() if one.change else ():
            out.print(f"    {escape(line)}")
    if len(found) > _SHOWN:
        out.print(f"… and {len(found) - _SHOWN} of less money (--json shows all)")


def _records(of: str, count: int) -> str:
    """`1 touch`, `7 rows of ad spend`; the name alone where nothing is counted."""
    name = of.replace("_", " ")
    if not count:
        return name
    return counted(count, _ONE[of], name) if of in _ONE else counted(count, f"row of {name}", f"rows of {name}")


def _ask(found: Sequence["Suggestion"]) -> "list[Change]":
    """What people want written: a line as it is, or the meaning of a stage that nothing tells."""
    from orchestration.views.suggestions.stages import MEANINGS
    from orchestration.views.suggestions.suggestion import Change

    chosen = []
    for one in found:
        if one.change:
            answer = _answer(f"{' '.join(part.strip() for part in one.change.lines())}  (yes, no)", _SKIP)
            chosen += [one.change] if answer.lower() in ("yes", "y", "да", "д") else []
        elif one.kind == "stage":
            answer = _answer(f"What does the stage {one.about!r} mean ({', '.join(MEANINGS)}, no)", _SKIP)
            chosen += [Change(("stages",), entries={one.about: answer})] if answer in MEANINGS else []
    return chosen


def _answer(question: str, default: str) -> str:
    try:
        return str(typer.prompt(question, default=default, err=True)).strip()
    except typer.Abort as error:
        if is_terminal():
            raise
        raise SettingsError(f"{question}: no answer; expected answers or --write") from error


def _plain(one: "Suggestion") -> dict[str, Any]:
    return asdict(one) | {"lines": one.change.lines() if one.change else []}
