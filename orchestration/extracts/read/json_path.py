"""Where a value stands in a nested JSON record, as the source's yml writes it: `a.b[0].c`, `list[code=X].values[0]`.

`^a.b` stands in the object that holds the list of the records.
"""

import re
from dataclasses import dataclass
from typing import Any

_STEP = re.compile(r"([^.\[\]]*)((?:\[[^\]]*\])*)(?:\.|$)")


@dataclass(frozen=True)
class JsonPath:
    """Steps from a record to a value: the name of a member, then what to take of a list.

    A selector is a position (`0`), a condition on a member of the element (`code=X`, whatever its case; the first
    element that meets it) or empty: every element. `outer`: the steps begin at the holder of the records.
    """

    written: str
    steps: tuple[tuple[str, tuple[str, ...]], ...]
    outer: bool = False

    def all(self, value: Any) -> list[Any]:
        """Every value that stands there; nothing where a member is missing or null."""
        found = [value]
        for name, selectors in self.steps:
            if name:
                found = [item[name] for item in found if isinstance(item, dict) and item.get(name) is not None]
            for selector in selectors:
                found = [item for values in found if isinstance(values, list) for item in _select(values, selector)]
        return found

    def held(self, value: Any) -> list[tuple[Any, Any]]:
        """Every value that stands there, each after the object that has it as a member."""
        holders = JsonPath(self.written, self.steps[:-1]).all(value)
        last = JsonPath(self.written, self.steps[-1:])
        return [(holder, found) for holder in holders for found in last.all(holder)]

    def first(self, value: Any) -> Any:
        """The first value that stands there, else None."""
        return next(iter(self.all(value)), None)


def parse_path(written: str) -> JsonPath:
    """Read a path.

    Raises:
        ValueError: a bracket isn't closed, or a step is empty.
    """
    steps: list[tuple[str, tuple[str, ...]]] = []
    outer = written.startswith("^")
    at = int(outer)
    while at < len(written):
        match = _STEP.match(written, at)
        if match is None or match.end() == at or not any(match.groups()):
            raise ValueError(f"{written!r} is no path; expected one such as a.b[0].c or list[code=X].value")
        steps.append((match[1], tuple(re.findall(r"\[([^\]]*)\]", match[2]))))
        at = match.end()
    if not steps:
        raise ValueError("a path is empty; expected one such as a.b[0].c or list[code=X].value")
    return JsonPath(written, tuple(steps), outer)


def is_path(written: str) -> bool:
    """Whether a name of the settings is meant as a path into a list, and not as a column."""
    return ("[" in written and written.endswith("]")) or "]." in written


def _select(values: list[Any], selector: str) -> list[Any]:
    if selector == "":
        return values
    if re.fullmatch(r"\d+", selector):
        return values[int(selector) : int(selector) + 1]
    name, _, wanted = selector.partition("=")
    alike = [
        value
        for value in values
        if isinstance(value, dict) and _text(value.get(name)).casefold() == wanted.strip().casefold()
    ]
    return alike[:1]


def _text(value: Any) -> str:
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value).strip()
