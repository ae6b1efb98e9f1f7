"""The macro `connected_components`, as DuckDB has it and in rounds: who is joined with whom, whatever the shape."""

import itertools
import random
from collections.abc import Callable

import duckdb
import pytest
from jinja2 import Environment, FileSystemLoader

from orchestration.extracts.sources import DBT_PROJECT
from tests.dbt_project import rounds

MACROS = DBT_PROJECT / "macros" / "engine"
MODULE = (
    Environment(loader=FileSystemLoader(MACROS), extensions=["jinja2.ext.do"])
    .get_template("connected_components.sql")
    .module
)
FORMS = {name: getattr(MODULE, f"{name}__connected_components")("edges") for name in ("duckdb", "default")}
REPEAT_WHILE = rounds.condition("int_people__components")
Edges = list[tuple[int, int]]
Components = Callable[[Edges], dict[int, int]]


@pytest.fixture(params=FORMS)
def components(request: pytest.FixtureRequest) -> Components:
    """Node -> smallest node of its component, by one of the forms."""

    def found(edges: Edges) -> dict[int, int]:
        with duckdb.connect() as engine:
            engine.execute("create table edges (a bigint, b bigint)")
            engine.executemany("insert into edges values (?, ?)", edges)
            rounds.build(engine, "components", FORMS[request.param], REPEAT_WHILE)
            return dict(
                engine.execute("select node, min(node) over (partition by component) from components").fetchall()
            )

    return found


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


def test_a_record_joins_what_stands_in_it(components: Components) -> None:
    assert components([(2, 1), (2, 3), (5, 4)]) == {1: 1, 2: 1, 3: 1, 4: 4, 5: 4}


@pytest.mark.parametrize("length", [2, 60, 1500])
def test_a_chain_is_one_component_in_order_and_out_of_order(components: Components, length: int) -> None:
    in_order = [(node, node + 1) for node in range(1, length)]
    assert set(components(in_order).values()) == {1}
    nodes = random.Random(length).sample(range(1, length + 1), length)
    assert set(components(list(itertools.pairwise(nodes))).values()) == {1}


def test_any_graph(components: Components) -> None:
    for seed in range(8):
        dice = random.Random(seed)
        size = dice.choice([8, 80, 800])
        edges = [(dice.randrange(size), dice.randrange(size)) for _ in range(size // dice.choice([1, 2]))]
        edges = [edge for edge in edges if edge[0] != edge[1]]
        assert components(edges) == joined(edges), seed
