"""`funnelmart export conversions`: files for ad platforms."""

import datetime as dt
import os
from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.text import Text

from orchestration.cli.app import AsJson, Workspace, command
from orchestration.cli.terminal import console, print_json
from orchestration.counted import counted
from orchestration.errors import UsageError
from orchestration.settings import load_settings, workspace_path
from orchestration.views.conversions import SUFFIXES, Platform, conversions, document, google_contacts
from orchestration.views.reader import open_published

# Google and Meta take no click that is older.
DAYS = 90


@command
def export(
    what: Annotated[Literal["conversions"], typer.Argument(help="What to export: conversions.")],
    platform: Annotated[Platform, typer.Option(help="google, meta, yandex or microsoft.")],
    workspace: Workspace = None,
    since: Annotated[str | None, typer.Option(help="First day of closing; default: 90 days ago.")] = None,
    name: Annotated[str, typer.Option(help="The conversion's (Yandex: goal's) name at the platform.")] = "Purchase",
    output: Annotated[Path | None, typer.Option(help="File; default: exports/ of the workspace.")] = None,
    as_json: AsJson = False,
) -> None:
    """Write won deals with their click ids in the upload format of an ad platform; nothing is sent.

    [bold]Examples[/]

    funnelmart export conversions --platform google --name "Won deal"

    funnelmart export conversions --platform yandex --name won --since 2025-06-01 -w ~/acme
    """
    settings = load_settings(workspace_path(workspace))
    first = _day(since) if since else settings.today(dt.datetime.now(dt.UTC)) - dt.timedelta(days=DAYS)
    with open_published(settings) as mart:
        found, without = conversions(mart, settings, platform, first)
    path = output or settings.workspace / "exports" / f"conversions_{platform}.{SUFFIXES[platform]}"
    _write(path, document(platform, found, name, settings))
    clicks = sum(conversion.click_id is not None for conversion in found)
    by_contact = google_contacts(found, name, settings) if platform == "google" else None
    beside = path.with_name(f"{path.stem}_contacts{path.suffix}")
    if by_contact:
        _write(beside, by_contact)
    if as_json:
        said = {what: len(found), "by_contact": len(found) - clicks, "without_click": without, "since": first}
        files = {"file": path} | ({"contacts_file": beside} if by_contact else {})
        print_json(said | {"platform": platform} | files)
        return
    console().print(
        Text(f"{path}: {counted(clicks, 'won deal')} since {first} with a click of {platform}, {without} without")
    )
    if len(found) > clicks:
        console().print(Text(f"{beside if by_contact else path}: {len(found) - clicks} by hashed contact"))


def _write(path: Path, text: str) -> None:
    """Put the file into its place whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    aside.write_text(text, encoding="utf-8")
    aside.replace(path)


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"--since {text}: expected a day such as 2025-06-01") from error
