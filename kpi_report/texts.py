"""The report's own words, in every language; the names of KPIs and the findings come from the mart."""

from pathlib import Path
from typing import Any

import yaml

LOCALES = ("en", "ru")
FOLDER = Path(__file__).parent / "locale"


def load_texts() -> dict[str, dict[str, str]]:
    """Return the texts by language and dotted key."""
    return {locale: _flat(yaml.safe_load((FOLDER / f"{locale}.yml").read_text(encoding="utf-8"))) for locale in LOCALES}


def _flat(tree: dict[str, Any], path: str = "") -> dict[str, str]:
    texts: dict[str, str] = {}
    for key, value in tree.items():
        if isinstance(value, dict):
            texts.update(_flat(value, f"{path}{key}."))
        else:
            texts[f"{path}{key}"] = str(value)
    return texts
