"""Publish the mart of a finished build: aside, verified, swapped in; a failure leaves the published file untouched."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb

from data_checks.results import CheckResult, stopped
from data_checks.run import SUITES
from orchestration.counted import counted
from orchestration.errors import CannotPublishThereError, FullDiskError, PublishError, UnusableFileError
from orchestration.progress import say
from orchestration.publish import calls
from orchestration.publish.aside import build_aside
from orchestration.publish.files import aside_path
from orchestration.publish.history import keep_current, name_of
from orchestration.publish.parquet import export_aside
from orchestration.publish.place import clean_up, planned, put_in_place, recover
from orchestration.publish.records import PublishedMart, RunInfo, TableDescription
from orchestration.publish.remembered import load
from orchestration.publish.verify import verify
from orchestration.settings import Settings


def publish(
    settings: Settings,
    run: RunInfo,
    checks: Sequence[CheckResult],
    descriptions: Mapping[str, TableDescription] | None = None,
) -> PublishedMart:
    """Replace `published/funnelmart.duckdb` by the marts of the working database; the caller holds the workspace lock.

    All that can fail stands before the swap; what fails after it is a warning of the published mart. A mart under the
    former name, `published/mart.duckdb`, is what readers read until this has succeeded once.

    Args:
        settings: the workspace.
        run: the run that built the marts.
        checks: every result of every suite of this build; it does not matter who asks for the publication, the
            verdicts are looked at again here.
        descriptions: comments by `schema.table`; those of `_meta.run` and `_meta.checks` are known here.

    Raises:
        ChecksFailedError: a critical check failed.
        ChecksNotRunError: a critical check could not be evaluated.
        PublishError: a suite did not run, or the new mart can't be built, kept or put in place; nothing has changed.
        CannotPublishThereError: since the system refuses a file, which is named.
    """
    _refuse_unchecked(checks)
    folder = settings.publish_path.parent
    aside = aside_path(folder, run.run_id)
    try:
        calls.make_folder(folder)
        recover(settings)
        say(f"publish: building {aside.name} aside")
        remembered = load(settings)
        rows = build_aside(aside, settings, run, checks, descriptions or {}, remembered)
        say(f"publish: verifying {counted(sum(rows.values()), 'row')}")
        verify(aside, rows)
        name, size = name_of(aside), aside.stat().st_size
        files = export_aside(settings, aside, name)
        previous, moved_from = keep_current(settings), _moved_from(settings)
        prune = planned(settings, previous)
        details = {"run_id": run.run_id, "mart": name, "replaced": previous.name if previous else None}
        say(f"publish: putting {aside.name} in place")
        warnings = put_in_place(settings, aside, settings.publish_path, files, prune, "publish", details, remembered)
    except (PublishError, duckdb.Error, OSError) as error:
        clean_up(settings)
        if isinstance(error, PublishError):
            raise
        said = UnusableFileError.of(error)
        if isinstance(said, FullDiskError):
            raise said from error
        if said is not None:
            raise CannotPublishThereError(f"{folder}: not published: {said}") from error
        reason = "the working database could not be copied" if isinstance(error, duckdb.Error) else "not published"
        raise PublishError(f"{folder}: {reason}: {error}") from error
    if moved_from:
        say(moved(moved_from, settings.publish_path))
    return PublishedMart(settings.publish_path, rows, size, previous, moved_from, tuple(warnings))


def _moved_from(settings: Settings) -> Path | None:
    """The mart under the former name that this publication takes away."""
    return settings.former_path if settings.former_path.exists() else None


def moved(former: Path, now: Path) -> str:
    """One sentence for whoever reads a mart that was moved by its first publication under the name of now."""
    return (
        f"The published mart is now {now.name}; {former.name} is gone, kept in history/: point BI connections to {now}"
    )


def _refuse_unchecked(checks: Sequence[CheckResult]) -> None:
    if error := stopped(checks):
        raise error
    missing = [suite for suite in SUITES if suite not in {check.suite for check in checks}]
    if missing:
        raise PublishError(f"not published: no results of the checks {', '.join(missing)}; expected every suite to run")
