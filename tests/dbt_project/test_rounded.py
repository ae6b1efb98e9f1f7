"""The macro `rounded`: what DuckDB's `round` makes of a float, said so that every engine makes it."""

from pathlib import Path

import duckdb
from jinja2 import Environment, FileSystemLoader

MACROS = Path(__file__).parents[2] / "dbt_project" / "macros" / "money"
ROUNDED = Environment(loader=FileSystemLoader(MACROS)).get_template("rounded.sql").module.rounded  # type: ignore[attr-defined]


def test_a_float_is_what_round_makes_of_it_on_duckdb() -> None:
    """Means of two, three and eight amounts to the cent: of two every other one ends in half a cent."""
    means = "select range / 100.0 / parts as x from range(1, 2000000, 7), (values (2), (3), (8)) as p (parts)"
    counted = f"""
        select count(*), count(*) filter (where {ROUNDED("x", 2)} = round(cast(x as double), 2)),
            count(*) filter (where {ROUNDED("-x", 9)} = -round(cast(x as double), 9))
        from ({means})"""
    rows, alike, alike_below_zero = duckdb.execute(counted).fetchall()[0]
    assert rows == alike == alike_below_zero > 800_000
