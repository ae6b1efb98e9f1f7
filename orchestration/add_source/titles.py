"""What the lines above a header, or the name of a sheet, say: the period of a report."""

import datetime as dt
import re

from orchestration.add_source.look import Look
from orchestration.extracts.type.periods import Period, period_in, period_of

_ENDS = [
    re.compile(rf"\b(?:{words})\W{{1,3}}(\d{{4}})-?(\d\d)-?(\d\d)\b", re.IGNORECASE)
    for words in (
        "start date|startdatum|date de début|fecha de inicio|data de início|data di inizio|дата начала",
        "end date|enddatum|date de fin|fecha de finalización|data de término|data di fine|дата окончания",
    )
]

BY_DAY = ("ad_spend", "daily_results")
"""Entities whose rows stand for a day, or for a period that the title may name."""


def period_of_titles(look: Look) -> Period | None:
    """The one period that the title names, whether its days or months stand first; None where that isn't clear."""
    found = {period_in(title, month_first) for title in look.titles for month_first in (False, True)} - {None}
    if not found:
        found = {_from_to(" ".join(look.titles))} - {None}
    if not found:  # `Jan 2026` alone, as a title or as the name of a sheet
        named = [*look.titles, str(look.formats.get("sheet", ""))]
        found = {period_of(text, None, "range") for text in named} - {None}
    return found.pop() if len(found) == 1 else None


def _from_to(text: str) -> Period | None:
    """Two lines of their own, `# Start date: 20260301` and `# End date: 20260331`; several of each are none."""
    days = [{*pattern.findall(text)} for pattern in _ENDS]
    if [len(found) for found in days] != [1, 1]:
        return None
    try:
        first, last = (dt.date(*map(int, found.pop())) for found in days)
    except ValueError:
        return None
    return (first, last) if first <= last else None
