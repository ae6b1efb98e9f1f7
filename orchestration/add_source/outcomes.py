"""What says whether a deal was won: a status beside the stage, a column that is called won, the words of a stage."""

from collections.abc import Mapping

from orchestration.add_source.evidence import Column
from orchestration.add_source.look import Look
from orchestration.add_source.vocabulary import plain, vocabulary
from orchestration.extracts.type.yes_no import NO, TICKS, YES
from orchestration.views.suggestions.words import meaning_of_stage

OPEN = (
    "open", "opened", "in progress", "pending", "active", "new", "on hold", "suspended", "paused",
    "открыта", "открыт", "открыто", "в работе", "в процессе", "активна", "активная", "активный",
    "відкрита", "відкрите", "відкритий", "відкрито", "в роботі", "в процесі",
    "offen", "aktiv", "laufend", "in arbeit", "abierto", "abierta", "en curso", "en proceso", "activo", "activa",
    "aberto", "aberta", "em aberto", "em andamento", "ativo", "ativa", "ouvert", "ouverte", "en cours", "actif",
    "aperto", "aperta", "in corso", "openstaand", "lopend", "actief", "otwarta", "otwarty", "otwarte", "w toku",
    "w trakcie", "aktywna", "aktywny", "oppen", "pagaende", "aben", "apen", "otevrena", "otevreny", "otevreno",
    "probiha", "acik", "devam ediyor", "aktif", "進行中", "オープン",
)  # fmt: skip
_CALLED = {
    "status", "state", "outcome", "result", "resultado", "estado", "situacao", "statut", "resultat", "статус", "исход",
    "результат", "ergebnis", "stato", "stav", "stan", "durum", "стан",
}  # fmt: skip
_FLAGS = {
    "выиграна", "выигран", "выиграно", "успешна", "продано", "виграна", "виграно", "gewonnen", "gagne", "gagnee",
    "ganado", "ganada", "ganho", "ganha", "vinto", "vinta", "wygrana", "wygrany", "wygrane", "vunnen", "vundet",
    "vyhrano", "kazanildi", "sold", "is sold", "verkauft", "vendu", "vendido", "vendida", "venduto", "verkocht",
    "sprzedane", "satildi", "paid", "is paid", "bezahlt", "betaald", "pagado", "pago", "paye", "pagato", "оплачено",
    "оплачен",
}  # fmt: skip
_CLOSED = {
    "closed", "is closed", "geschlossen", "abgeschlossen", "закрыта", "закрыт", "закрыто", "закрита", "закрите",
    "cerrada", "cerrado", "fechado", "fechada", "cloturee", "cloture", "chiusa", "chiuso", "gesloten", "zamkniete",
    "zamknieta", "kapali",
}  # fmt: skip
_YES, _NO = {*YES, *TICKS}, {*NO, "unchecked"}


def outcome(value: str) -> str | None:
    """Open, won or lost, where a word says just that."""
    if plain(value) in OPEN:
        return "open"
    meaning = meaning_of(value)
    return meaning if meaning in ("won", "lost") else None


def meaning_of(stage: str) -> str | None:
    """What a stage means, where it is called so, be it with a number or a reason: `5. Won`, `Lost - price`."""
    return vocabulary().stages.get(plain(stage)) or meaning_of_stage(stage)


def with_status(look: Look, fields: Mapping[str, str]) -> dict[str, str]:
    """The fields of a deal with the column that tells open, won and lost apart as its status, whatever its stage.

    A status that is the only thing said of a stage is one where it has just these three words.
    """
    made, stage = dict(fields), fields.get("stage")
    for column in look.columns:
        words = plain(column.name).split()
        if not _is_called(words) or not column.filled or column.name in set(made.values()) - {stage}:
            continue
        meanings = {outcome(value) for value in column.meant}
        plainly = {plain(value) for value in column.meant} <= {"open", "won", "lost"}
        if None in meanings or not meanings & {"won", "lost"}:
            continue
        if column.name != stage:
            return made | {"status": column.name}
        other = _stage_beside(look, made, column)
        if other or plainly:
            made = {name: theirs for name, theirs in made.items() if name != "stage"} | {"status": column.name}
            return made | ({"stage": other} if other else {})
    return made


def _is_called(words: list[str]) -> bool:
    """Whether a header is a status and nothing else: that of a delivery is none of a deal."""
    of_deals = {word for name in vocabulary().entities["deals"].named for word in name.split()}
    return set(words) == {"won", "lost"} or (bool(_CALLED & set(words)) and set(words) <= _CALLED | of_deals)


def _stage_beside(look: Look, fields: Mapping[str, str], status: Column) -> str | None:
    """A column that is called a stage beside the status."""
    called = set(vocabulary().columns["stage"]) - {"status", "state"}
    free = [column for column in look.columns if column.name not in fields.values() and column.name != status.name]
    return next((column.name for column in free if column.filled and plain(column.name) in called), None)


def won_flag(look: Look, fields: Mapping[str, str]) -> Column | None:
    """A column of yes and no that is called won, or paid."""
    for column in look.columns:
        values = {value.lower() for value in column.meant}
        is_called = "won" in plain(column.name).split() or plain(column.name) in _FLAGS
        if is_called and column.name not in fields.values() and values and values <= _YES | _NO and values & _YES:
            return column
    return None


def meant_by_flag(column: Column, other: str = "open") -> dict[str, str]:
    """Yes is won; no may be open or lost, and is `other`."""
    return {value: "won" if value.lower() in _YES else other for value in sorted(column.values)}


def closed_flag(look: Look, flag: Column) -> Column | None:
    """A column of yes and no that is called closed, and says so of rows that `flag` says are not won."""
    for column in look.columns:
        values = {value.lower() for value in column.meant}
        if plain(column.name) not in _CLOSED or not values or not values <= _YES | _NO:
            continue
        pairs = look.cells(flag.name, column.name)
        if any((won or "").lower() not in _YES and (closed or "").lower() in _YES for won, closed in pairs):
            return column
    return None
