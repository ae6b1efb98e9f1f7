"""The files of a new workspace, from the templates beside this file."""

import dataclasses
import json
import os
from pathlib import Path

from orchestration.errors import UsageError
from orchestration.extracts.sources import SHEETS, load_sources
from orchestration.settings import SETTINGS_FILE, check_place, parse_settings

_TEMPLATES = Path(__file__).parent
_EXAMPLE = _TEMPLATES / "example"
EXAMPLE_FILES = ("leads.csv", "deals.csv", "spend.csv")


@dataclasses.dataclass(frozen=True)
class Answers:
    """What a new workspace needs to know; `sources` are connectors, `example` adds files of a made-up company."""

    company: str
    currency: str = "EUR"
    timezone: str = "UTC"
    locale: str = "en"
    sources: tuple[str, ...] = ()
    example: bool = False


def known_sources() -> list[str]:
    """Names of the connectors whose tables need no mapping."""
    return sorted(name for name in load_sources() if name != SHEETS)


def make(folder: Path, answers: Answers) -> list[Path]:
    """Write the workspace into `folder`, which may exist and hold extracts already; returns what was written.

    Raises:
        UsageError: the folder is a workspace already, or an answer is impossible; nothing is left behind then.
    """
    settings = folder / SETTINGS_FILE
    if os.path.lexists(settings):
        raise UsageError(f"{settings}: exists already; expected a folder that is no workspace yet")
    unknown = [name for name in answers.sources if name not in known_sources()]
    if unknown:
        raise UsageError(f"--source {unknown[0]}: unknown; expected one of {', '.join(known_sources())}")
    in_the_way = [folder / "extracts" / name for name in EXAMPLE_FILES if _is_another(folder / "extracts" / name)]
    if answers.example and in_the_way:
        raise UsageError(f"{in_the_way[0]}: exists already; --example would write over it")
    text = _settings(answers)
    check_place(folder)
    parse_settings(text, folder)
    folder.mkdir(parents=True, exist_ok=True)
    beside = _beside(folder, answers)
    return [_put(settings, text.encode()), *beside]  # last: what a kill leaves is finished by the same command


def _beside(folder: Path, answers: Answers) -> list[Path]:
    """Everything but the settings; a .gitignore that is there is left as it is."""
    for name in answers.sources:
        (folder / "extracts" / name).mkdir(parents=True, exist_ok=True)
    (folder / "extracts").mkdir(exist_ok=True)
    written = []
    ignore = folder / ".gitignore"
    if not ignore.exists():
        written.append(_put(ignore, (_TEMPLATES / "gitignore").read_bytes()))
    for name in EXAMPLE_FILES if answers.example else ():
        written.append(_put(folder / "extracts" / name, (_EXAMPLE / name).read_bytes()))
    return written


def _is_another(file: Path) -> bool:
    """Whether something else than the example lies in the place of a file of it."""
    return os.path.lexists(file) and not (file.is_file() and file.read_bytes() == (_EXAMPLE / file.name).read_bytes())


def _put(path: Path, content: bytes) -> Path:
    """Write a file, whole or not at all."""
    aside = path.with_name(f".{path.name}.part")
    aside.write_bytes(content)
    os.replace(aside, path)
    return path


def _settings(answers: Answers) -> str:
    """Fill the template; what the user typed is written as JSON strings, which YAML reads as they are."""
    text = _read("funnelmart.yml.template")
    connectors = "".join(
        f"  {name}: {{path: extracts/{name}}}   # its exported tables; also timezone: and currency: of its figures\n"
        for name in answers.sources
    )
    if answers.example:
        sources = "sources:\n" + connectors + _read("example/sheets.yml")
    else:
        none = "sources: {}   # take {} away when you name the first one, as below\n"
        sources = (f"sources:\n{connectors}" if connectors else none) + _read("sheets.yml.template")
    values = {
        "@company@": _scalar(answers.company),
        "@currency@": _scalar(answers.currency),
        "@timezone@": _scalar(answers.timezone),
        "@locale@": answers.locale,
        "@today@": '2025-06-30   # fixes "now" for the example; delete it' if answers.example else "null",
        "@sources@\n": sources,
        "@stages@\n": _read("example/stages.yml") if answers.example else _STAGES,
    }
    for mark, value in values.items():
        text = text.replace(mark, value)
    return text


def _read(name: str) -> str:
    return (_TEMPLATES / name).read_text(encoding="utf-8")


_STAGES = """\
stages: {}   # take {} away when you name the first one:
#   New: new
#   Called: contacted
#   Qualified: qualified
#   Offer sent: opportunity
#   Won: won
#   Lost: lost
"""


def _scalar(value: str) -> str:
    plain = value and all(c.isalnum() or c in " /_-+" for c in value) and value == value.strip()
    return value if plain and not value.startswith("-") else json.dumps(value, ensure_ascii=False)
