"""Rows of a plan among those of what was spent: a column calls each one or the other."""

from orchestration.add_source.evidence import Column
from orchestration.add_source.proposal import Proposal
from orchestration.add_source.vocabulary import plain, vocabulary
from orchestration.counted import counted

_ENTITIES = ("ad_spend", "marketing_costs", "daily_results", "deals")


def settle_plans(made: Proposal) -> None:
    """Take the rows of what happened alone, where a column has no other words than these; plans alone are doubted.

    Where only some deals have a word, and no other one than of a plan, it says something else: why a deal is stuck.
    """
    if made.entity not in _ENTITIES:
        return
    free = [column for column in made.look.columns if column.name not in made.fields.values()]
    column = next(filter(_tells, free), None)
    if column is None:
        return
    planned = sorted(value for value in column.meant if plain(value) in vocabulary().planned)
    actual = sorted(value for value in column.meant if value not in planned)
    if actual:
        made.leave_out(column.name, planned)
        made.note(f"rows with {', '.join(map(repr, planned))} in {column.name} are left out: they are what was planned")
    elif column.filled == made.look.rows or made.entity != "deals":
        rows = "each row" if column.filled == made.look.rows else counted(column.filled, "row")
        made.doubt(
            f"{column.name} says {planned[0]!r} in {rows}: its money is what was to be spent, not what was",
            "leave the file out if the money that was spent comes from elsewhere",
        )
    else:
        return
    made.unplaced = [other for other in made.unplaced if other is not column]


def _tells(column: Column) -> bool:
    words = {plain(value) for value in column.meant}
    return bool(words & vocabulary().planned) and words <= vocabulary().planned | vocabulary().actual
