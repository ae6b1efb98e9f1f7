"""Six digits for a period: 202605 is May, or the fifth week of the year."""

import datetime as dt
import re

from orchestration.add_source.evidence import Column
from orchestration.add_source.proposal import Proposal
from orchestration.add_source.vocabulary import plain, vocabulary
from orchestration.extracts.type.periods import YEAR_WEEK, are_weeks, period_of

# In other languages a week is one of ISO; English headers leave it open.
_UNSAID = {"week", "yearweek"}


def year_numbers(made: Proposal, column: Column, called: str | None) -> str | None:
    """What a column of such numbers stands for: what its header or its numbers say, else months, which is doubted."""
    if not column.some or not all(re.fullmatch(YEAR_WEEK, value) for value in column.some):
        return called
    if called in (None, "month") and (are_weeks(column.some) or (called is None and _is_to_come(column))):
        called = "week"
    if called == "week":
        _doubt_start(made, column)
    elif called is None and not _are_months(column):
        made.doubt(
            f"{column.name} holds {column.some[0]} and the like, none of them beyond 12: these are months, or weeks of "
            "the year",
            "taken are months; if they are weeks, write `period: week` under `formats` of the block",
        )
    return called


def _doubt_start(made: Proposal, column: Column) -> None:
    """Analytics of Google and offices in America count weeks from the first of January, or from Sundays."""
    said = {"iso", "calendar", *vocabulary().periods["week"]} - _UNSAID
    found = period_of(column.some[0], None, "week")
    if found and not said & set(plain(column.name).split()):
        made.doubt(
            f"{column.name} {column.some[0]} is taken for a week of ISO, {found[0]} to {found[1]}; not all systems "
            "count weeks so (Google Analytics begins them on Sundays)",
            "if yours does not, export days, or the first day of each week",
        )


def _is_to_come(column: Column) -> bool:
    """Whether a month among them has not begun yet: what was spent is then rather of a week."""
    last = period_of(column.some[-1], None, "month")
    return last is not None and last[0] > dt.date.today() + dt.timedelta(days=1)


def _are_months(column: Column) -> bool:
    """Whether they follow each other as months over the turn of a year: after week 12 would come the 13th."""
    numbers = [12 * int(value[:4]) + int(value[4:]) for value in column.some]
    years = {value[:4] for value in column.some}
    return len(years) > 1 and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
