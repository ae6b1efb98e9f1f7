"""Additions to funnelmart.yml as text: what the user wrote, comments and alignment included, stays to the letter.

The YAML parser only says where; the result is read again and must be what was there plus what was added.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import yaml

from orchestration.errors import SettingsError
from orchestration.settings import read_as_written
from orchestration.settings.block import flow, lines_of

Path = tuple[str | int, ...]  # a number is a place in a list
_TAKE_AWAY = "take {} away"  # the hint in a new workspace beside an empty mapping


def with_sheet(text: str, block: Mapping[str, Any], comment: str = "") -> str:
    """The settings with one more block under `sources.sheets`.

    Raises:
        SettingsError: it can't be added without changing what is there; the message holds the block to paste.
    """
    new = _with_item(text, block, comment)
    wanted = _normal(read_as_written(text) or {})
    sources = wanted["sources"] = wanted.get("sources") or {}
    sources["sheets"] = [*(sources.get("sheets") or []), _normal(_as_text(block))]
    return _checked(new, wanted, "sources.sheets", ["- " + "\n  ".join(lines_of(block))])


def with_entries(text: str, path: Path, entries: Mapping[str, Any]) -> str:
    """The settings with more entries in the mapping at `path`, such as `stages` or `sources`.

    Raises:
        SettingsError: as above.
    """
    new = _with_entries(text, path, lines_of(entries), entries)
    wanted = _normal(read_as_written(text) or {})
    at = wanted
    for name in path:
        if isinstance(name, str):
            at[name] = at.get(name) or {}
        at = at[name]
    at |= _normal(_as_text(entries))
    return _checked(new, wanted, _shown(path), lines_of(entries))


def with_item(text: str, name: str, item: Mapping[str, Any]) -> str:
    """The settings with one more item at the end of a list at their top, such as `channels`.

    Raises:
        SettingsError: as above.
    """
    node, line = _node(text, (name,)), f"- {flow(item)}"
    if isinstance(node, yaml.SequenceNode) and node.value:
        inline = node.flow_style
        new = _before_end(text, node, flow(item)) if inline else _after(
            text, _last_line(node), [line], node.start_mark.column
        )  # fmt: skip
    elif node is None:
        new = _at_end(text, [f"{name}:", f"  {line}"])
    else:
        new = _replace_empty(text, node, [line], _key(text, (name,)).start_mark.column + 2)
    wanted = _normal(read_as_written(text) or {})
    wanted[name] = [*(wanted.get(name) or []), _normal(_as_text(item))]
    return _checked(new, wanted, name, [line])


def with_value(text: str, path: tuple[str, ...], value: Decimal) -> str:
    """The settings with one value in the place of what is there, or added.

    Raises:
        SettingsError: as above.
    """
    node = _node(text, path)
    if node is None:
        return with_entries(text, path[:-1], {path[-1]: value})
    new = text[: node.start_mark.index] + str(value) + text[node.end_mark.index :]
    wanted = at = _normal(read_as_written(text) or {})
    for name in path[:-1]:
        at = at[name]
    at[path[-1]] = str(value)
    return _checked(new, wanted, ".".join(path), [f"{path[-1]}: {value}"])


def _with_item(text: str, block: Mapping[str, Any], comment: str) -> str:
    sheets = _node(text, ("sources", "sheets"))
    item = [*([f"# {comment}"] if comment else []), *_item(block)]
    if isinstance(sheets, yaml.SequenceNode) and sheets.value:
        if sheets.flow_style:
            return _before_end(text, sheets, flow(block))
        return _after(text, _last_line(sheets), item, sheets.start_mark.column)
    if sheets is None:
        entries = ["sheets:", *(f"  {line}" for line in item)]
        return _with_entries(text, ("sources",), entries, {"sheets": [block]})
    key = _key(text, ("sources", "sheets"))
    return _replace_empty(text, sheets, item, key.start_mark.column + 2)


def _with_entries(text: str, path: Path, lines: list[str], entries: Mapping[str, Any]) -> str:
    node = _node(text, path)
    if isinstance(node, yaml.MappingNode) and node.value:
        if node.flow_style:
            return _before_end(text, node, flow(entries)[1:-1])
        return _after(text, _last_line(node), lines, node.start_mark.column)
    if node is None and len(path) > 1:
        within = {str(path[-1]): dict(entries)}
        return _with_entries(text, path[:-1], lines_of(within), within)
    if node is None:
        return _at_end(text, [f"{path[-1]}:", *(f"  {line}" for line in lines)])
    return _replace_empty(text, node, lines, _key(text, path).start_mark.column + 2)


def _at_end(text: str, lines: list[str]) -> str:
    end = "" if text.endswith("\n") or not text else "\n"
    return text + end + "\n" + "\n".join(lines) + "\n"


def _shown(path: Path) -> str:
    return "".join(f"[{name}]" if isinstance(name, int) else f".{name}" for name in path).removeprefix(".")


def _item(block: Mapping[str, Any]) -> list[str]:
    first, *rest = lines_of(block)
    return [f"- {first}", *(f"  {line}" for line in rest)]


def _pairs(text: str, path: Path) -> tuple[yaml.Node, yaml.Node] | None:
    node, found = yaml.compose(text, yaml.SafeLoader), None
    for name in path:
        if isinstance(node, yaml.SequenceNode) and isinstance(name, int):
            found = (node, node.value[name])
        elif isinstance(node, yaml.MappingNode):
            found = next((pair for pair in node.value if pair[0].value == name), None)
        else:
            return None
        if found is None:
            return None
        node = found[1]
    return found


def _node(text: str, path: Path) -> yaml.Node | None:
    pair = _pairs(text, path)
    return pair[1] if pair else None


def _key(text: str, path: Path) -> yaml.Node:
    pair = _pairs(text, path)
    assert pair is not None
    return pair[0]


def _last_line(node: yaml.Node) -> int:
    """Number (from 0) of the last line of a node; what ends a block for the parser may be many comments later."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _last_line(last[1] if isinstance(last, tuple) else last)
    end = node.end_mark
    return end.line - 1 if end.column == 0 and end.line > node.start_mark.line else end.line


