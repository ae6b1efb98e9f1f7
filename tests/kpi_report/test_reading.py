"""A table of the document holds the values of its query as JSON has them, whatever their types."""

from typing import Any

import duckdb
import pytest

from kpi_report.document import _exact, _short, _table


def rows(query: str, figure: Any = _short) -> list[list[Any]]:
    with duckdb.connect() as mart:
        found: list[list[Any]] = _table(mart, query, figure)["rows"]
    return found


def test_values_are_as_short_as_json_can_write_them() -> None:
    query = """
        select 'Ads' as member, date '2024-06-30' as day, timestamp '2024-06-30 13:45:00' as at, true as counts,
            7::integer as few, 12345678901::bigint as many, 3.50::decimal(18, 2) as half, 3.00::decimal(18, 2) as whole,
            0.1::double + 0.2::double as share, 2.0::double as two"""

    assert rows(query) == [["Ads", "2024-06-30", "2024-06-30T13:45:00", True, 7, 12345678901, 3.5, 3, 0.3, 2]]
    assert [type(value) for value in rows(query)[0][4:]] == [int, int, float, int, float, int]
    assert rows(query, _exact)[0][8] == 0.1 + 0.2


def test_what_repeats_and_what_is_missing_stands_where_it_stood() -> None:
    query = "select case when i % 3 > 0 then (i % 3)::double end as x, 'm' || i % 2 as m from range(6) as r(i)"

    assert rows(query) == [[None, "m0"], [1, "m1"], [2, "m0"], [None, "m1"], [1, "m0"], [2, "m1"]]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("sum(i * 1000000000001)", 45000000000045),  # a hugeint, which Arrow would have as a double
        ("list(i order by i)", list(range(10))),
        ("avg(i)", 4.5),
    ],
)
def test_a_type_that_arrow_has_otherwise_keeps_its_value(value: str, said: Any) -> None:
    assert rows(f"select {value} as x, 'all' as m from range(10) as r(i)") == [[said, "all"]]


def test_a_table_without_rows_has_its_columns() -> None:
    with duckdb.connect() as mart:
        assert _table(mart, "select 1 as a, 'x' as b where 1 = 0", _short) == {"columns": ["a", "b"], "rows": []}
