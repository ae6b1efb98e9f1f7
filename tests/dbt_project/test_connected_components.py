"""The macro `connected_components` on DuckDB: who is joined with whom, whatever the shape and the order of nodes."""

import itertools
import random
from pathlib import Path

import duckdb
import pytest
from jinja2 import Environment, FileSystemLoader

MACROS = Path(__file__).parents[2] / "dbt_project" / "macros" / "engine"
COMPONENTS = (
    Environment(loader=FileSystemLoader(MACROS), extensions=["jinja2.ext.do"])
    .get_template("connected_components.sql")
    .module.duckdb__connected_components  # type: ignore[attr-defined]
)
Edges = list[tuple[int, int]]


def components(edges: Edges) -> dict[int, int]:
    with duckdb.connect() as engine:
        engine.execute("create table edges (a bigint, b bigint)")
        engine.executemany("insert into edges values (?, ?)", edges)
        return dict(engine.execute(COMPONENTS("edges")).fetchall())


def joined(edges: Edges) -> dict[int, int]:
    """The same by union-find."""
    parents: dict[int, int] = {}

    def root(node: int) -> int:
        while parents.setdefault(node, node) != node:
            node = parents[node]
        return node

    for a, b in edges:
        smaller, larger = sorted((root(a), root(b)))
        parents[larger] = smaller
    return {node: root(node) for node in parents}


def test_a_record_joins_what_stands_in_it() -> None:
    assert components([(2, 1), (2, 3), (5, 4)]) == {1: 1, 2: 1, 3: 1, 4: 4, 5: 4}


@pytest.mark.parametrize("length", [2, 60, 1500])
def test_a_chain_is_one_component_in_order_and_out_of_order(length: int) -> None:
    in_order = [(node, node + 1) for node in range(1, length)]
    assert set(components(in_order).values()) == {1}
    nodes = random.Random(length).sample(range(1, length + 1), length)
    assert set(components(list(itertools.pairwise(nodes))).values()) == {1}


def test_any_graph() -> None:
    for seed in range(8):
        dice = random.Random(seed)
        size = dice.choice([8, 80, 800])
        edges = [(dice.randrange(size), dice.randrange(size)) for _ in range(size // dice.choice([1, 2]))]
        edges = [edge for edge in edges if edge[0] != edge[1]]
        assert components(edges) == joined(edges), seed
