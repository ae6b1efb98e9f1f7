"""`funnelmart forget` and `funnelmart key`: people who must not be known any more, and the key of their hashes."""

import os
from typing import Annotated

import typer
from rich.text import Text

from orchestration.cli.app import AsJson, Workspace, command
from orchestration.cli.run import run
from orchestration.cli.terminal import console, print_json
from orchestration.counted import counted
from orchestration.errors import FunnelmartError, UsageError
from orchestration.extracts.land.forget_person import Erased, forget_person
from orchestration.extracts.land.rotate import rotate
from orchestration.extracts.sources import load_sources
from orchestration.lock import workspace_lock
from orchestration.publish.erase import erase_published
from orchestration.settings import Settings, key_fingerprint, load_settings, workspace_path
from orchestration.settings.forgotten import read_forgotten, write_forgotten
from orchestration.settings.person_key import NEXT_VARIABLE, VARIABLE, begin_rotation, end_rotation
from orchestration.temporary import empty_temporary
from orchestration.transform.rebuilding import pack_warehouse
from orchestration.warehouse import check_space, engine_config, open_warehouse

NoRun = Annotated[bool, typer.Option("--no-run", help="Build and publish with a later run.")]


@command
def forget(
    who: Annotated[str, typer.Argument(metavar="EMAIL|PHONE|ID", help="Of the person; a telephone with its country.")],
    workspace: Workspace = None,
    no_run: NoRun = False,
    as_json: AsJson = False,
) -> None:
    """Erase a person from raw, archive, quarantine, history and Parquet; then build, check and publish again.

    Their rows stay, with pseudonyms, so that no figure changes. Later extracts that name the person are erased as they
    land. Files that still lie among the extracts are named: they are yours to delete.

    [bold]Examples[/]

    funnelmart forget ann@example.com

    funnelmart forget "+49 170 1234567" -w ~/acme
    """
    settings = load_settings(workspace_path(workspace))
    _ready(settings)
    with workspace_lock(settings), empty_temporary(settings):
        with open_warehouse(settings.warehouse_path, config=engine_config(settings, "landing")) as connection:
            result = forget_person(connection, settings, load_sources(), who)
        pack_warehouse(settings)
        marts = erase_published(settings, result.eraser)
    still = _still_there(settings, result)
    if no_run and as_json:
        print_json(
            {
                "rows": result.rows,
                "copies": result.copies,
                "copies_removed": result.removed,
                "marts": marts,
                "extracts_that_name_them": still,
            }
        )
    if not as_json:
        _show(result, [str(path) for path in marts], still)
    if not no_run:
        run(workspace=settings.workspace, job="funnelmart", force=True, full=True, verbose=False, as_json=as_json)


@command
def key(
    action: Annotated[str, typer.Argument(metavar="rotate", help="Replace the key and make all hashes anew.")],
    workspace: Workspace = None,
    no_run: NoRun = False,
    as_json: AsJson = False,
) -> None:
    """Replace the key of people: every hash is made anew; then build, check and publish again.

    Where the key comes from the environment (FUNNELMART_PERSON_KEY), the new one is expected in
    FUNNELMART_NEXT_PERSON_KEY. Marts that were published before keep the hashes of before.

    [bold]Examples[/]

    funnelmart key rotate

    funnelmart key rotate -w ~/acme
    """
    if action != "rotate":
        raise UsageError(f"key {action!r}: unknown; expected rotate")
    settings = load_settings(workspace_path(workspace))
    _ready(settings)
    with workspace_lock(settings), empty_temporary(settings):
        old, new = begin_rotation(settings)
        forgotten = read_forgotten(settings)
        if key_fingerprint(old) in forgotten.hashes and old != new:
            forgotten.former_keys[key_fingerprint(old)] = old.decode()
            write_forgotten(settings, forgotten)
        with open_warehouse(settings.warehouse_path, config=engine_config(settings, "landing")) as connection:
            rows = rotate(connection, settings, load_sources(), old, new)
        pack_warehouse(settings)
        end_rotation(settings, new)
    by_environment = VARIABLE in os.environ
    if no_run and as_json:
        print_json({"rows": rows})
    if not as_json:
        console().print(Text(f"{rows:,} hashes are made anew; the key of before is needed no more"))
        if by_environment:
            console().print(Text(f"Now let {VARIABLE} be what {NEXT_VARIABLE} is, and run: funnelmart run --full"))
    if not (no_run or by_environment):
        run(workspace=settings.workspace, job="funnelmart", force=True, full=True, verbose=False, as_json=as_json)


def _ready(settings: Settings) -> None:
    if not settings.warehouse_path.exists():
        raise FunnelmartError(f"{settings.warehouse_path}: no such file; expected what a `funnelmart run` makes")
    check_space(settings)


def _still_there(settings: Settings, result: Erased) -> list[str]:
    """Extracts that named the person and still lie where they were."""
    folders = [settings.workspace, *(settings.workspace / source.path for source in settings.sources.values())]
    return sorted(
        str(path)
        for file in result.files
        for path in {folder / file.partition(".zip/")[0] for folder in folders}
        for path in ([path] if path.is_file() else [path.with_name(path.name + ".zip")])
        if path.is_file()
    )


def _show(result: Erased, marts: list[str], still: list[str]) -> None:
    out = console()
    for table, rows in sorted(result.rows.items()):
        out.print(Text(f"{table}: {counted(rows, 'row')}"))
    if not result.rows:
        out.print("no row names this person; later extracts are watched all the same")
    out.print(Text(f"archive: {counted(result.copies, 'copy', 'copies')} written again, {len(result.removed)} removed"))
    for line in result.removed:
        out.print(Text(f"removed from the archive: {line}", style="yellow"))
    for mart in marts:
        out.print(Text(f"written again: {mart}"))
    for file in still:
        out.print(Text(f"still names this person, delete it or blank it: {file}", style="yellow"))
