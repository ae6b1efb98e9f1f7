"""`funnelmart add-source`: what is in a file, shown, asked about, proved and written into the settings."""

from typing import Annotated

import typer

from orchestration.cli.add_source_asked import ask, ask_suggested, confirmed
from orchestration.cli.add_source_shown import added_document, show_added, show_plan
from orchestration.cli.app import AsJson, Workspace, command
from orchestration.errors import ExtractError, UnknownFileError
from orchestration.settings import load_settings, workspace_path
from orchestration.temporary import extracts_unpacked_in


@command
def add_source(
    files: Annotated[list[str], typer.Argument(metavar="FILE…", help="Files, URLs, or a folder of files.")],
    workspace: Workspace = None,
    entity: Annotated[str | None, typer.Option(help="What each row is, such as leads; else guessed.")] = None,
    name: Annotated[str | None, typer.Option(help="The system the rows come from, such as zoho.")] = None,
    dbt: Annotated[bool, typer.Option("--dbt", help="Write staging models of a source, called --name.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Ask nothing: write what is guessed.")] = False,
    accept_doubts: Annotated[
        bool, typer.Option("--accept-doubts", help="With --yes, write also what the files don't prove.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Look at files, guess what they hold, and add them to funnelmart.yml.

    Format, entity and columns are guessed from headers and values. Before anything is written, the files are read once
    with the new settings, as a run would. What the files don't prove is shown with !; where it changes figures, --yes
    writes nothing and ends with exit code 2, unless --accept-doubts.

    [bold]Examples[/]

    funnelmart add-source ~/acme/extracts/leads.csv -w ~/acme

    funnelmart add-source ~/acme/extracts --yes -w ~/acme      every file of a folder

    funnelmart add-source costs.xlsx --entity marketing_costs --yes

    funnelmart add-source extracts/helpdesk --name helpdesk --dbt      models of your own to go on with
    """
    from orchestration.add_source.add import Addition, add, write
    from orchestration.add_source.add_folder import add_folder, write_folder
    from orchestration.add_source.doubted import stop_at_doubts
    from orchestration.add_source.plan import check_usable, plan
    from orchestration.add_source.suggested import suggestions
    from orchestration.extracts.limits import limited_by
    from orchestration.extracts.sources import SHEETS, load_sources

    folder = workspace_path(workspace)
    settings, sources = load_settings(folder), load_sources()
    asked = not (yes or as_json or accept_doubts)
    with limited_by(settings), extracts_unpacked_in(settings):
        made = plan(settings, files, sources, entity, name, lenient=asked)
    if asked:
        ask(made, sources[SHEETS].tables, name)
    elif not as_json:
        show_plan(made)
    check_usable(files, made)
    addition, models = Addition(""), dict[str, str]()
    if not made.is_empty:
        try:
            with extracts_unpacked_in(settings):
                if dbt:
                    addition, models = add_folder(settings, name, made.proposals, sources)
                else:
                    answers = ask_suggested(suggestions(settings, made.proposals)) if asked else None
                    addition = add(settings, made.proposals, made.connectors, sources[SHEETS].tables, answers)
        except ExtractError as error:
            raise UnknownFileError(str(error)) from error
        if asked and not confirmed(made, addition):
            return
        if not (asked or accept_doubts):
            stop_at_doubts(addition)
        if dbt and name:
            made.folder = write_folder(settings, name, models, addition)
        else:
            write(settings, addition)
    if as_json:
        added_document(folder, made, addition)
    else:
        show_added(folder, made, addition)
