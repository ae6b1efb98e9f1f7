"""What state the marts of the working database are in, so that nothing half built or unchecked is ever published.

Each step invalidates what comes after it: landing removes the record, a new build starts it, the marts complete it, the
checks add their verdicts. A killed run leaves it incomplete.
"""

import dataclasses
import datetime as dt
import json
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

from data_checks.results import CheckResult
from orchestration.errors import PublishError
from orchestration.progress import say
from orchestration.settings import Settings
from orchestration.settings.noted import note, noted_json


@dataclasses.dataclass(frozen=True)
class BuildRecord:
    """One build: by which run, when it started (aware), for which reporting day, and how far it came."""

    run_id: str
    started_at: dt.datetime
    today: dt.date
    rows_loaded: int = 0
    complete: bool = False
    checks: tuple[CheckResult, ...] = ()


def record_path(settings: Settings) -> Path:
    """Return the file of the record."""
    return settings.state_path / "build.json"


def invalidate(settings: Settings) -> None:
    """Forget the build: raw data or settings change under it."""
    record_path(settings).unlink(missing_ok=True)


def save(settings: Settings, record: BuildRecord) -> None:
    """Write the record, whole or not at all."""
    note(record_path(settings), json.dumps(dataclasses.asdict(record), default=str))


def load(settings: Settings) -> BuildRecord | None:
    """Return the record; None where nothing is built, or the record is damaged: the next whole run writes another."""
    path = record_path(settings)
    if not path.exists():
        return None
    try:
        data: dict[str, Any] = noted_json(path)
        return BuildRecord(
            run_id=data["run_id"],
            started_at=dt.datetime.fromisoformat(data["started_at"]),
            today=dt.date.fromisoformat(data["today"]),
            rows_loaded=data["rows_loaded"],
            complete=data["complete"],
            checks=tuple(_check(check) for check in data["checks"]),
        )
    except (ValueError, KeyError, TypeError, ArithmeticError) as error:
        say(f"{path}: damaged or not ours to read, taken as if nothing were built: {error}")
        return None


def reopen(settings: Settings, suites: Iterable[str]) -> None:
    """The marts are being built again: incomplete, and the verdicts of `suites` no longer hold."""
    record = load(settings)
    if record:
        kept = tuple(check for check in record.checks if check.suite not in set(suites))
        save(settings, dataclasses.replace(record, complete=False, checks=kept))


def complete(settings: Settings) -> None:
    """The marts are built; without a record (they were built on changed raw data) nothing becomes publishable."""
    record = load(settings)
    if record:
        save(settings, dataclasses.replace(record, complete=True))


def add_checks(settings: Settings, suites: Iterable[str], results: Iterable[CheckResult]) -> None:
    """Put the verdicts of `suites` in the place of earlier ones."""
    record = load(settings)
    if record:
        kept = tuple(check for check in record.checks if check.suite not in set(suites))
        save(settings, dataclasses.replace(record, checks=(*kept, *results)))


def publishable(settings: Settings) -> BuildRecord:
    """Return the complete build.

    Raises:
        PublishError: nothing is built, or the build did not come to its end.
    """
    record = load(settings)
    if record is None or not record.complete:
        raise PublishError(
            f"{settings.warehouse_path}: the marts in it are not complete; expected a whole run before publishing"
        )
    return record


def _check(data: dict[str, Any]) -> CheckResult:
    return CheckResult(**{**data, "threshold": None if data["threshold"] is None else Decimal(data["threshold"])})
