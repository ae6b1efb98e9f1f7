"""The macro `in_millionths`: what DuckDB makes of a float as a decimal, said so that every engine makes it."""

from pathlib import Path

import duckdb
from jinja2 import Environment, FileSystemLoader

MACROS = Path(__file__).parents[2] / "dbt_project" / "macros" / "money"
IN_MILLIONTHS = Environment(loader=FileSystemLoader(MACROS)).get_template("in_millionths.sql").module.in_millionths  # type: ignore[attr-defined]


def test_a_float_is_the_decimal_that_a_cast_makes_of_it_on_duckdb() -> None:
    """Amounts to the cent times shares of 32, 64 and 128 parts, which end in half a millionth as often as not."""
    amounts = "select range / 100.0 as amount, range % 128 as part from range(1, 2000000, 7)"
    products = (
        f"select cast(amount as double) * (part / parts) as x from ({amounts}), (values (32), (64), (128)) as p (parts)"
    )
    counted = f"""
        select count(*), count(*) filter (where {IN_MILLIONTHS("x")} = cast(x as decimal(28, 6))),
            count(*) filter (where {IN_MILLIONTHS("-x")} = -cast(x as decimal(28, 6)))
        from ({products})"""
    rows, alike, alike_below_zero = duckdb.execute(counted).fetchall()[0]
    assert rows == alike == alike_below_zero > 800_000
