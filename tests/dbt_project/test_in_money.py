"""The macro `in_money` on DuckDB: narrowed first, a product is rounded as it would be at its whole width."""

from pathlib import Path

import duckdb
from jinja2 import Environment, FileSystemLoader

MACROS = Path(__file__).parents[2] / "dbt_project" / "macros" / "engine"
IN_MONEY = Environment(loader=FileSystemLoader(MACROS)).get_template("in_money.sql").module.duckdb__in_money  # type: ignore[attr-defined]


def in_money(*products: str) -> list[str]:
    rows = ", ".join(f"('{product}')" for product in products)
    query = f"select {IN_MONEY('x')} from (select cast(text as decimal(38, 12)) as x from (values {rows}) as t (text))"
    return [str(value) for (value,) in duckdb.execute(query).fetchall()]


def test_halves_are_rounded_away_from_zero_on_both_sides_of_what_fits() -> None:
    assert in_money("0.0000005", "-0.0000005", "0.000000499999") == ["0.000001", "-0.000001", "0.000000"]
    assert in_money("999999.9999995", "-999999.9999995") == ["1000000.000000", "-1000000.000000"]
    assert in_money("1000000.0000005", "-1000000.0000005") == ["1000000.000001", "-1000000.000001"]
    assert in_money("123456789012.1234565") == ["123456789012.123457"]


def test_any_product_is_what_a_cast_makes_of_it() -> None:
    products = """
        select cast(amount * 0.00007 as decimal(28, 6)) * cast(rate * 0.0001 as decimal(18, 6)) as x
        from (select (range * 7919 - 40000000) * 1009 as amount, range % 20011 - 7 as rate from range(20000))"""
    alike, rows, wide = duckdb.execute(f"""
        select count(*) filter (where {IN_MONEY("x")} = cast(x as decimal(28, 6))), count(*),
            count(*) filter (where abs(x) >= 1000000)
        from ({products})""").fetchall()[0]
    assert alike == rows == 20_000
    assert 0 < wide < rows
    assert duckdb.execute(f"select {IN_MONEY('cast(null as decimal(38, 12))')}").fetchall() == [(None,)]
