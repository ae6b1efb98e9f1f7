"""Reads funnelmart.yml; every mistake ends in one error that names the file, the key and what was expected."""

import re
from pathlib import Path
from typing import Any, ClassVar

import yaml
from pydantic import ValidationError

from orchestration.errors import NoWorkspaceError, SettingsError
from orchestration.settings.limits import yaml_nodes
from orchestration.settings.meaning import known_keys
from orchestration.settings.place import SETTINGS_FILE, cut, line_and_column, near
from orchestration.settings.workspace import Settings

# What Dagster, dbt and Great Expectations take in the address of a database for options, another character, a variable.
_IN_ADDRESSES = re.compile(r"[?#]|%[0-9A-Fa-f]{2}|\$[A-Za-z_{]")


class _AsWritten(yaml.SafeLoader):
    """YAML whose scalars stay as they are written, since settings name values of files.

    Plain YAML reads `yes` as true, `007` as 7 and `0:26:43` as 1603, and of a key given twice silently takes the last.
    Numbers, dates and booleans are converted where a setting is one.
    """

    yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {  # type: ignore[misc]
        first: [item for item in resolvers if item[0].rpartition(":")[2] in ("null", "merge")]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    def construct_scalar(self, node: yaml.ScalarNode | yaml.MappingNode) -> Any:
        text = super().construct_scalar(node)
        if isinstance(text, str) and any("\ud800" <= character <= "\udfff" for character in text):
            problem = "half of a pair such as \\ud83d is no character; expected the character itself"
            raise yaml.constructor.ConstructorError(None, None, problem, node.start_mark)
        return text

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [key.value for key, _ in node.value]
        for key in keys:
            if keys.count(key) > 1 and key != "<<":
                raise yaml.constructor.ConstructorError(None, None, f"key {key!r} is given twice", node.start_mark)
        return super().construct_mapping(node, deep)


def _size(node: yaml.Node, most: int, known: dict[int, int]) -> int:
    """Values of a node with every alias filled in: ten lines can stand for millions."""
    if id(node) not in known:
        known[id(node)] = most + 1  # what contains itself has no end
        parts = [part for pair in node.value for part in pair] if isinstance(node, yaml.MappingNode) else node.value
        below = 0 if isinstance(node, yaml.ScalarNode) else sum(_size(part, most, known) for part in parts)
        known[id(node)] = 1 + below
    return known[id(node)]


def check_place(workspace: Path) -> None:
    """Refuse a folder that can be no workspace, whatever lies in it.

    Raises:
        SettingsError: its path can't be named in the address of a database.
    """
    if taken := _IN_ADDRESSES.search(str(workspace)):
        raise SettingsError(
            f"{workspace}: its path has {taken.group()!r}, which stands for something else in the address of a "
            "database; expected a folder whose path has no ?, no #, no % before hexadecimal digits, no $ before a word"
        )


def load_settings(workspace: Path) -> Settings:
    """Read and check `<workspace>/funnelmart.yml`.

    Raises:
        SettingsError: the file is missing, is no YAML, or a key or value in it is wrong.
    """
    path = workspace / SETTINGS_FILE
    check_place(workspace)
    try:
        if path.exists() and not path.is_file():  # a named pipe would be waited for without an end
            raise SettingsError(f"{path}: is no regular file; expected the settings of the workspace")
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise NoWorkspaceError(f"{path}: no such file; a workspace is a folder with a {SETTINGS_FILE}") from None
    except UnicodeDecodeError as error:
        raise SettingsError(f"{path}: is not written in UTF-8 (byte {error.start}); save it as UTF-8") from error
    except OSError as error:
        raise SettingsError(f"{path}: can't be read: {error.strerror}") from error
    return parse_settings(text, workspace)


def read_as_written(text: str) -> Any:
    """The content of a settings file, its scalars as text.

    Raises:
        yaml.YAMLError: it is no YAML, or has a key twice.
    """
    try:
        node = yaml.compose(text, _AsWritten)
        most = yaml_nodes(node)
        if node is not None and _size(node, most, {}) > most:
            raise yaml.constructor.ConstructorError(
                None,
                None,
                f"more than {most:,} keys and values (limits.yaml_nodes) once its aliases (*name) are filled in",
            )
        return yaml.load(text, _AsWritten)
    except RecursionError:
        raise yaml.constructor.ConstructorError(None, None, "nested too deeply") from None
    except ValueError as error:  # of the scanner, which makes characters of numbers
        problem = "an escape such as \\U00110000 stands for no character"
        raise yaml.constructor.ConstructorError(None, None, problem) from error


def parse_settings(text: str, workspace: Path) -> Settings:
    """The settings that `text` would be as the file of `workspace`.

    Raises:
        SettingsError: it is no YAML, or a key or value in it is wrong.
    """
    path = workspace / SETTINGS_FILE
    try:
        data = read_as_written(text)
    except yaml.YAMLError as error:
        raise SettingsError(f"{path}{_mark(error)}: not readable as YAML: {_problem(error)}") from error
    if not isinstance(data, dict):
        raise SettingsError(f"{path}: expected keys such as company, reporting, sources; found {type(data).__name__}")
    if "workspace" in data or "sheets" in data:
        name = "workspace" if "workspace" in data else "sheets"
        belongs = "" if name == "workspace" else " (it belongs under sources)"
        raise SettingsError(f"{path}{line_and_column(text, name)}: unknown key {name}{belongs}")
    try:
        return Settings.model_validate({**data, "workspace": workspace.resolve()})
    except ValidationError as error:
        told = [_explain(problem) for problem in error.errors()]
        first, *others = [f"{line_and_column(text, key)}: {key}: {problem}" for key, problem in told]
        raise SettingsError(f"{path}" + "; ".join([first, *(f"{SETTINGS_FILE}{other}" for other in others)])) from error


def _explain(problem: Any) -> tuple[str, str]:
    """The key of a problem, and the problem with what was found or may have been meant."""
    loc = problem["loc"]
    key = re.sub(r"\.(\d+)", r"[\1]", ".".join(str(part) for part in loc if part != "[key]"))
    key = f"sources.{key}" if key.startswith("sheets") else key
    if problem["type"] == "extra_forbidden":
        return key, f"unknown key{near(str(loc[-1]), known_keys(loc[:-1]))}"
    meant = ""
    if problem["type"] == "literal_error":
        meant = near(str(problem["input"]), re.findall(r"'([^']+)'", problem["ctx"]["expected"]))
    is_address = loc[:1] == ("notify",) and "//" in repr(problem["input"])  # which holds a secret
    found = "" if problem["type"] == "missing" or is_address else f" (found {cut(problem['input'])})"
    return key, f"{problem['msg'].removeprefix('Value error, ')}{meant}{found}"


def _mark(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    return f":{mark.line + 1}:{mark.column + 1}" if mark else ""


def _problem(error: yaml.YAMLError) -> str:
    """What is wrong in one line; where it is stands before it."""
    parts = [getattr(error, "context", None), getattr(error, "problem", None)]
    return ", ".join(part for part in parts if part) or " ".join(str(error).split())
