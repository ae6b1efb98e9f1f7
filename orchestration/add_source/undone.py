"""Sales that a column of yes and no takes back: not captured, refunded, disputed, or made to try the system."""

from orchestration.add_source.evidence import Column
from orchestration.add_source.outcomes import outcome
from orchestration.add_source.proposal import Proposal
from orchestration.add_source.vocabulary import plain
from orchestration.extracts.type.yes_no import NO, YES

_YES, _NO = set(YES), set(NO)
# What each flag says, and the answer under which a sale is none.
_FLAGS = {
    **dict.fromkeys(("captured", "is captured", "livemode", "live mode", "live", "settled", "is settled"), _NO),
    **dict.fromkeys(
        ("refunded", "is refunded", "fully refunded", "disputed", "is disputed", "chargeback", "charged back", "voided",
         "is voided", "cancelled", "canceled", "is cancelled", "is canceled", "sandbox", "is sandbox", "test mode"),
        _YES,
    ),
}  # fmt: skip


def doubt_undone(made: Proposal) -> None:
    """Say which rows would count as sales though a flag beside them says that they are none."""
    if made.entity != "deals":
        return
    for column in made.look.columns:
        undone = _undone(column)
        if not undone or column.name in made.fields.values() or column.name in {**made.where, **made.where_not}:
            continue
        count = sum(value in undone and _counts(made, *stages) for value, *stages in _with_stages(made, column))
        if not count:
            continue
        made.doubt(
            f"{count} rows have {undone[0]!r} in {column.name}, and would count as the others do",
            f"`where: {{not: {{{column.name}: [{', '.join(undone)}]}}}}` leaves them out",
        )
        made.unplaced = [other for other in made.unplaced if other is not column]


def _with_stages(made: Proposal, column: Column) -> list[tuple[str | None, ...]]:
    """The flag of each row, and what says how the row ended."""
    return made.look.cells(column.name, *(made.fields[name] for name in ("stage", "status") if name in made.fields))


def _counts(made: Proposal, *stages: str | None) -> bool:
    """Whether a row counts as won: a charge that failed was not captured, which says nothing more."""
    if not stages:
        return made.constants.get("status") == "won"
    meant = [outcome(stage) for stage in stages if stage]
    return "won" in meant and "lost" not in meant


def _undone(column: Column) -> list[str]:
    """The values of a flag that take a sale back."""
    against = _FLAGS.get(plain(column.name))
    values = {value.lower() for value in column.meant}
    if against is None or not values or not values <= _YES | _NO:
        return []
    return sorted(value for value in column.meant if value.lower() in against)
