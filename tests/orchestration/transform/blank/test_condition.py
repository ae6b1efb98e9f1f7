"""When a query gives no row, and that it then really gives none."""

import itertools

import duckdb
import pytest

from orchestration.transform.blank.condition import Condition, Reader, tables_of

WITH_ONE_ROW = {"s.t", "s.u"}
EMPTY: dict[str, Condition] = {
    "select x from s.t": "s.t",
    "with a as (select x from s.t), s as (select x, count(*) as n from a group by x) select * from s": "s.t",
    "select * from s.t cross join s.u": {"any": ["s.t", "s.u"]},
    "select * from s.t, s.u where t.x = u.x": {"any": ["s.t", "s.u"]},
    "select * from s.t left join s.u using (x)": "s.t",
    "select * from s.t right join s.u using (x)": "s.u",
    "select * from s.t full join s.u using (x)": {"all": ["s.t", "s.u"]},
    "select * from s.t semi join s.u using (x)": {"any": ["s.t", "s.u"]},
    "select * from s.t anti join s.u using (x)": "s.t",
    "select * from s.t asof left join s.u on t.x >= u.x": "s.t",
    "select * from s.t positional join s.u": {"all": ["s.t", "s.u"]},
    "select x from s.t union all select x from s.u": {"all": ["s.t", "s.u"]},
    "select x from s.t union select 1": False,
    "select x from s.t except select x from s.u": "s.t",
    "select x from s.t intersect select x from s.u": {"any": ["s.t", "s.u"]},
    "select x, sum(x) from s.t group by all": "s.t",
    "select sum(x) over (), lower('A'), split_part('a', '=', 1) from s.t": "s.t",
    "select x, unnest([1, 2]) from s.t": "s.t",
    "select t.x from s.t as t, unnest([1, 2]) as many(one)": "s.t",
    "select x, (select max(x) from s.u) as most from s.t": "s.t",
    "with recursive r as (select x from s.t union all select x + 1 from r where x < 3) select * from r": "s.t",
    # a row whatever the tables hold
    "select count(*) from s.t": False,
    "select count(*) from s.t group by all": False,
    "select sum(sum(x)) over () from s.t": False,
    "select 1 from s.t having count(*) = 0": False,
    "select x, count(*) from s.t group by rollup (x)": False,
    "select x, count(*) from s.t group by grouping sets ((x), ())": False,
    "select 1 from s.t order by max(x)": False,
    "select weighted_avg(x, x) from s.t": False,
    "select * from (values (1)) as v(x) left join s.t using (x)": False,
    "select * from range(3)": False,
    # what DuckDB does not parse, or is no query
    "select from where": False,
    "drop table s.t": False,
}


@pytest.fixture(scope="module")
def connection() -> duckdb.DuckDBPyConnection:
    opened = duckdb.connect()
    opened.execute("create schema s; create table s.t (x integer); create table s.u (x integer)")
    return opened


@pytest.mark.parametrize("sql", EMPTY)
def test_a_query_is_empty_with_these_tables(connection: duckdb.DuckDBPyConnection, sql: str) -> None:
    assert Reader(connection).when_empty(sql) == EMPTY[sql]


def holds(condition: Condition, empty: set[str]) -> bool:
    if isinstance(condition, bool):
        return condition
    if isinstance(condition, str):
        return condition in empty
    ((kind, parts),) = condition.items()
    return (any if kind == "any" else all)(holds(part, empty) for part in parts)


@pytest.mark.parametrize("sql", [sql for sql in EMPTY if not sql.startswith(("select from", "drop"))])
def test_what_is_said_of_it_is_so(connection: duckdb.DuckDBPyConnection, sql: str) -> None:
    """Every choice of tables with a row: where the condition holds, DuckDB finds no row."""
    condition = Reader(connection).when_empty(sql)

    assert tables_of(condition) <= WITH_ONE_ROW
    for filled in itertools.product((False, True), repeat=2):
        for name, has_row in zip(sorted(WITH_ONE_ROW), filled, strict=True):
            connection.execute(f"delete from {name}")
            if has_row:
                connection.execute(f"insert into {name} values (1)")
        empty = {name for name, has_row in zip(sorted(WITH_ONE_ROW), filled, strict=True) if not has_row}
        if holds(condition, empty):
            assert connection.execute(sql).fetchall() == [], empty
