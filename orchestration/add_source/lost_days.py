"""A day of losing beside a day of winning: one column is `closed_at`, and the other deals would be dated by a guess."""

import re

from orchestration.add_source.evidence import Column
from orchestration.add_source.proposal import Proposal
from orchestration.add_source.vocabulary import plain
from orchestration.counted import counted

_WON = re.compile(
    r"\b(?:won|wins?|gewonnen|gagne\w*|ganad\w*|ganh\w*|vint\w*|выигр\w*|виграш\w*|вигран\w*|wygra\w*|kazanil\w*)\b"
)
_LOST = re.compile(r"\b(?:lost|loss|verloren|perdu\w*|perdid\w*|pers[aeio]|проигр\w*|програ\w*|przegra\w*|kaybed\w*)\b")


def doubt_lost_days(made: Proposal) -> None:
    """Say that deals which were lost have their day in a column that nothing reads."""
    if made.entity != "deals" or "closed_at" not in made.fields:
        return
    taken = made.look.column(made.fields["closed_at"])
    for column in made.look.columns:
        if column.name in made.fields.values() or not _is_other(taken.name, column):
            continue
        alone = [other for day, other in made.look.cells(taken.name, column.name) if other and not day]
        if not alone:
            continue
        made.doubt(
            f"{counted(len(alone), 'row')} without a {taken.name} but with a {column.name} ({alone[0]}): no column "
            "holds the closing day of all deals, and theirs would be estimated",
            f"put both into one column; taken is {taken.name!r} alone",
        )
        return


def _is_other(taken: str, column: Column) -> bool:
    """Whether one of two headers speaks of winning and the other one of losing, or the other way round."""
    one, other = plain(taken), plain(column.name)
    turned = (_WON.search(one) and _LOST.search(other)) or (_LOST.search(one) and _WON.search(other))
    return bool(turned) and bool(column.some) and column.share("timestamp") >= 0.9
