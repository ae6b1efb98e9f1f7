"""The source of a sheet that names none: its own, so that id 1 of two systems is never one record."""

from orchestration.extracts.sources import SHEETS
from orchestration.settings import Settings, Sheet

# Entities whose records have ids of their own; elsewhere (costs, spend, rates, lists) rows of all sheets add up.
WITH_IDS = frozenset({"leads", "deals", "deal_lines", "stage_history", "touches", "refunds"})


def names_source(sheet: Sheet) -> bool:
    """Whether the workspace says what system the rows come from."""
    return "source" in sheet.constants or "source" in sheet.fields


def own_source(settings: Settings, position: int) -> str:
    """The source of the sheet's rows where the workspace names none: `sheets/` and its files.

    Sheets of different entities that read the same files share it: a file that holds leads and their deals links them.
    """
    sheet = settings.sheets[position]
    if sheet.entity not in WITH_IDS:
        return SHEETS
    files = " ".join(name.removeprefix("./").removeprefix("extracts/") for name in sheet.files)
    alike = (sheet.entity, sheet.files)
    before = [other for other in settings.sheets[:position] if (other.entity, other.files) == alike]
    return f"{SHEETS}/{files}#{len(before) + 1}" if before else f"{SHEETS}/{files}"
