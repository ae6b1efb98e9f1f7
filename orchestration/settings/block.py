"""A block of settings as YAML that people like to read: one key a line, short mappings inline, long ones wrapped."""

import json
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

_WIDTH = 112
_PLAIN = re.compile(r"[^\W\d_][\w /()&+.-]*[\w)]|[^\W\d_]")
_WORDS = {"null", "true", "false", "yes", "no", "on", "off", "y", "n", "none"}


def scalar(value: Any) -> str:
    """A value as YAML, quoted where it could be read as something else."""
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return str(value)
    text = str(value)
    if _PLAIN.fullmatch(text) and text.lower() not in _WORDS:
        return text
    return json.dumps(text, ensure_ascii=False)


def flow(value: Any) -> str:
    """A value in one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{scalar(name)}: {flow(item)}" for name, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    return scalar(value)


def lines_of(block: Mapping[str, Any]) -> list[str]:
    """The lines of a mapping, none indented but for what continues a line."""
    lines: list[str] = []
    for name, value in block.items():
        lines += _wrapped(f"{scalar(name)}: ", value)
    return lines


def _wrapped(start: str, value: Any) -> list[str]:
    whole = start + flow(value)
    if len(whole) <= _WIDTH or not isinstance(value, Mapping):
        return [whole]
    lines, line = [], start + "{"
    indent = " " * len(line)
    for number, (name, item) in enumerate(value.items()):
        part = f"{scalar(name)}: {flow(item)}" + ("}" if number == len(value) - 1 else ",")
        if len(line) + len(part) + 1 > _WIDTH and line.strip("{ "):
            lines.append(line.rstrip())
            line = indent
        line += part + " "
    return [*lines, line.rstrip()]
