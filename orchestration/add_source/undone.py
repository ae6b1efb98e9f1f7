"""Sales that a column of yes and no takes back: not captured, refunded, disputed, or made to try the system."""

from orchestration.add_source.evidence import Column
from orchestration.add_source.proposal import Proposal
from orchestration.add_source.vocabulary import plain

_YES, _NO = {"true", "1", "yes", "y", "t", "да", "ja"}, {"false", "0", "no", "n", "f", "нет", "nein"}
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
        count = sum(column.meant[value] for value in undone)
        made.doubt(
            f"{count} rows have {undone[0]!r} in {column.name}, and would count as the others do",
            f"`where: {{not: {{{column.name}: [{', '.join(undone)}]}}}}` leaves them out",
        )
        made.unplaced = [other for other in made.unplaced if other is not column]


def _undone(column: Column) -> list[str]:
    """The values of a flag that take a sale back."""
    against = _FLAGS.get(plain(column.name))
    values = {value.lower() for value in column.meant}
    if against is None or not values or not values <= _YES | _NO:
        return []
    return sorted(value for value in column.meant if value.lower() in against)
