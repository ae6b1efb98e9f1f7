"""What the lines above a header, or the name of a sheet, say: the period of a report."""

from orchestration.add_source.look import Look
from orchestration.extracts.type.periods import Period, period_in, period_of

BY_DAY = ("ad_spend", "daily_results")
"""Entities whose rows stand for a day, or for a period that the title may name."""


def period_of_titles(look: Look) -> Period | None:
    """The one period that the title names, whether its days or months stand first; None where that isn't clear."""
    found = {period_in(title, month_first) for title in look.titles for month_first in (False, True)} - {None}
    if not found:  # `Jan 2026` alone, as a title or as the name of a sheet
        named = [*look.titles, str(look.formats.get("sheet", ""))]
        found = {period_of(text, None, "range") for text in named} - {None}
    return found.pop() if len(found) == 1 else None
