"""How a check is declared: what must hold, how bad it is if not, from which limit on. No Great Expectations here."""

import dataclasses
from collections.abc import Iterable
from decimal import Decimal
from typing import Literal

from orchestration.settings import Settings, Severity, mistake

Unit = Literal["rows", "share", "days", "deviations"]


@dataclasses.dataclass(frozen=True)
class Expectation:
    """One native column expectation, named by its kind; built into Great Expectations where a suite runs."""

    kind: Literal["unique", "not_null", "between"]
    columns: tuple[str, ...]
    minimum: float | None = None
    maximum: float | None = None


def unique(*columns: str) -> tuple[Expectation, ...]:
    """The columns together stand once; nulls are the business of `not_null`."""
    return (Expectation("unique", columns),)


def not_null(*columns: str) -> tuple[Expectation, ...]:
    """Each of the columns has a value in every row."""
    return tuple(Expectation("not_null", (column,)) for column in columns)


def between(*columns: str, minimum: float | None = None, maximum: float | None = None) -> tuple[Expectation, ...]:
    """Each of the columns lies within the limits (inclusive) wherever it has a value."""
    return tuple(Expectation("between", (column,), minimum, maximum) for column in columns)


@dataclasses.dataclass(frozen=True)
class Check:
    """One check of a suite.

    Attributes:
        name: key under `checks` in funnelmart.yml.
        table: table of the warehouse that the check is about; `{batch}` in its SQL.
        expects: what holds where all is well, as one clause.
        why: what goes wrong for a reader of the mart where it doesn't.
        columns: native column expectations, or
        rows: SQL whose rows are what is not as expected; `{threshold}`, `{observed}` (what `measure` gave), `{limit}`
            and `{tables_<entity>}` are filled in. With `{observed} > {limit}` among its conditions nothing is read
            a second time where all is well.
        measure: SQL of the one figure that is held against the threshold; shown also where all is well. A second
            column is the limit that it was held against where that is learned from the data (`{limit}` of `rows`).
        severity: unless the workspace says otherwise.
        threshold: unless the workspace says otherwise; None where the check has no limit to set. In unit `rows` it
            is the number of rows that are tolerated, else it stands in the SQL itself.
        learns: the threshold holds until a source has a history of its own to learn from; `{given}` in the SQL is
            true where the workspace gives one, which always counts.
        unit: what the threshold counts.
        given: the workspace says the threshold; `{given}` in the SQL.
        lists_wrong: the table holds only what is not as expected, so that an empty one is good; any other empty table
            leaves nothing to check.
    """

    name: str
    table: str
    expects: str
    why: str
    columns: tuple[Expectation, ...] = ()
    rows: str = ""
    measure: str = ""
    severity: Severity = "critical"
    threshold: Decimal | None = None
    unit: Unit = "rows"
    given: bool = False
    lists_wrong: bool = False
    learns: bool = False


def with_settings(checks: Iterable[Check], settings: Settings) -> list[Check]:
    """Return the checks with the workspace's thresholds and severities.

    Raises:
        SettingsError: a threshold for a check that has none to set.
    """
    changed = []
    for check in checks:
        override = settings.checks.get(check.name)
        if override is None:
            changed.append(check)
            continue
        if override.threshold is not None and check.threshold is None:
            problem = "this check has no threshold; only its severity can be set"
            raise mistake(settings, f"checks.{check.name}.threshold", problem)
        changed.append(
            dataclasses.replace(
                check,
                severity=override.severity or check.severity,
                threshold=check.threshold if override.threshold is None else override.threshold,
                given=override.threshold is not None,
            )
        )
    return changed
