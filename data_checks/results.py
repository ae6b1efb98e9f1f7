"""What a check found: one frozen record for each check, the same for Dagster, the mart and the terminal."""

import dataclasses
import datetime as dt
import json
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Literal

from orchestration.errors import ChecksFailedError, ChecksLackMemoryError, ChecksNotRunError, FunnelmartError
from orchestration.settings import Severity

Hindrance = Literal["memory", "error"]
Verdict = Literal["passed", "failed", "nothing_to_check"]


@dataclasses.dataclass(frozen=True)
class CheckResult:
    """The verdict of one check.

    Attributes:
        suite: leads, spend, deals, results or kpis.
        check: name of the check, the key under `checks` in funnelmart.yml.
        entity: table that was looked at, such as `intermediate.int_leads`.
        severity: critical stops the publication, warning is counted and shown, info only tells.
        success: whether the data is as expected; true also where there was nothing to check: see `verdict`.
        observed: the figure found: a count, a share (0 to 1), days, or an amount in the reporting currency.
        unexpected_count: number of rows (or days, files, members) that are not as expected.
        threshold: the limit that `observed` was held against; None where the check has none.
        message: one sentence for a person.
        samples: at most ten failing rows: keys, dates and shapes of values, never personal data.
        nothing_to_check: the table had no rows, or no row to measure: nothing is wrong, and nothing is proved.
        accepted_because: why people publish in spite of this failed check, once; None otherwise.
        hindered_by: what kept the check from being evaluated: nobody knows whether the data is right. None otherwise.
    """

    suite: str
    check: str
    entity: str
    severity: Severity
    success: bool
    observed: int | float | str | None
    unexpected_count: int
    threshold: Decimal | None
    message: str
    samples: list[dict[str, Any]] = dataclasses.field(default_factory=list)
    nothing_to_check: bool = False
    accepted_because: str | None = None
    hindered_by: Hindrance | None = None

    @property
    def verdict(self) -> Verdict:
        """What came of it: a check that had nothing to look at has not passed."""
        if not self.success:
            return "failed"
        return "nothing_to_check" if self.nothing_to_check else "passed"

    @property
    def blocks(self) -> bool:
        """Whether this result stops the publication."""
        return self.severity == "critical" and not self.success and self.accepted_because is None


def blocking(results: Iterable[CheckResult]) -> list[CheckResult]:
    """Return the results that stop the publication."""
    return [result for result in results if result.blocks]


def stopped(results: Iterable[CheckResult]) -> FunnelmartError | None:
    """Return why these results stop the publication, None where they don't.

    What could not be evaluated comes first: it is an error of the run, and the verdict of the data is not known.
    """
    failed = blocking(results)
    if not failed:
        return None
    hindered = [result for result in failed if result.hindered_by]
    lines = "".join(f"\n  {result.check}: {result.message}" for result in hindered or failed)
    if not hindered:
        return ChecksFailedError(f"{_counted(failed)} failed:{lines}")
    lacks_memory = any(result.hindered_by == "memory" for result in hindered)
    kind = ChecksLackMemoryError if lacks_memory else ChecksNotRunError
    return kind(f"{_counted(hindered)} could not run, {', '.join(result.check for result in hindered)}:{lines}")


def _counted(results: list[CheckResult]) -> str:
    return f"{len(results)} critical {'check' if len(results) == 1 else 'checks'}"


CHECK_COLUMNS = {
    "suite": "varchar",
    "check": "varchar",
    "entity": "varchar",
    "severity": "varchar",
    "verdict": "varchar",
    "success": "boolean",
    "observed": "varchar",
    "unexpected_count": "bigint",
    "threshold": "decimal(18, 6)",
    "message": "varchar",
    "accepted_because": "varchar",
    "samples": "json",
    "checked_at": "timestamp",
}


def to_rows(results: Iterable[CheckResult], checked_at: dt.datetime) -> list[dict[str, Any]]:
    """Return the rows of `_meta.checks`, keyed by the columns of `CHECK_COLUMNS`.

    Args:
        results: what the suites returned.
        checked_at: when they ran; an aware time is stored as UTC without zone.
    """
    if checked_at.tzinfo is not None:
        checked_at = checked_at.astimezone(dt.UTC).replace(tzinfo=None)
    rows = []
    for result in results:
        values = {
            **vars(result),
            "verdict": result.verdict,
            "success": None if result.verdict == "nothing_to_check" else result.success,
            "observed": None if result.observed is None else str(result.observed),
            "samples": json.dumps(result.samples, ensure_ascii=False, default=str),
            "checked_at": checked_at,
        }
        rows.append({name: values[name] for name in CHECK_COLUMNS})
    return rows
