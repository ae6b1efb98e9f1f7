"""What Great Expectations makes once within a run is what it makes each time by itself."""

from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import great_expectations.expectations as gxe
from great_expectations.core.id_dict import IDDict
from great_expectations.expectations.expectation import Expectation

from data_checks.made_once import configurations_made_once, keep_no_project, plain_words_at_once
from data_checks.rows_at_fault import RowsAtFault


def between(**more: Any) -> Expectation:
    return gxe.ExpectColumnValuesToBeBetween(column="amount", min_value=1, meta={"check": "a"}, **more)


def test_configurations_are_those_that_are_made_each_time() -> None:
    expectations = [between(), between(max_value=5), RowsAtFault(unexpected_rows_query="select 1", severity="info")]
    each_time = [one.configuration.to_json_dict() for one in expectations]
    made = Expectation.configuration

    with configurations_made_once():
        found = [[one.configuration.to_json_dict() for one in expectations] for _ in range(2)]

    assert found == [each_time] * 2
    assert Expectation.configuration is made


def test_an_expectation_that_changes_has_another_configuration() -> None:
    expectation: Any = between()
    with configurations_made_once():
        assert "max_value" not in expectation.configuration.kwargs
        expectation.max_value = 7
        assert expectation.configuration.kwargs["max_value"] == 7


def test_what_one_changes_of_a_configuration_no_other_sees() -> None:
    expectation = between()
    with configurations_made_once():
        expectation.configuration.kwargs.update(batch_id="warehouse")
        expectation.configuration.meta.clear()
        assert "batch_id" not in expectation.configuration.kwargs
        assert expectation.configuration.meta == {"check": "a"}


def test_names_of_metrics_are_the_same() -> None:
    documents: list[dict[Any, Any]] = [
        {"column": "amount", "row_condition": None, "batch_id": "b", "strict": True, "limit": 3},
        {"column": "amount", "limit": 2.5},
        {"columns": ["a", "b"], "limit": Decimal("1.5")},
        {1: "a", "b": {"c": None}},
        {"column": "amount"},
        {},
    ]
    names = [IDDict(document).to_id() for document in documents]
    with plain_words_at_once():
        assert [IDDict(document).to_id() for document in documents] == names


def test_a_project_in_memory_is_not_written() -> None:
    written: list[str] = []
    context = SimpleNamespace(variables=SimpleNamespace(save=lambda: written.append("yaml")))
    keep_no_project(context)
    context.variables.save()
    assert written == []
