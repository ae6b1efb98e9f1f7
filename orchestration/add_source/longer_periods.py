"""Columns that add up others beside them: `Q1 2026` behind its three months is no period of its own."""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from orchestration.add_source.proposal import Proposal
from orchestration.add_source.totals import number_of
from orchestration.extracts.type.periods import Period, are_weeks, period_of

DAY = r"\d{4}-\d{2}-\d{2}(?: 00:00:00)?"


def longer_periods(names: Iterable[str]) -> dict[str, list[str]]:
    """Each name of a period in which shorter ones lie, with those of them that are not such a sum themselves."""
    named = [*names]
    ways = ("week",) if are_weeks(named) else ("month", "week")
    found = {name: period for name in named if (period := _period(name, ways))}
    within = {
        name: [other for other, (first, last) in found.items() if begin <= first <= last <= end and other != name]
        for name, (begin, end) in found.items()
    }
    sums = {name for name, parts in within.items() if any(found[part] != found[name] for part in parts)}
    return {name: [part for part in within[name] if part not in sums] for name in sums}


def _period(name: str, ways: Sequence[str]) -> Period | None:
    day = dt.date.fromisoformat(name[:10]) if re.fullmatch(DAY, name) else None
    return next((found for way in ways if (found := period_of(name, day, way))), None)


def settle_longer_periods(made: Proposal) -> None:
    """Say which columns are left out since they add up others, and doubt those that don't."""
    names = [column.name for column in made.look.columns]
    periods = made.unfold.get("columns", [])
    for name, parts in longer_periods(names).items():
        if not parts or not set(parts) <= set(periods) or name in periods:
            continue
        rows = [[number_of(made, cell) or Decimal() for cell in row] for row in made.look.cells(name, *parts)]
        sums = [(whole, sum(others, Decimal())) for whole, *others in rows]
        if unlike := next(((whole, others) for whole, others in sums if whole and whole != others), None):
            made.doubt(
                f"{name} holds {unlike[0]}, the columns of periods within it {unlike[1]}: they are taken, "
                "and it is left out",
                "look which of them is right, and leave out the others under `unfold`",
            )
        else:
            made.note(f"{name} is left out: it adds up {parts[0]} to {parts[-1]}")
        made.unplaced = [column for column in made.unplaced if column.name != name]
