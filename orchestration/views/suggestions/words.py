"""How names are compared, and what stages are called."""

import re
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path

import yaml

ALIKE = 0.72
_CLEAR = 0.08  # as much better than the next one
# Its place in the pipeline or its probability, before or behind the name of a stage.
_COUNTED = re.compile(r"^(?:(?:stage|step|phase|etapa|etap|этап|стадия) )?(?:\d{1,3} )+|(?: \d{1,3})+$")
_PARTED = re.compile(r"\s+[-–—>→/|]+\s*|\s*[:|→]\s*")
# What says an outcome beside other words, too; `Demo - completed` is none. `stages.yml` says which outcome.
_OUTCOMES = {
    "won", "closed won", "gewonnen", "gagne", "gagnee", "ganado", "ganada", "ganho", "ganha", "vinto", "vinta",
    "wygrana", "wygrany", "wygrane", "kazanildi", "выиграна", "выигран", "выиграно", "виграна", "виграно",
    "успешно реализовано", "успішно реалізовано", "lost", "closed lost", "verloren", "perdu", "perdue", "perdido",
    "perdida", "perso", "persa", "przegrana", "przegrany", "przegrane", "kaybedildi", "проиграна", "проигран",
    "проиграно", "програна", "програно", "отказ", "відмова", "закрыто и не реализовано", "закрито і не реалізовано",
    "disqualified", "unqualified", "rejected", "declined", "cancelled", "canceled",
}  # fmt: skip
# Behind another word they may say what became of a step: `Demo - cancelled`.
_OF_A_STEP = {"disqualified", "unqualified", "rejected", "declined", "cancelled", "canceled", "отказ", "відмова"}
_UNDONE = re.compile(r"\b(?:re ?open|re ?book|in revision|revived|reactivated)")
# Letters that Unicode does not take for others with an accent.
_LETTERS = str.maketrans({"ı": "i", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "ё": "е", "Ё": "Е"})
_ACCENT = re.compile(r"(?<=[a-zA-Z])[\u0300-\u036f]+")


@cache
def stage_words() -> dict[str, list[str]]:
    """Meaning -> what stages are called that mean it (`stages.yml`)."""
    words: dict[str, list[str]] = yaml.safe_load((Path(__file__).parent / "stages.yml").read_text(encoding="utf-8"))
    return words


@cache
def _meanings() -> dict[str, str]:
    return {folded(str(word)): meaning for meaning, words in stage_words().items() for word in words}


def meaning_of_stage(stage: str) -> str | None:
    """What a stage of this name means, however its accents are written; None where no word says it.

    Its place or probability beside it is no matter (`5. Won`, `Won (100%)`, `90% - Contract sent`), nor what stands
    behind or before an outcome: `Lost - price`, `Sales: Closed won`.
    """
    bare = re.sub(r"\([^)]*\)|\[[^\]]*\]", " ", stage)
    for name in (stage, bare):
        word = folded(unaccented(name))
        if meaning := _meanings().get(word) or _meanings().get(_COUNTED.sub("", word)):
            return meaning
    parts = [folded(unaccented(part)) for part in _PARTED.split(bare)]
    first, last = (_COUNTED.sub("", part) for part in (parts[0], parts[-1]))
    told = {_meanings()[word] for word in (first, last if last not in _OF_A_STEP else "") if word in _OUTCOMES}
    return told.pop() if len(told) == 1 and not any(map(_UNDONE.search, parts)) else None


def unaccented(text: str) -> str:
    """Latin letters without accents: `Négociation` is `Negociation`, `İptal` is `Iptal`; й stays й."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", _ACCENT.sub("", unicodedata.normalize("NFD", text))).translate(_LETTERS)


def folded(name: str) -> str:
    """Lower case words parted by one blank: `GTX-Pro ` and `gtx pro` are one name, `José` and `Jose` may be two."""
    text = unicodedata.normalize("NFKC", name).lower().replace("ё", "е")
    return " ".join(re.sub(r"[\W_]+", " ", text).split())


def likeness(one: str, other: str) -> float:
    """From 0 to 1, which means equal but for case and marks: by letters, or by the words that both have.

    What only one of them has must be alike too: `spring_ru` and `spring_en` are two campaigns.
    """
    first, second = folded(one), folded(other)
    if not first or not second:
        return 0.0
    if first.replace(" ", "") == second.replace(" ", ""):
        return 1.0
    words, others = set(first.split()), set(second.split())
    shared = len(words & others) / len(words | others)
    held = 0.75 if min(len(words), len(others)) > 1 and (words <= others or others <= words) else 0.0
    rest, theirs = (" ".join(word for word in name.split() if word not in words & others) for name in (first, second))
    limit = 0.4 + 0.6 * _by_letters(rest, theirs) if rest and theirs else 1.0
    return min(limit, max(_by_letters(first, second), shared, held))


def _by_letters(one: str, other: str) -> float:
    """A beginning of three letters or more counts as most of the word: `dis` and `discovery`."""
    short, long = sorted((one, other), key=len)
    begins = 0.75 if len(short) > 2 and long.startswith(short) else 0.0
    return max(begins, SequenceMatcher(None, one, other, autojunk=False).ratio())


def most_alike(name: str, among: Iterable[str], least: float = ALIKE) -> list[str]:
    """Up to three of the names that are like this one, the likest first."""
    rated = sorted(((-likeness(name, other), other) for other in set(among)), key=lambda one: (one[0], one[1]))
    return [other for rate, other in rated[:3] if -rate >= least]


def clearly_alike(name: str, among: Iterable[str], least: float = ALIKE) -> str | None:
    """The one name that is like this one, if none of the others comes near."""
    found = most_alike(name, among, least)
    if not found or (len(found) > 1 and likeness(name, found[0]) - likeness(name, found[1]) < _CLEAR):
        return None
    return found[0]
