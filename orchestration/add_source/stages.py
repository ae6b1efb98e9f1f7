"""What the stages of a file mean, and whether anything says which deals were won."""

import re

from orchestration.add_source.evidence import Column
from orchestration.add_source.guess import Guess, is_sold
from orchestration.add_source.outcomes import OPEN, closed_flag, meaning_of, meant_by_flag, outcome, won_flag
from orchestration.add_source.proposal import Proposal
from orchestration.add_source.vocabulary import plain, vocabulary
from orchestration.views.suggestions.words import unaccented

_STAGED = ("leads", "deals", "stage_history")


def settle_stages(made: Proposal) -> None:
    """Meanings of stages and of a status; a deals block in which nothing says what was won is doubted."""
    if made.entity == "deals":
        _leave_out_empty(made)
    if made.entity in _STAGED:
        for name in ("stage", "status"):
            if name in made.fields:
                _meanings(made, name)
    if made.entity == "deals":
        _outcome(made)


def _leave_out_empty(made: Proposal) -> None:
    """A status without any value says nothing: with it all would be open."""
    for name in ("stage", "status"):
        if name in made.fields and not made.look.column(made.fields[name]).filled:
            made.note(f"{made.fields[name]} is empty: it is not used as {name}")
            del made.fields[name]
            made.refused.append(name)


def _meanings(made: Proposal, name: str) -> None:
    for value, _ in made.look.column(made.fields[name]).meant.most_common():
        word = plain(value)
        meaning = meaning_of(value)
        if name == "status" and word in ("open", "won", "lost"):
            continue  # beats the stage as it stands
        if meaning:
            made.stages[value] = meaning
        elif word in vocabulary().refunds["stages"]:
            continue  # money that came and went: see refunds
        elif word not in OPEN:
            made.unknown_stages.append(value)
        elif name == "status":
            made.values.setdefault("status", {})[value] = "open"


def _outcome(made: Proposal) -> None:
    columns = [made.look.column(made.fields[name]) for name in ("stage", "status") if name in made.fields]
    if not columns:
        _without_stage(made)
        return
    told = {outcome(value) for column in columns for value in column.meant}
    if "won" in told:
        return
    flag = won_flag(made.look, made.fields)
    if flag and "status" not in made.fields:
        _by_flag(made, flag, "lost" in told)
    elif made.unknown_stages:
        shown = ", ".join(made.unknown_stages[:8])
        made.doubt(
            f"nothing says which deals were won: {columns[0].name} holds {shown}",
            f"say under `stages` what means won, such as {{{made.unknown_stages[0]}: won}}; else all count as open",
        )


def _by_flag(made: Proposal, flag: Column, is_lost_told: bool) -> None:
    """A column of yes and no says what was won; of what was not, the stage says whether it is lost, if it does."""
    made.fields["status"] = flag.name
    made.values["status"] = meant_by_flag(flag, "" if is_lost_told else "open")
    others = "its stage says" if is_lost_told else "is taken for open"
    made.note(f"{flag.name!r} says what was won; what was not {others} (`values`)")
    closed = None if is_lost_told else closed_flag(made.look, flag)
    if closed:
        made.doubt(
            f"some rows are closed as {closed.name} says, and not won as {flag.name} says: they are lost, but count as "
            "open",
            "say under `stages` what means lost, and leave status out of the block's `fields` if the stage says all",
        )


def _is_called_status(column: Column) -> bool:
    """Whether a header ends as words for a status do: `Zahlungsstatus`, `Statut du paiement`."""
    is_called = bool(re.search(r"stat(?:us|ut)\b|статус|\bstav\b", unaccented(column.name).lower()))
    return is_called and 1 < len(column.meant) <= 20 and column.share("decimal") < 0.5


def _without_stage(made: Proposal) -> None:
    flag = won_flag(made.look, made.fields)
    if flag:
        _by_flag(made, flag, is_lost_told=False)
        return
    closed = made.fields.get("closed_at")
    if closed is None and not is_sold(made.look, Guess("deals", 0.0, made.fields)):
        made.doubt("nothing says which deals were won", "name a column under `fields` as stage or status")
        return
    made.constants["status"] = "won"
    if other := next(filter(_is_called_status, made.look.columns), None):
        shown = ", ".join(map(repr, sorted(other.meant)[:6]))
        made.doubt(
            f"every row is taken for a won deal, though {other.name} holds {shown}",
            f"write `stage: {other.name}` under `fields` of the block, and under `stages` what these mean",
        )
        return
    text = "no column says whether a deal was won; every row is taken for a won deal (`constants`)"
    if is_sold(made.look, Guess("deals", 0.0, made.fields)):
        made.note(text)
    else:
        made.doubt(text, "name a column under `fields` as stage or status if there are lost or open ones among them")
