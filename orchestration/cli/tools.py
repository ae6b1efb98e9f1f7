"""`funnelmart validate`, `demo`, `docs` and `ui`."""

import json
import os
import secrets
import signal
import sys
from dataclasses import asdict
from typing import Annotated

import typer
from rich.markup import escape
from rich.text import Text

from orchestration.cli.app import AsJson, Workspace, command
from orchestration.cli.terminal import console, print_json
from orchestration.counted import counted
from orchestration.errors import UsageError
from orchestration.settings import demo_path, load_settings, workspace_path
from orchestration.temporary import extracts_unpacked_in


@command
def validate(
    workspace: Workspace = None,
    quick: Annotated[bool, typer.Option("--quick", help="Look at headers only.")] = False,
    as_json: AsJson = False,
) -> None:
    """Check settings, files and columns, and say what a run would refuse, without writing anything.

    Every file is read once, as a run would. Refused rows don't make the settings wrong: exit code 0.

    [bold]Examples[/]

    funnelmart validate -w ~/acme

    funnelmart validate --quick      reads no file beyond its header
    """
    settings = load_settings(workspace_path(workspace))
    from orchestration.add_source.foreseen import foreseen  # here: no other command waits for these imports
    from orchestration.cli.validation import check_workspace
    from orchestration.extracts.sources import load_sources

    with extracts_unpacked_in(settings):
        check_workspace(settings)
        refused = [] if quick else list(foreseen(settings, load_sources()))
    sources = [*sorted(settings.sources), *(f"sheets: {sheet.entity}" for sheet in settings.sheets)]
    if as_json:
        found = None if quick else [asdict(one) for one in refused]
        print_json({"valid": True, "workspace": settings.workspace, "sources": sources, "would_refuse": found})
        return
    out = console()
    out.print(f"[green]valid[/]  {escape(str(settings.workspace))}: {', '.join(sources) or 'no sources yet'}")
    for one in refused:
        share = (
            f"{one.refused} of {counted(one.rows, 'row')}" if one.problem is None else f"the whole file: {one.problem}"
        )
        out.print(f"[yellow]a run would refuse[/]  {one.source}.{one.table} from {escape(one.file)}: {escape(share)}")
        for reason, count in sorted(one.reasons.items(), key=lambda item: -item[1])[:5]:
            out.print(f"    {count} × {escape(reason)}")


@command
def demo(
    workspace: Workspace = None,
    scale: Annotated[float, typer.Option(help="Size; 1 is about 13,000 leads.", envvar="FUNNELMART_DEMO_SCALE")] = 1,
    seed: Annotated[int | None, typer.Option(help="Another made-up company.")] = None,
    as_json: AsJson = False,
) -> None:
    """Write the extracts of a made-up company: the same files every time.

    [bold]Examples[/]

    funnelmart demo && funnelmart run -w demo

    funnelmart demo -w /tmp/large --scale 20
    """
    from demo.generate import generate

    try:
        report = generate(demo_path(workspace), scale, seed)
    except ValueError as error:
        raise UsageError(str(error)) from error
    if as_json:
        print_json(
            {"extracts": report.extracts, "written": report.written, "files": report.files, "bytes": report.bytes}
        )
    else:
        done = "written" if report.written else "already there"
        console().print(
            Text(f"{report.extracts}: {counted(report.files, 'file')}, {report.bytes / 1e6:.1f} MB, {done}")
        )


@command
def docs(workspace: Workspace = None, as_json: AsJson = False) -> None:
    """Write the dbt docs as one static file: every model and column, with the lineage.

    [bold]Examples[/]

    funnelmart docs -w ~/acme
    """
    settings = load_settings(workspace_path(workspace))
    from orchestration.defs.report import docs_path, write_dbt_docs
    from orchestration.lock import workspace_lock

    with workspace_lock(settings):
        write_dbt_docs(settings, force=True)
    if as_json:
        print_json({"dbt_docs": docs_path(settings)})
    else:
        console().print(Text(str(docs_path(settings))))


@command
def ui(
    workspace: Workspace = None,
    port: Annotated[int, typer.Option(min=1, max=65_535, help="Port on 127.0.0.1.")] = 3000,
    token: Annotated[
        bool, typer.Option("--token/--no-token", help="Ask for the token of the printed address; not behind a proxy.")
    ] = True,
    origin: Annotated[
        str | None, typer.Option(metavar="URL", help="Address of a proxy of your own, such as https://mart.acme.com.")
    ] = None,
    open_browser: Annotated[bool, typer.Option("--open", help="Open the pages in the browser.")] = False,
    as_json: AsJson = False,
) -> None:
    """Open Dagster on 127.0.0.1 for this workspace: lineage, runs, checks, schedule, sensor, backfill.

    The address, printed once it answers, holds a token: only who has it may use the pages. docs/security.md says how
    to put your own sign-on before them.

    [bold]Examples[/]

    funnelmart ui

    funnelmart ui -w ~/acme --port 3001 --open

    funnelmart ui --no-token --origin https://mart.acme.com
    """
    settings = load_settings(workspace_path(workspace))
    further = _addresses(origin or "")
    from orchestration.cli.validation import check_workspace
    from orchestration.runs.ports import refuse_taken_port

    with extracts_unpacked_in(settings):
        check_workspace(settings)
    refuse_taken_port(port)
    from dagster import DagsterInstance

    from orchestration.defs.tell import bury_between_runs
    from orchestration.runs import guard, reports_server
    from orchestration.runs.dagster_home import CODE, use_dagster_home
    from orchestration.runs.services import ANNOUNCED

    use_dagster_home(settings)
    secret = secrets.token_urlsafe(32) if token else ""
    os.environ |= {guard.TOKEN: secret, guard.COOKIE: f"funnelmart-{port}", guard.ORIGIN: further}
    documents, address = reports_server.start(settings.reports_path, port + 1)
    os.environ["FUNNELMART_REPORTS_URL"] = address
    if documents.stdin:  # stays open in what this process becomes; when that ends, it closes and the server ends too
        os.set_inheritable(documents.stdin.fileno(), True)
    with DagsterInstance.get() as instance:
        bury_between_runs(settings, instance)
    opened = f"http://127.0.0.1:{port}" + (f"/?token={secret}" if secret else "")
    said = {"url": f"http://127.0.0.1:{port}", "token": secret or None, "documents": address}
    document = json.dumps({**said, "workspace": str(settings.workspace), "pid": os.getpid()}, indent=2)
    text = f"{document}\n" if as_json else f"Dagster: {opened}   documents: {address}\n"
    # Said by what this process becomes, once it answers; in a document Dagster's own words have no place.
    told = os.dup(1 if as_json else 2)
    os.set_inheritable(told, True)
    os.environ[ANNOUNCED] = json.dumps({"text": text, "to": told, "open": opened if open_browser else None})
    if as_json:
        os.dup2(2, 1)
    os.chdir(CODE)
    command_line = ["-m", "orchestration.runs.services", str(port)]
    # The process becomes the services, so that Ctrl+C and signals reach them. Dagster answers SIGTERM as it answers
    # SIGINT; a script's background job ignores that one, and would become a server that nothing but SIGKILL ends.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    os.execv(sys.executable, [sys.executable, *command_line])


def _addresses(origin: str) -> str:
    """The addresses that `--origin` names, as browsers name them."""
    from orchestration.runs.addresses import address_of

    try:
        return " ".join(map(address_of, origin.split()))
    except ValueError as error:
        raise UsageError(f"--origin {error}") from error
