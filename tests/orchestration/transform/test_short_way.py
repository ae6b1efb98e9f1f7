"""What there is by the name of a relation is what dbt finds by going through all that it knows."""

from types import SimpleNamespace
from typing import Any

import pytest
from dbt.adapters.cache import RelationsCache
from dbt.adapters.duckdb.relation import DuckDBRelation

from orchestration.transform.within_dbt.short_way import _existing


def relation(schema: str, name: str) -> Any:
    return DuckDBRelation.create(database="warehouse", schema=schema, identifier=name, type="table")


@pytest.fixture
def adapter() -> Any:
    """One that knows two tables, and notes what it is asked for."""
    cache = RelationsCache()
    cache.add(relation("mart", "deals"))
    cache.add(relation("mart", "Leads"))
    cache.update_schemas([("warehouse", "mart")])
    asked: list[str] = []
    return SimpleNamespace(cache=cache, asked=asked, get_relation=lambda *names: asked.append(".".join(names)))


def test_what_is_known_is_found_at_once(adapter: Any) -> None:
    found = _existing(adapter, relation("mart", "deals"))
    assert (found.type, found.identifier) == ("table", "deals")
    assert _existing(adapter, relation("mart", "goals")) is None
    assert adapter.asked == []


def test_dbt_is_asked_for_a_schema_that_it_has_not_looked_at_and_for_a_name_in_other_letters(adapter: Any) -> None:
    _existing(adapter, relation("_meta", "run"))
    _existing(adapter, relation("mart", "leads"))
    assert adapter.asked == ["warehouse._meta.run", "warehouse.mart.leads"]
