"""The graph of all nodes, drawn once for a process: dbt draws it anew for each build, which takes it half a second."""

import functools
from typing import Any

_drawn: dict[str, Any] = {}  # the manifest, and its graph with the edges of tests


def install() -> None:
    """Let all builds of a manifest use one graph, and let circles be looked for the fast way."""
    import networkx
    from dbt.compilation import Compiler, Linker
    from dbt.graph import Graph

    compiler: Any = Compiler
    linker: Any = Linker
    compile_, find_cycles = compiler.compile, linker.find_cycles

    @functools.wraps(find_cycles)
    def found(self: Any) -> str | None:
        said: str | None = None if networkx.is_directed_acyclic_graph(self.graph) else find_cycles(self)
        return said

    @functools.wraps(compile_)
    def compiled(self: Any, manifest: Any, write: bool = True, add_test_edges: bool = False) -> Any:
        if not add_test_edges:
            return compile_(self, manifest, write, add_test_edges)
        self.initialize()
        if _drawn.get("manifest") is not manifest:
            _drawn.update(manifest=manifest, graph=compile_(self, manifest, write, add_test_edges).graph)
        return Graph(_drawn["graph"])

    linker.find_cycles, compiler.compile = found, compiled


def link(manifest: Any) -> None:
    """Draw the graph of a manifest before the first build asks for it; its parents and children are known.

    Raises:
        RuntimeError: nodes depend on each other in a circle.
    """
    from dbt.compilation import Linker

    linker = Linker()
    linker.link_graph(manifest)
    linker.add_test_edges_1(manifest)  # what dbt does unless a flag says otherwise
    _drawn.update(manifest=manifest, graph=linker.graph)
