"""`funnelmart sql`: questions to the published mart, one or a shell."""

import sys
from typing import Annotated

import typer

from orchestration.cli.app import AsJson, Workspace, command, refuse_together
from orchestration.cli.sql_shell import shell
from orchestration.cli.sql_shown import as_csv, as_json_rows, show_answer
from orchestration.errors import UsageError
from orchestration.settings import load_settings, workspace_path
from orchestration.views.asked import ask, ask_in_parts, open_to_questions

SHOWN = 1000
LONGEST = 86_400
MOST = 1_000_000_000


@command
def sql(
    query: Annotated[str | None, typer.Argument(metavar="QUERY", help="One question; without it a shell.")] = None,
    workspace: Workspace = None,
    limit: Annotated[
        int | None, typer.Option(min=1, max=MOST, help=f"Rows at most; else {SHOWN} on a terminal, all as JSON or CSV.")
    ] = None,
    timeout: Annotated[float, typer.Option(min=0.1, help="Seconds after which a question is stopped.")] = 60,
    csv: Annotated[bool, typer.Option("--csv", help="Print CSV with a header.")] = False,
    as_json: AsJson = False,
) -> None:
    """Ask the published mart in SQL; nothing is written, and no other file is reached.

    Tables need no schema (`kpi_total`), those of the run theirs (`_meta.checks`). Without a question a shell begins,
    or what is piped in is the question.

    [bold]Examples[/]

    funnelmart sql "select period_start, leads, revenue from kpi_total where grain = 'month' order by 1"

    funnelmart sql --csv "from kpi_month_by_channel" -w ~/acme > channels.csv

    funnelmart sql
    """
    refuse_together({"--json": as_json, "--csv": csv})
    if not timeout <= LONGEST:  # also what is no number, which is neither more nor less
        raise UsageError(f"--timeout {timeout:g}: expected seconds, at most {LONGEST} (a day)")
    settings = load_settings(workspace_path(workspace))
    most = limit or (None if as_json or csv else SHOWN)
    with open_to_questions(settings) as mart:
        if query is None and sys.stdin.isatty():
            shell(mart, most or SHOWN, timeout)
            return
        question = query if query is not None else sys.stdin.read()
        if csv:
            as_csv(ask_in_parts(mart, question, most, timeout))
            return
        answer = ask(mart, question, most, timeout)
    if as_json:
        as_json_rows(answer)
    else:
        show_answer(answer)
