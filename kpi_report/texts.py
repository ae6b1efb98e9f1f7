"""The report's own words, in every language; the names of KPIs and the findings come from the mart.

What checks and quarantine say is English in the mart; `locale/data_ru.yml` says it in Russian.
"""

from pathlib import Path
from typing import Any

import yaml

LOCALES = ("en", "ru")
FOLDER = Path(__file__).parent / "locale"


def load_texts() -> dict[str, dict[str, str]]:
    """Return the texts by language and dotted key."""
    texts = {locale: _flat(_read(locale)) for locale in LOCALES}
    texts["ru"] |= {f"check.{name}": text for name, text in _data_words()["checks"].items()}
    return texts


def load_reasons() -> dict[str, list[tuple[str, str]]]:
    """Return by language pairs of what the quarantine says in English and in it; `{1}` stands for a word."""
    return {"ru": list(_data_words()["reasons"].items())}


def _data_words() -> dict[str, dict[str, str]]:
    return _read("data_ru")


def _read(name: str) -> dict[str, Any]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # eight times as fast, where PyYAML was built with it
    words: dict[str, Any] = yaml.load((FOLDER / f"{name}.yml").read_text(encoding="utf-8"), loader)
    return words


def _flat(tree: dict[str, Any], path: str = "") -> dict[str, str]:
    texts: dict[str, str] = {}
    for key, value in tree.items():
        if isinstance(value, dict):
            texts.update(_flat(value, f"{path}{key}."))
        else:
            texts[f"{path}{key}"] = str(value)
    return texts
