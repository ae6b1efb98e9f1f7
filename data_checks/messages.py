"""One sentence for a person: what is expected, what was found, against which limit, and what goes wrong."""

from decimal import Decimal
from typing import Any

from data_checks.checks import Check

_NAMED = 3


def passed(check: Check, observed: Any, limit: Decimal | None) -> str:
    """What is as expected, and by how much."""
    return f"{check.expects}{_measured(check, observed, limit)}"


def nothing(check: Check, lacking: str) -> str:
    """What could not be looked at, and why; `lacking` is what is not there."""
    return f"{check.expects}; {lacking}, nothing to check"


def failed(check: Check, observed: Any, unexpected: int, limit: Decimal | None, samples: list[dict[str, Any]]) -> str:
    """What is not as expected, how often, and what comes of it; `samples` are masked."""
    times = "1 exception" if unexpected == 1 else f"{unexpected:,} exceptions"
    found = f"{_measured(check, observed, limit)}{_worst(check, samples)}"
    return f"{check.expects}: {times}{found}. {check.why}"


def figure(value: Any, unit: str) -> str:
    """A figure with its unit."""
    if value is None:
        return "nothing to measure"
    if unit == "share":
        return f"{float(value):.1%}"
    text = f"{float(value):,.6f}".rstrip("0").rstrip(".")
    return text + ("" if unit == "rows" else f" {unit.removesuffix('s') if text == '1' else unit}")


def _measured(check: Check, observed: Any, limit: Decimal | None) -> str:
    if not check.measure:
        return ""
    within = "" if limit is None else f", limit {figure(limit, check.unit)}"
    return f" ({figure(observed, check.unit)}{within})"


def _worst(check: Check, samples: list[dict[str, Any]]) -> str:
    """Name the sources that broke a limit of their own: which way a day went, how old the newest row is."""
    if not check.learns or not samples:
        return ""
    if check.unit == "days":
        named = [
            f"{row['source']} {row['days']} {'day' if row['days'] == 1 else 'days'}, limit {row['allowed']:g}"
            for row in samples
        ]
    else:
        named = [f"{row['what']} of {row['source']} on {row['day']}" for row in samples]
    return ": " + "; ".join(named[:_NAMED]) + ("; …" if len(named) > _NAMED else "")
