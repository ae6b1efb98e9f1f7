"""The quick cast of a number gives what the cast by itself gives."""

import duckdb
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestration.extracts.sql import as_decimal

NUMBERS = st.from_regex(r"-?[0-9]{0,24}(\.[0-9]{0,12})?", fullmatch=True) | st.text("0159.-+ x_", max_size=12)
# at the edges of 12 digits before the point, of 18 in all, and of rounding
EDGES = [
    "0", "-0", "", "999999999999.999999", "999999999999.9999995", "-999999999999.9999995", "999999999999.9999994",
    "1000000000000", "123456789012345.5", "999999999999999.9999995", "0.0000005", "-0.0000005", "0.0000004",
]  # fmt: skip


@settings(max_examples=5, deadline=None, database=None)
@given(written=st.lists(NUMBERS, max_size=200))
def test_a_wide_number_is_read_as_by_a_cast(written: list[str]) -> None:
    with duckdb.connect() as connection:
        different = connection.execute(
            f"""select v from (select unnest(?::varchar[]) as v)
            where try_cast(v as decimal(21, 6)) is distinct from {as_decimal("v", 21, 6)}
                or try_cast(v as decimal(21, 0)) is distinct from {as_decimal("v", 21, 0)}""",
            [[*EDGES, *written]],
        ).fetchall()
    assert different == []


def test_a_narrow_number_is_one_cast() -> None:
    assert as_decimal("v", 18, 6) == "try_cast(v as decimal(18, 6))"
