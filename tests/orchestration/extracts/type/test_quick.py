"""The quick way and then the elaborate one give what the elaborate one gives alone, whatever is written."""

from collections.abc import Iterator
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orchestration.extracts.source_specs import ColumnSpec
from orchestration.extracts.type.quick import may_have_edge, quick, quick_text
from orchestration.extracts.type.stored import stored
from orchestration.extracts.type.values import WHITESPACE, canonical
from orchestration.settings import Formats

DAYS = [ColumnSpec("v", "date"), ColumnSpec("v", "timestamp"), ColumnSpec("v", "epoch"), ColumnSpec("v", "month")]
NUMBERS = [
    ColumnSpec("v", "decimal"),
    ColumnSpec("v", "decimal", stored_as="decimal(18, 0)"),
    ColumnSpec("v", "integer"),
    ColumnSpec("v", "boolean"),
    ColumnSpec("v", "duration"),
]
DAY_FIRST = Formats(date="%d.%m.%Y", timestamp="%d.%m.%Y %H:%M")
FORMATS = [
    (Formats(), False),
    (DAY_FIRST, False),
    (DAY_FIRST, True),
    (Formats(date="%Y-%d-%m"), False),
    (Formats(timestamp="%Y%m%d"), False),
    (Formats(timestamp="%d/%m/%Y %H:%M:%S.%f"), True),
    (Formats(timestamp="%d.%m.%Y %H:%M %z"), False),
]
CASES = [(column, *formats) for column in DAYS for formats in FORMATS] + [
    (column, formats, False) for column in NUMBERS for formats in (Formats(), Formats(decimal=",", thousands="."))
]
AWKWARD = [
    "1,234", "2024-1-5", "12", "NaN", "infinity", "1e5", "12e3", "1_000", "0x1F", "0b1", "007", "-0", "+5",
    ".5", "-.5", "5.", "5.0", "--5", "1.5", "1,5", "1.234", "1.234,5", "999999999999.9999999",
    "1000000000000", "99999999999999999999", "9223372036854775807", "-9223372036854775808", "0.1234567",
    "2024-02-30", "2024/01/05", "10000-01-01", "0099-01-01", "1899-12-31", "1900-01-01", "9999-12-31",
    "epoch", "today", "20240105", "01012024", "2024-01-05T10:00:00Z", "2024-01-05T10:00:00.000Z",
    "2024-01-05T10:00:00.123456789Z", "2024-01-05T10:00:00+02:00", "2024-01-05T24:00:00",
    "2024-01-05T23:59:60", "2024-01-05T10:00", "2024-01-05T10:00:00.", "2024-01-05T10:00:00.Z", "2024-01-05Z",
    "2024-01-05T00:00:00.000001", "2024-01-05T00:00:00.000001Z", "2024-01-05T10:00:00.0000000000",
    "2024-01-05T10:00:00+0000", "2024-03-31T02:30:00", "2024-10-27T02:30:00", "9999-12-31T23:30:00",
    "1900-01-01T00:00:00", "1704448800", "1704448800000", "00000001", "1704448800123456", "2024-03",
    "2024-13", "03.2024", "05.01.23", "05.01.2024", "05/01/2024", "1:02:03", "-1", "true", "TRUE", "да",
    "1,5E+3", "2024-01-05 (BC)", "2024-01-05 10:00:00 UTC", "2024-01-05 10:00:00", "05.01.2024 10:00", "",
    "05.01.2024 00:30 +0200",
    " ", "−5", " 12 ",
]  # fmt: skip
PIECES = st.sampled_from([*"0123456789-+.,:/ TZeE_\t\u00a0", "2024", "01", "-01", "00", ":00", "+00", "UTC", "\u2212"])
WRITTEN = st.one_of(
    st.sampled_from(AWKWARD),
    st.tuples(st.sampled_from(["", " ", "\u00a0", "\t"]), st.sampled_from(AWKWARD), st.sampled_from(["", " "])).map(
        "".join
    ),
    st.lists(PIECES, max_size=12).map("".join),
    st.dates().map(str),
    st.datetimes().map(str),
    st.datetimes().map(lambda moment: moment.isoformat() + "Z"),
    st.decimals(allow_nan=False, allow_infinity=False, places=2).map(str),
    st.integers().map(str),
)


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute("set TimeZone = 'UTC'")
        yield connection


@pytest.mark.parametrize(("column", "formats", "typed"), CASES)
def test_the_quick_way_reads_nothing_else(
    connection: duckdb.DuckDBPyConnection, column: ColumnSpec, formats: Formats, typed: bool
) -> None:
    @settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(st.lists(WRITTEN, min_size=100, max_size=100))
    def check(values: list[str]) -> None:
        read = compared(connection, column, formats, typed, [*AWKWARD, *values])
        for value, quickly, text, elaborate, canonic in read:
            if quickly is not None:
                assert (value, quickly, text) == (value, elaborate, canonic)

    check()


def compared(
    connection: duckdb.DuckDBPyConnection, column: ColumnSpec, formats: Formats, typed: bool, values: list[str]
) -> list[tuple[Any, ...]]:
    """Each value untrimmed, as the quick way reads it, and trimmed, as the elaborate one does; both also as text."""
    way = quick("written", column, formats, "Europe/Berlin", typed)
    text = canonical("trimmed", column.data_type, formats, "Europe/Berlin", typed)
    return connection.execute(
        f"""with given as (select unnest(?::varchar[]) as written),
        cells as (select written, nullif(trim(written, {WHITESPACE}), '') as trimmed from given where written <> ''),
        read as (select *, {way} as quickly, {text} as canonic from cells)
        select written, quickly, {quick_text("written", "quickly", column, formats)},
            {stored("canonic", column)}, canonic
        from read""",
        [values],
    ).fetchall()


@settings(max_examples=20, deadline=None, database=None)
@given(values=st.lists(st.text(max_size=6) | WRITTEN, min_size=1, max_size=50))
def test_what_has_no_edge_needs_no_trimming(values: list[str]) -> None:
    with duckdb.connect() as connection:
        rows = connection.execute(
            f"select v, trim(v, {WHITESPACE}) from (select unnest(?::varchar[]) as v) where not {may_have_edge('v')}",
            [[value.replace("\x00", "") for value in values]],
        ).fetchall()
    assert all(written == trimmed for written, trimmed in rows)


@pytest.mark.parametrize(
    ("data_type", "written"),
    [
        ("date", "2024-03-01"),
        ("timestamp", "2024-03-01"),
        ("timestamp", "2024-03-01 10:00:00"),
        ("timestamp", "2024-03-01T10:00:00.250Z"),
        ("epoch", "1704448800"),
        ("month", "2024-03-01"),
        ("decimal", "-1234.50"),
        ("integer", "42"),
        ("boolean", "yes"),
        ("duration", "3600"),
    ],
)
def test_what_programs_write_is_read_quickly(
    connection: duckdb.DuckDBPyConnection, data_type: Any, written: str
) -> None:
    ((_, quickly, _, elaborate, _),) = compared(connection, ColumnSpec("v", data_type), Formats(), False, [written])
    assert quickly is not None
    assert quickly == elaborate
