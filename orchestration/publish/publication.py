"""Publish the mart of a finished build: aside, verified, swapped in; a failure leaves the published file untouched."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb

from data_checks.results import CheckResult, blocking
from data_checks.run import SUITES
from orchestration.errors import ChecksFailedError, PublishError
from orchestration.progress import say
from orchestration.publish.aside import build_aside
from orchestration.publish.files import aside_path, remove_leftovers, swap_in
from orchestration.publish.history import keep_current, leave_former_name, prune, record
from orchestration.publish.parquet import export_aside, swap_parquet
from orchestration.publish.records import PublishedMart, RunInfo, TableDescription
from orchestration.publish.verify import verify
from orchestration.settings import Settings


def publish(
    settings: Settings,
    run: RunInfo,
    checks: Sequence[CheckResult],
    descriptions: Mapping[str, TableDescription] | None = None,
) -> PublishedMart:
    """Replace `published/funnelmart.duckdb` by the marts of the working database; the caller holds the workspace lock.

    A mart under the former name, `published/mart.duckdb`, is what readers read until this has succeeded once.

    Args:
        settings: the workspace.
        run: the run that built the marts.
        checks: every result of every suite of this build; it does not matter who asks for the publication, the
            verdicts are looked at again here.
        descriptions: comments by `schema.table`; those of `_meta.run` and `_meta.checks` are known here.

    Raises:
        ChecksFailedError: a critical check failed.
        PublishError: a suite did not run, or the new mart could not be built or does not read back complete.
    """
    _refuse_unchecked(checks)
    folder = settings.published_path.parent
    folder.mkdir(parents=True, exist_ok=True)
    remove_leftovers(folder)
    aside = aside_path(folder, run.run_id)
    try:
        say(f"publish: building {aside.name} aside")
        rows = build_aside(aside, settings, run, checks, descriptions or {})
        say(f"publish: verifying {sum(rows.values())} rows")
        verify(aside, rows)
        files = export_aside(settings, aside)
    except (PublishError, duckdb.Error) as error:
        remove_leftovers(folder)
        if isinstance(error, PublishError):
            raise
        raise PublishError(f"{settings.warehouse_path}: the mart could not be copied: {error}") from error
    previous = keep_current(settings)
    say(f"publish: putting {aside.name} in place")
    swap_in(aside, settings.publish_path)
    moved_from = leave_former_name(settings)
    if moved_from:
        say(moved(moved_from, settings.publish_path))
    swap_parquet(settings, files)
    prune(settings)
    record(settings, "publish", run_id=run.run_id, replaced=previous.name if previous else None)
    return PublishedMart(settings.publish_path, rows, settings.publish_path.stat().st_size, previous, moved_from)


def moved(former: Path, now: Path) -> str:
    """One sentence for whoever reads a mart that was moved by its first publication under the name of now."""
    return (
        f"The published mart is now {now.name}; {former.name} is gone, kept in history/: point BI connections to {now}"
    )


def _refuse_unchecked(checks: Sequence[CheckResult]) -> None:
    failed = blocking(checks)
    if failed:
        raise ChecksFailedError("critical checks failed: " + "; ".join(f"{c.check}: {c.message}" for c in failed))
    missing = [suite for suite in SUITES if suite not in {check.suite for check in checks}]
    if missing:
        raise PublishError(f"not published: no results of the checks {', '.join(missing)}; expected every suite to run")
