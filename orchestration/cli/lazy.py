"""The group of commands: it knows them by name, and imports the module of the one that is asked for."""

import ast
import functools
import importlib
import inspect
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ClassVar

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command_from_info

from orchestration.cli.document import print_json
from orchestration.errors import UsageError

registered: dict[str, Any] = {}
"""What the modules imported so far have registered, by the name of the command."""


class Outline(TyperCommand):
    """A command whose module is not imported: enough of it for a list of commands."""

    def __init__(self, name: str, module: str) -> None:
        super().__init__(name)
        self._module = module

    @property
    def help(self) -> str | None:
        """The docstring of the command's function, read from the text of its module."""
        return docstrings(self._module).get(str(self.name))

    @help.setter
    def help(self, text: str | None) -> None:
        """Click sets it once; the module says it better."""


class Group(TyperGroup):
    """The commands in the order of `modules`, and mistakes of usage as JSON where JSON was asked for."""

    modules: ClassVar[Mapping[str, str]] = {}

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names as the help shows them."""
        return list(self.modules)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return the command, or its outline where its module is not imported."""
        if cmd_name in registered:
            return get_command_from_info(registered[cmd_name], pretty_exceptions_short=True, rich_markup_mode="rich")
        return Outline(cmd_name, self.modules[cmd_name]) if cmd_name in self.modules else None

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Import the module of the command that `args` begin with."""
        if args and args[0] in self.modules:
            importlib.import_module(f"{__package__}.{self.modules[args[0]]}")
        self.commands = {name: self.get_command(ctx, name) for name in self.modules}  # what may have been meant
        return super().resolve_command(ctx, args)

    def make_context(self, info_name: str | None, args: list[str], parent: Any = None, **extra: Any) -> Any:
        """Remember whether JSON was asked for before anything can go wrong."""
        self._as_json = "--json" in args
        with self._usage_mistakes():
            return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: Any) -> Any:
        """Run the command; a mistake of usage ends with 2."""
        with self._usage_mistakes():
            return super().invoke(ctx)

    @contextmanager
    def _usage_mistakes(self) -> Iterator[None]:
        try:
            yield
        except Exception as error:
            # typer brings its own copy of click, so its class of such errors is known by what it can do
            describe = getattr(error, "format_message", None)
            if describe is None:
                raise
            if hasattr(error, "message"):
                error.message = error.message.replace("Value error, ", "")  # pydantic's own word, which says nothing
            if not self._as_json:
                raise
            exit_code = getattr(error, "exit_code", 2)
            at = getattr(error, "ctx", None)
            step = UsageError.next_step.replace("funnelmart COMMAND", at.command_path if at else "funnelmart")
            print_json({"error": "UsageError", "message": describe(), "exit_code": exit_code, "next_step": step})
            raise typer.Exit(exit_code) from error


@functools.cache
def docstrings(module: str) -> dict[str, str]:
    """The docstrings of the commands of a module, by their names, without importing it."""
    tree = ast.parse(Path(__file__).with_name(f"{module}.py").read_text(encoding="utf-8"))
    return {
        command_name(node.name): inspect.cleandoc(ast.get_docstring(node) or "")
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
        if any(isinstance(mark, ast.Name) and mark.id == "command" for mark in node.decorator_list)
    }


def command_name(function: str) -> str:
    """What users type for the function of that name."""
    return function.removesuffix("_").replace("_", "-")
