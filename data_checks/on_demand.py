"""A module that is imported when something asks it for anything."""

import importlib
import importlib.util
import sys


def on_demand(name: str) -> None:
    """Let the submodule `name` (`package.module`) be there for those who import it, and be read when it is used.

    For libraries that import at their top what hardly anybody of their users needs.
    """
    if name in sys.modules:
        return
    package, _, module = name.rpartition(".")
    spec = importlib.util.find_spec(name)
    if spec is None or spec.loader is None:
        return
    spec.loader = importlib.util.LazyLoader(spec.loader)
    sys.modules[name] = found = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(found)
    setattr(sys.modules[package], module, found)  # else `from package import module` would ask for it at once
