"""`funnelmart diff`: what differs between two published marts."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer

from orchestration.cli.app import AsJson, Workspace, command
from orchestration.cli.diff_shown import diff_document, diff_lines
from orchestration.cli.terminal import console, print_json
from orchestration.errors import CannotCompareError, FunnelmartError, UnusableFileError
from orchestration.temporary import reading_config
from orchestration.views.diff import Tolerance, compare_marts, settings_for, two_marts

Mart = "a file, a workspace's folder, or (a part of) the name of a kept mart"


@command
def diff(
    old: Annotated[str | None, typer.Argument(help=f"{Mart}; else the mart before the published one.")] = None,
    new: Annotated[str | None, typer.Argument(help=f"{Mart}; else the published one.")] = None,
    workspace: Workspace = None,
    tolerance: Annotated[
        str | None, typer.Option(metavar="N|N%", help="Numbers this near are the same: 0.01, or 0.1% of the larger.")
    ] = None,
    limit: Annotated[int, typer.Option(min=0, help="Moved figures and examples shown of each table.")] = 10,
    as_json: AsJson = False,
) -> None:
    """Compare two published marts: tables, rows, and the KPIs that moved, the largest first.

    Ends with 0 where both are equal, 1 where they differ, 2 where they could not be compared.

    [bold]Examples[/]

    funnelmart diff

    funnelmart diff 20250630T0612 --tolerance 0.01

    funnelmart diff before.duckdb ~/acme/published/funnelmart.duckdb --json
    """
    allowed = Tolerance.read(tolerance) if tolerance is not None else None
    with _failing_as_not_compared():
        marts = two_marts(workspace, old, new)
        with reading_config(settings_for(workspace, marts[1])) as config:
            found = compare_marts(*marts, allowed, limit, config)
    if as_json:
        print_json(diff_document(found))
    else:
        for line in diff_lines(found):
            console().print(line, markup=False)
    if found.different:
        raise typer.Exit(1)


@contextmanager
def _failing_as_not_compared() -> Iterator[None]:
    """Whatever goes wrong within, 1 would say that the marts differ; the next step stays that of the error."""
    try:
        yield
    except FunnelmartError as error:
        error.exit_code = CannotCompareError.exit_code
        raise
    except OSError as error:
        said = UnusableFileError.of(error) or CannotCompareError(f"the marts could not be compared: {error}")
        said.exit_code = CannotCompareError.exit_code
        raise said from error
