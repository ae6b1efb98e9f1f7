"""Names that stand only in the first row of their group, as pivot tables and boards are exported."""

from orchestration.add_source.proposal import Proposal
from orchestration.add_source.totals import is_total

_NAMES = ("owner", "channel", "platform", "utm_source", "campaign_name", "campaign_id", "product", "stage", "status")
_ROWS = 20_000  # more are looked at in parts, which say nothing of what follows what


def doubt_grouped(made: Proposal) -> None:
    """Say that rows without a name may be of the group above: they would be nobody's."""
    if made.look.rows > _ROWS or any("the row above" in one.text for one in made.doubts):
        return
    for name in _NAMES:
        if name in made.fields and (blank := _further(made, made.fields[name])):
            made.doubt(
                f"{blank} rows have no {made.fields[name]}, and those that have one never repeat it; they may belong "
                "to the row above",
                f"fill {made.fields[name]} in each row of the file",
            )
            return


def _further(made: Proposal, column: str) -> int:
    """How many rows follow a name that only stands once; 0 where names are not written so.

    No column before it is filled in each row: groups stand to the left of what they hold.
    """
    number = next((n for n, one in enumerate(made.look.columns) if one.name == column), None)
    rows = [row for row in made.look.sample if sum(cell is not None for cell in row) > 1]
    if number is None or not rows or rows[0][number] is None:
        return 0
    if any(all(row[before] for row in rows) for before in range(number)):
        return 0
    named = [cell for row in rows if (cell := row[number]) and not is_total(cell)]
    blank = sum(row[number] is None for row in rows)
    return blank if 1 < len(named) == len(set(named)) <= blank else 0
