"""`funnelmart init`: a workspace for a new company, by a few questions or by flags."""

import shlex
import sys
from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.markup import escape
from rich.text import Text

from orchestration.cli.app import AsJson, Workspace, command, refuse_together
from orchestration.cli.terminal import console, print_json
from orchestration.errors import SettingsError, UsageError
from orchestration.settings import workspace_path


@command
def init(
    directory: Annotated[Path | None, typer.Argument(metavar="DIR", help="The new workspace; else that of -w.")] = None,
    workspace: Workspace = None,
    company: Annotated[str | None, typer.Option(help="Name of the company; else the folder's.")] = None,
    currency: Annotated[str | None, typer.Option(help="ISO code of the reporting currency, such as EUR.")] = None,
    timezone: Annotated[str | None, typer.Option(help="IANA name of its zone, such as Europe/Berlin.")] = None,
    locale: Annotated[Literal["en", "ru"] | None, typer.Option(help="Language of report and findings.")] = None,
    source: Annotated[list[str] | None, typer.Option(help="A connector whose tables lie there; repeatable.")] = None,
    example: Annotated[bool, typer.Option("--example", help="Add small extracts of a made-up company.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Ask nothing: flags, else defaults.")] = False,
    as_json: AsJson = False,
) -> None:
    """Make a workspace: commented settings that validate, a folder for extracts, a .gitignore.

    [bold]Examples[/]

    funnelmart init ~/acme

    funnelmart init ~/acme --example

    funnelmart init ~/acme --yes --company Acme --currency USD --timezone America/New_York --source hubspot
    """
    refuse_together({"DIR": directory is not None, "-w": workspace is not None})
    if directory is None and workspace is None:
        raise UsageError("no folder is named; expected `funnelmart init DIR`")
    folder = workspace_path(directory or workspace)
    from orchestration.new_workspace import Answers, known_sources, make

    if (folder / "funnelmart.yml").exists():
        make(folder, Answers(company=""))  # refuses before anything is asked
    asked = not (yes or as_json)

    def answer(given: str | None, question: str, default: str) -> str:
        return given if given is not None else _ask(question, default) if asked else default

    question = f"Connectors, by comma ({', '.join(known_sources())}); none for plain files"
    answers = Answers(
        company=answer(company, "Company", folder.name.replace("_", " ").title()),
        currency=answer(currency, "Currency of the report", "EUR"),
        timezone=answer(timezone, "Time zone of the report", "Europe/Berlin"),
        locale=answer(locale, "Language of the report (en, ru)", "en"),
        sources=tuple(source if source is not None else _names(answer(None, question, "none"))),
        example=example,
    )
    written = make(folder, answers)
    if as_json:
        print_json({"workspace": folder, "written": written})
        return
    out = console()
    for path in written:
        out.print(f"[green]written[/]  {escape(str(path))}")
    there, extracts = shlex.quote(str(folder)), shlex.quote(str(folder / "extracts"))
    steps = [
        f"funnelmart validate -w {there}",
        f"funnelmart run -w {there}",
    ]
    if not example:
        look = f"funnelmart add-source {extracts} -w {there}   (what each file holds)"
        steps = [f"put what your systems export into {folder / 'extracts'}", look, *steps]
    out.print("\nNext:")
    for number, step in enumerate(steps, 1):
        out.print(Text(f"  {number}. {step}"))


def _ask(question: str, default: str) -> str:
    """Ask on standard error, so that standard output stays the result."""
    try:
        return str(typer.prompt(question, default=default, err=True))
    except typer.Abort as error:
        if sys.stdin.isatty():
            raise
        raise SettingsError(
            f"{question}: no answer, since nobody is at the terminal; expected flags or --yes"
        ) from error


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip() and name.strip() != "none"]
