"""The content of a table: one number that any engine can come to, worked out here by hand once more."""

import hashlib
from collections.abc import Iterator

import duckdb
import pytest

from orchestration.publish.content import content, content_columns, contents


@pytest.fixture
def mart() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute("set TimeZone = 'UTC'")
        connection.execute("create schema mart")
        yield connection


def content_of(mart: duckdb.DuckDBPyConnection, table: str) -> tuple[int, str]:
    return content(mart, f"mart.{table}", content_columns(mart, "memory", "mart")[table])


def by_hand(*rows: str) -> str:
    numbers = [int(hashlib.md5(row.encode()).hexdigest(), 16) for row in rows]
    return f"{sum(numbers) % 2**128:032x}"


def test_the_text_of_a_row_is_the_one_that_is_written_down(mart: duckdb.DuckDBPyConnection) -> None:
    mart.execute("""
        create table mart.t as
        select 'Größe \\ ' || chr(31) as h_text, 1234.5::double as g_double, 3.50::decimal(18, 2) as f_decimal,
            -7::bigint as e_whole, timestamptz '2024-06-30 15:45:00+02:00' as d_time, true as c_flag,
            date '2024-06-30' as b_date, null::varchar as a_null, 100::decimal(18, 0) as i_round,
            -0.0::double as j_zero, timestamp '2024-06-30 13:45:00.5' as k_utc,
            0.00::decimal(18, 2) as l_nothing
    """)
    row = [
        "\\N", "2024-06-30", "true", "2024-06-30T13:45:00.000000Z", "-7", "3.5", "1.23450000e+03", "Größe \\\\ \\_",
        "100", "0.00000000e+00", "2024-06-30T13:45:00.500000Z", "0",
    ]  # fmt: skip

    assert content_of(mart, "t") == (1, by_hand("\x1f".join(row)))


def test_the_sum_wraps_at_128_bits_and_counts_equal_rows_each(mart: duckdb.DuckDBPyConnection) -> None:
    mart.execute("create table mart.t as select (i % 7)::integer as i from range(100) as r(i)")

    assert content_of(mart, "t") == (100, by_hand(*(str(i % 7) for i in range(100))))


def test_neither_order_of_rows_nor_of_columns_nor_the_load_matters(mart: duckdb.DuckDBPyConnection) -> None:
    mart.execute("create table mart.a as select i, i * 0.1 as x, 'first' as _load_id from range(1000) as r(i)")
    mart.execute("create table mart.b as select 'second' as _load_id, x, i from mart.a order by hash(i)")
    a, b = content_of(mart, "a"), content_of(mart, "b")
    mart.execute("update mart.b set x = x + 0.1 where i = 500")

    assert a == b != content_of(mart, "b")


def test_what_a_double_holds_beyond_nine_digits_is_no_content(mart: duckdb.DuckDBPyConnection) -> None:
    mart.execute("create table mart.a as select 0.1::double + 0.2::double as x")
    mart.execute("create table mart.b as select 0.3::double as x")

    assert content_of(mart, "a") == content_of(mart, "b")


def test_a_null_is_not_the_text_that_marks_it(mart: duckdb.DuckDBPyConnection) -> None:
    mart.execute("create table mart.a as select null::varchar as x")
    mart.execute("create table mart.b as select '\\N' as x")

    assert content_of(mart, "a") != content_of(mart, "b")


def test_a_view_is_listed_but_not_computed(mart: duckdb.DuckDBPyConnection) -> None:
    mart.execute("create table mart.t as select 1 as x; create view mart.v as select * from mart.t union all select 2")

    assert contents(mart) == [
        {"table_name": "t", "rows": 1, "content_hash": by_hand("1"), "part_of": None, "lies_in": None},
        {"table_name": "v", "rows": None, "content_hash": None, "part_of": None, "lies_in": None},
    ]


def test_a_decimal_of_any_size_is_written_without_trailing_zeros(mart: duckdb.DuckDBPyConnection) -> None:
    figures = ["0", "-0.5", "120", "-7", "0.000001", "999999999999.999999", "1000000000000", "-31234567890123456789.25"]
    values = ", ".join(f"({figure}::decimal(38, 6))" for figure in figures)
    mart.execute(f"create table mart.wide as select x from (values {values}) as given(x)")
    mart.execute("create table mart.fine as select unnest([0, 12.5, -3])::decimal(38, 20) as x")
    mart.execute("create table mart.narrow as select unnest([0, 12.5, -3, 99999999.99])::decimal(10, 2) as x")

    assert content_of(mart, "wide") == (8, by_hand(*figures))
    assert content_of(mart, "fine") == (3, by_hand("0", "12.5", "-3"))
    assert content_of(mart, "narrow") == (4, by_hand("0", "12.5", "-3", "99999999.99"))
