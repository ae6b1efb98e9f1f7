"""What headers, files, stages and platforms are called: `synonyms.yml`, read once."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import yaml

from orchestration.views.suggestions.words import stage_words, unaccented

_HUMP = re.compile(r"(?<=[a-zа-я0-9])(?=[A-ZА-Я])|(?<=[A-ZА-Я])(?=[A-ZА-Я][a-zа-я]{2})")


@dataclass(frozen=True)
class EntityWords:
    """How one entity is told: words of its name, what its columns are called, what speaks for and against it."""

    named: tuple[str, ...] = ()
    columns: dict[str, tuple[str, ...]] = field(default_factory=dict)
    tells: dict[str, float] = field(default_factory=dict)
    needs: tuple[tuple[str, ...], ...] = ()
    against: tuple[str, ...] = ()


@dataclass(frozen=True)
class Vocabulary:
    """All words, normalised by `plain`."""

    entities: dict[str, EntityWords]
    columns: dict[str, tuple[str, ...]]
    platforms: dict[str, tuple[str, ...]]
    stages: dict[str, str]
    nothing: frozenset[str]
    scaled: frozenset[str]
    derived: frozenset[str]
    headers: frozenset[str]
    runs: frozenset[str]
    breakdowns: frozenset[str]
    expected: tuple[str, ...]
    success: frozenset[str]
    weighty: frozenset[str]
    periods: dict[str, tuple[str, ...]]
    refunds: dict[str, tuple[str, ...]]
    sold: frozenset[str]
    currencies: dict[str, tuple[str, ...]]
    departments: dict[str, tuple[str, ...]]
    planned: frozenset[str]
    actual: frozenset[str]
    running: frozenset[str]

    def names(self, entity: str, column: str) -> tuple[str, ...]:
        """What `column` is called in files of `entity`, best first."""
        return self.entities[entity].columns.get(column, self.columns.get(column, ()))


@lru_cache(maxsize=65_536)
def plain(text: str) -> str:
    """Lower case words without accents: `DealOwner (new)` and `deal_owner` are both `deal owner`."""
    text = re.sub(r"\([^)]*\)|\[[^\]]*\]|（[^）]*）", " ", text).replace("№", " номер ")
    words = re.sub(r"[^\w%]+|_", " ", _HUMP.sub(" ", unaccented(text))).lower()
    return " ".join(words.split())


@cache
def vocabulary() -> Vocabulary:
    """The words of `synonyms.yml`."""
    said = yaml.safe_load((Path(__file__).parent / "synonyms.yml").read_text(encoding="utf-8"))
    columns = {name: _words(words) for name, words in said["columns"].items()}
    entities = {name: _entity(words) for name, words in said["entities"].items()}
    own = [name for entity in entities.values() for words in entity.columns.values() for name in words]
    canonical = [plain(name) for name in columns]
    headers = {*(name for words in columns.values() for name in words), *own, *canonical}
    return Vocabulary(
        entities=entities,
        columns=columns,
        platforms={name: _words(words) for name, words in said["platforms"].items()},
        stages={plain(stage): meaning for meaning, words in stage_words().items() for stage in words},
        nothing=frozenset(map(str, said["nothing"])),
        scaled=frozenset(_words(said["scaled"])),
        derived=frozenset(_words(said["derived"])),
        headers=frozenset(headers),
        runs=frozenset(map(joined, headers)),
        breakdowns=frozenset(_words(said["breakdowns"])),
        expected=_words(said["expected"]),
        success=frozenset(_words(said["success"])),
        weighty=frozenset(_words(said["weighty"])),
        periods={name: _words(words) for name, words in said["periods"].items()},
        refunds={name: _words(words) for name, words in said["refunds"].items()},
        sold=frozenset(_words(said["sold"])),
        currencies={code: tuple(signs) for code, signs in said["currencies"].items()},
        departments={name: _words(words) for name, words in said["departments"].items()},
        planned=frozenset(_words(said["planned"])),
        actual=frozenset(_words(said["actual"])),
        running=frozenset(_words(said["running"])),
    )


def joined(words: str) -> str:
    """Words without the blanks between them: `dealstage` and `deal stage` are one header."""
    return words.replace(" ", "")


def is_expected(words: Iterable[str]) -> bool:
    """Whether a header speaks of what is expected, estimated or planned, not of what happened."""
    return any(word.startswith(vocabulary().expected) for word in words)


def _entity(said: dict[str, Any]) -> EntityWords:
    columns = {**said.get("id", {}), **said.get("columns", {})}
    return EntityWords(
        named=_words(said.get("named", ())),
        columns={name: _words(words) for name, words in columns.items()},
        tells={name: float(weight) for name, weight in said.get("tells", {}).items()},
        needs=tuple(tuple(group) for group in said.get("needs", ())),
        against=tuple(said.get("against", ())),
    )


def _words(words: Iterable[Any]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(plain(str(word)) for word in words))