def _after(text: str, line: int, lines: list[str], indent: int) -> str:
    written = text.splitlines(keepends=True)
    if not written[line].endswith("\n"):
        written[line] += "\n"
    written[line + 1 : line + 1] = [f"{' ' * indent}{new}\n" for new in lines]
    return "".join(written)


def _before_end(text: str, node: yaml.Node, what: str) -> str:
    at = node.end_mark.index - 1
    before = text[:at].rstrip()
    return f"{before}{'' if before.endswith(',') else ','} {what}{text[at:]}"


def _replace_empty(text: str, node: yaml.Node, lines: list[str], indent: int) -> str:
    """`sources: {}` or `sources:` becomes a block; a comment beside it stays, but for the hint to take {} away."""
    start, end = node.start_mark.index, node.end_mark.index
    if isinstance(node, yaml.ScalarNode) and not node.value:
        end = start  # nothing is written there
    stop = text.find("\n", end)
    stop = len(text) if stop < 0 else stop
    beside = text[end:stop].strip()
    beside = "" if _TAKE_AWAY in beside or beside.startswith("# take [] away") else beside
    head = text[:start].rstrip(" ") + (f"   {beside}" if beside else "")
    return head + "\n" + "\n".join(" " * indent + line for line in lines) + (text[stop:] or "\n")


def _checked(new: str, wanted: Any, key: str, lines: list[str]) -> str:
    try:
        found = _normal(read_as_written(new))
    except yaml.YAMLError:
        found = None
    if found != wanted:
        shown = "\n".join(lines)
        raise SettingsError(
            f"funnelmart.yml: {key}: written in a way that can't be added to; paste this yourself:\n{shown}"
        )
    return new


def _as_text(value: Any) -> Any:
    """What reading as written gives for a value."""
    return read_as_written(flow(value))


def _normal(value: Any) -> Any:
    """Copies, so that aliases of one mapping aren't changed together."""
    if isinstance(value, Mapping):
        return {name: _normal(item) for name, item in value.items()}
    return [_normal(item) for item in value] if isinstance(value, list) else value
