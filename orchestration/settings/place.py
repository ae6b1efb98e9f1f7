"""Where in funnelmart.yml a mistake stands, what may have been meant, and no more of a value than a line can hold."""

import difflib
from collections.abc import Iterable
from typing import Any

import yaml

from orchestration.settings.credentials import without_passwords

SETTINGS_FILE = "funnelmart.yml"
_LONGEST = 60


def line_and_column(text: str, key: str) -> str:
    """`:12:5` where the key stands in the text of the settings, else where the nearest one above it does; or nothing.

    A key is written as errors name it: names with dots between them, places in lists in brackets. A name may itself
    have dots, such as `deals.amount`: the longest that is there is taken.
    """
    try:
        node = yaml.compose(text, yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError):
        return ""
    if node is None:
        return ""
    mark, rest = node.start_mark, key
    while rest and (found := _below(node, rest)):
        node, mark, rest = found
    return f":{mark.line + 1}:{mark.column + 1}"


def _below(node: yaml.Node, rest: str) -> tuple[yaml.Node, Any, str] | None:
    """The node that `rest` begins with, the mark of its key, and what remains of `rest`."""
    if isinstance(node, yaml.SequenceNode) and rest.startswith("["):
        number, _, after = rest[1:].partition("]")
        if not number.isdecimal() or int(number) >= len(node.value):
            return None
        item = node.value[int(number)]
        return item, item.start_mark, after.removeprefix(".")
    if not isinstance(node, yaml.MappingNode):
        return None
    scalars = [(name, value) for name, value in node.value if isinstance(name, yaml.ScalarNode)]
    fits = [pair for pair in scalars if f"{rest}.".startswith((f"{pair[0].value}.", f"{pair[0].value}["))]
    if not fits:
        return None
    name, value = max(fits, key=lambda pair: len(pair[0].value))
    return value, name.start_mark, rest[len(name.value) :].removeprefix(".")


def near(name: str, known: Iterable[str]) -> str:
    """`; did you mean google_ads?`, where a known name is near; nothing where none is."""
    names = {entry.casefold(): entry for entry in known}
    found = difflib.get_close_matches(name.casefold(), names, 1, 0.7)
    return f"; did you mean {names[found[0]]}?" if found else ""


def cut(value: object) -> str:
    """A value as Python writes it, at most 60 characters of it, and no password of a URL."""
    text = without_passwords(repr(value))
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
