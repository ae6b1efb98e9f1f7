"""Modules that a library imports at its top and hardly anybody of its users needs."""

import importlib
import importlib.util
import sys
import threading
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any


class _OnDemand(ModuleType):
    """Stands for a module until something asks it for anything, and passes all questions on from then on."""

    def __getattr__(self, name: str) -> Any:
        with _lock:
            if sys.modules.get(self.__name__) is self:
                del sys.modules[self.__name__]
        return getattr(importlib.import_module(self.__name__), name)


_lock = threading.Lock()


def on_demand(name: str) -> None:
    """Let the module `name` be there for those who import it, and be read when it is used."""
    if name in sys.modules:
        return
    spec = importlib.util.find_spec(name)
    if spec is None:
        return
    sys.modules[name] = stand_in = _OnDemand(name)
    stand_in.__spec__ = spec
    package, _, module = name.rpartition(".")
    if package:  # else `from package import module` would ask for it at once
        setattr(sys.modules[package], module, stand_in)


class _Absent:
    """A finder that finds nothing of some modules, for one thread."""

    def __init__(self, names: Collection[str]) -> None:
        self._names, self._thread = frozenset(names), threading.get_ident()

    def find_spec(self, name: str, path: object = None, target: object = None) -> None:
        """Answer for Python's import."""
        if name in self._names and threading.get_ident() == self._thread:
            raise ModuleNotFoundError(f"{name} is not wanted here", name=name)


@contextmanager
def absent(*names: str) -> Iterator[None]:
    """Within the block this thread finds no modules of these names, as if they were not installed; others do."""
    finder: Any = _Absent(names)
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)
