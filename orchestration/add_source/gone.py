"""Rows that are no records any more: deleted, merged into another one, or calls that went the other way."""

import re

from orchestration.add_source.evidence import Column
from orchestration.add_source.proposal import Proposal
from orchestration.add_source.vocabulary import plain
from orchestration.counted import counted

_RECORDS = ("leads", "deals", "touches", "refunds")
# Columns that are filled only in rows that are gone: when they were deleted, which record took them in.
_FILLED_WHERE_GONE = {
    "deleted at", "deleted on", "deleted date", "date deleted", "deletion date", "deleted time", "deleted by",
    "merged into", "merged into id", "merged to", "duplicate of", "удален в", "дата удаления", "дата видалення",
    "geloscht am", "supprime le", "date de suppression", "eliminado el", "fecha de eliminacion", "excluido em",
    "data usuniecia", "silinme tarihi",
}  # fmt: skip
# The record that took another one in may have them as well as the one that is gone.
_OF_BOTH = {
    "merged with", "merged at", "merged on", "merged date", "merge date", "объединен с", "zusammengefuhrt mit",
}  # fmt: skip
_GONE = {
    "deleted", "removed", "trash", "trashed", "merged", "soft deleted", "удален", "удалена", "удалено", "в корзине",
    "объединен", "видалено", "видалений", "видалена", "geloscht", "supprime", "supprimee", "eliminado", "eliminada",
    "excluido", "excluida", "eliminato", "eliminata", "usuniety", "usunieta", "usuniete", "verwijderd", "silindi",
    "silinmis", "smazano",
}  # fmt: skip
_OUTBOUND = {
    "outbound", "outgoing", "out", "исходящий", "исходящие", "исходящая", "исход", "вихідний", "вихідні", "ausgehend",
    "sortant", "saliente", "salida", "realizada", "uscita", "in uscita", "wychodzace", "wychodzaca", "giden",
    "uitgaand", "outbound call", "outgoing call", "исходящий звонок", "вихідний дзвінок",
}  # fmt: skip
_STATES = {
    "status", "state", "record", "stage", "zustand", "estado", "statut", "stato", "stan", "stav", "durum", "статус",
    "стан", "состояние", "стадия", "этап",
}  # fmt: skip
_OF_RECORDS = {"lead", "leads", "deal", "deals", "contact", "opportunity", "order", "лида", "сделки", "лід", "current"}
_CALL = re.compile(
    r"\b(?:calls?|callers?|direction|richtung|anruf\w*|звон\w*|дзвін\w*|направление|напрямок|llamad\w*|appel\w*|"
    r"chiamat\w*|polaczen\w*|ligac\w*|chamad\w*|arama\w*|gesprek\w*|direccion|kierunek|direzione|yon)\b"
)
_FEW = 30


def leave_out_gone(made: Proposal) -> None:
    """Leave out what the file itself says is deleted or merged, and doubt calls that the company made itself."""
    if made.entity not in _RECORDS:
        return
    for column in made.look.columns:
        name = plain(column.name)
        if name in _FILLED_WHERE_GONE and column.name not in made.fields.values():
            if 0 < column.filled < made.look.rows and not _names_itself(made, column):
                nothing = column.values.keys() - column.meant.keys()  # such as NULL
                made.where[column.name] = ["", *sorted(nothing - {""})]
                made.note(f"left out as gone: {counted(column.filled, 'row')} with a value in {column.name} (`where`)")
        elif name in _OF_BOTH and 0 < column.filled < made.look.rows:
            made.doubt(
                f"{counted(column.filled, 'row')} with a value in {column.name}: nothing says whether another record "
                "took them in, or they took in another one",
                f"if they are gone, leave them out: `where: {{{column.name}: ['']}}`",
            )
        elif len(column.meant) <= _FEW:
            _by_word(made, column)


def _by_word(made: Proposal, column: Column) -> None:
    words = set(plain(column.name).split())
    is_state = bool(_STATES & words) and words <= _STATES | _OF_RECORDS  # that of an e-mail is none
    gone = sorted(value for value in column.meant if is_state and plain(value) in _GONE)
    if gone and len(gone) < len(column.meant):
        made.leave_out(column.name, gone)
        made.unknown_stages = [stage for stage in made.unknown_stages if stage not in gone]
        made.note(f"left out as gone: rows with {', '.join(map(repr, gone))} in {column.name} (`where`)")
    calls = sorted(value for value in column.meant if plain(value) in _OUTBOUND)
    is_used = column.name in made.fields.values()
    if made.entity == "leads" and _has_calls(made) and calls and len(calls) < len(column.meant) and not is_used:
        count = sum(column.meant[value] for value in calls)
        made.doubt(
            f"{counted(count, 'row')} with {calls[0]!r} in {column.name}: calls of your own people, each would be "
            "a lead",
            f"leave them out: `where: {{not: {{{column.name}: [{', '.join(calls)}]}}}}`",
        )


def _has_calls(made: Proposal) -> bool:
    """Whether rows are calls: leads that salespeople found themselves are called outbound, too."""
    named = (plain(name) for name in (made.look.file.name, *(column.name for column in made.look.columns)))
    return any(_CALL.search(name) for name in named)


def _names_itself(made: Proposal, column: Column) -> bool:
    """Some systems name each record as its own master."""
    key = next((made.fields[name] for name in ("lead_id", "deal_id") if name in made.fields), None)
    return key is not None and any(one and one == other for one, other in made.look.cells(key, column.name))
