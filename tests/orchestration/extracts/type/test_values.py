"""Values as people and programs write them, and what each becomes."""

from collections.abc import Iterator
from typing import Any

import duckdb
import pytest

from orchestration.extracts.source_specs import ColumnSpec
from orchestration.extracts.type.quick import quick
from orchestration.extracts.type.values import canonical, why_unread
from orchestration.settings import Formats

GERMAN = {"decimal": ",", "thousands": "."}
DAY_FIRST = {"date": "%d.%m.%Y", "timestamp": "%d.%m.%Y %H:%M"}


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute("set TimeZone = 'UTC'")
        yield connection


def read(connection: duckdb.DuckDBPyConnection, written: str, data_type: Any, **formats: Any) -> str | None:
    expression = canonical("written", data_type, Formats(**formats), "Europe/Berlin")
    row = connection.execute(f"select {expression} from (select ?::varchar as written)", [written]).fetchone()
    assert row is not None
    return row[0]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("€ 3.500,00", "3500.00"),
        ("€ 11398,00", "11398.00"),
        ("3000", "3000"),
        ("3.50", None),  # neither a decimal mark nor a group of three
        ("1.234.567,8", "1234567.8"),
        ("R$ 1.000", "1000"),
        ("USD 12", "12"),
        ("12,5 eur", "12.5"),
        ("3\u00a0500,10\u00a0€", "3500.10"),
        ("- 5,5 €", "-5.5"),
        ("\u2212€7", "-7"),
        (",5", "0.5"),
        ("1,5E+3", "1500"),
        ("12 34", None),
        ("TBD 300", None),
        ("#REF!", None),
        ("3,5%", None),
        ("1,2,3", None),
        ("123456789012345678901", None),
        ("10 (25)", None),  # two numbers
        ("100 (USD)", None),
        ("(75,50) €", "-75.50"),
        ("€ (75,50)", "-75.50"),
        ("100,00- EUR", "-100.00"),
        ("-(75,50) €", None),
        ("(75,50) (25)", None),
        ("€ 1.250,-", "1250"),  # no cents
        ("99,-- €", "99"),
        ("99,— €", "99"),
        ("-99,- €", "-99"),
        ("1.250- €", "-1250"),
        ("99,-5", None),
        ("1.250,50 TL", "1250.50"),
        ("1.250 Euro", "1250"),
        ("Rs. 500", "500"),
        ("500 zł", "500"),
        ("500 ГРН", "500"),
        ("500 km", None),
    ],
)
def test_amounts_with_decimal_comma(connection: duckdb.DuckDBPyConnection, written: str, expected: str | None) -> None:
    assert read(connection, written, "decimal", **GERMAN) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("12,34,567.50", "1234567.50"),  # lakh and crore
        ("1,23,456", "123456"),
        ("1,2345", None),
        ("(75.50)", "-75.50"),
        ("($1,200.00)", "-1200.00"),
        ("€ (75.50)", "-75.50"),
        ("100.00-", "-100.00"),
        ("100.00 -", "-100.00"),
        ("(-5)", None),
        ("1-2", None),
        ("(5", None),
        ("-", None),
    ],
)
def test_indian_groups_and_what_accountants_write(
    connection: duckdb.DuckDBPyConnection, written: str, expected: str | None
) -> None:
    assert read(connection, written, "decimal", thousands=",") == expected


def test_swiss_groups_with_either_apostrophe(connection: duckdb.DuckDBPyConnection) -> None:
    assert [read(connection, value, "decimal", thousands="'") for value in ("1'234.50", "1’234.50")] == ["1234.50"] * 2
    assert read(connection, "CHF 1’250.–", "decimal", thousands="'") == "1250"


@pytest.mark.parametrize(
    ("written", "expected"),
    [("1234.5", "1234.5"), ("1,234.5", None), ("1 234.5", "1234.5"), ("144.", "144"), (".", None)],
)
def test_without_a_declared_thousands_mark_none_is_read(
    connection: duckdb.DuckDBPyConnection, written: str, expected: str | None
) -> None:
    assert read(connection, written, "decimal") == expected


@pytest.mark.parametrize(
    ("written", "declared", "expected"),
    [
        ("010126", "%d%m%y", "2026-01-01"),
        ("10126", "%d%m%y", None),  # its zero lost: no 10 December 2006
        ("20260105 9:30", "%Y%m%d %H:%M", "2026-01-05"),
        ("2026115 9:30", "%Y%m%d %H:%M", None),
        ("20260105T093000+0200", "%Y%m%dT%H%M%S%z", "2026-01-05"),
        ("5.1.26", "%d.%m.%y", "2026-01-05"),
    ],
)
def test_without_marks_between_its_numbers_a_day_has_all_its_digits(
    connection: duckdb.DuckDBPyConnection, written: str, declared: str, expected: str | None
) -> None:
    assert read(connection, written, "date", date=declared) == expected


@pytest.mark.parametrize(
    ("written", "expected"), [("5", "5"), ("5.0", "5"), ("5.5", None), ("-3", "-3"), ("five", None), ("1e3", "1000")]
)
def test_whole_numbers(connection: duckdb.DuckDBPyConnection, written: str, expected: str | None) -> None:
    assert read(connection, written, "integer") == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2024-07-01", "2024-07-01"),  # only a date: nothing shifts
        ("2024-07-01 12:00", "2024-07-01 10:00:00+00"),  # no zone: the source's, Berlin
        ("2024-01-01T12:00:00.25", "2024-01-01 11:00:00.25+00"),
        ("2024-07-01T12:00:00Z", "2024-07-01 12:00:00+00"),
        ("2020-11-09 14:20:53.940 UTC", "2020-11-09 14:20:53.94+00"),
        ("2024-07-01 12:00:00+02:00", "2024-07-01 10:00:00+00"),
        ("2024-07-01 12:00 -0530", "2024-07-01 17:30:00+00"),
        ("2021-01-07 6:49:18", "2021-01-07 05:49:18+00"),
        ("2024-02-30 10:00:00", None),
        ("2024-07-01 12:00 tomorrow", None),
        ("01.07.2024", None),
        ("epoch", None),
    ],
)
def test_iso_times_end_in_utc(connection: duckdb.DuckDBPyConnection, written: str, expected: str | None) -> None:
    assert read(connection, written, "timestamp") == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("31.12.2023 10:29", "2023-12-31 09:29:00+00"),
        ("02.04.2024", "2024-04-02"),
        ("31.12.2023 10:29:30", None),
        ("2023-12-31", None),
        ("05.01.23", None),  # %Y would make it the year 23
    ],
)
def test_declared_formats_are_strict(connection: duckdb.DuckDBPyConnection, written: str, expected: str | None) -> None:
    assert read(connection, written, "timestamp", **DAY_FIRST) == expected


def test_declared_offset_is_respected(connection: duckdb.DuckDBPyConnection) -> None:
    formats = {"timestamp": "%d.%m.%Y %H:%M %z"}
    assert read(connection, "31.12.2023 23:29 -0500", "timestamp", **formats) == "2024-01-01 04:29:00+00"
    assert read(connection, "31.12.2023 23:29 -0500", "date", **formats) == "2023-12-31"
    assert read(connection, "01.01.2024 00:29 +0200", "date", **formats) == "2024-01-01"


@pytest.mark.parametrize(
    ("written", "expected"),
    [("2023-07-03 00:00:00", "2023-07-03"), ("2023-07-03T23:00:00-05:00", "2023-07-03"), ("2023-07-03", "2023-07-03")],
)
def test_dates_are_taken_as_written(connection: duckdb.DuckDBPyConnection, written: str, expected: str) -> None:
    assert read(connection, written, "date") == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [("2024-03", "2024-03-01"), ("2024-03-15", "2024-03-01"), ("2024-13", None), ("3/24", None)],
)
def test_months(connection: duckdb.DuckDBPyConnection, written: str, expected: str | None) -> None:
    assert read(connection, written, "month") == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("00:26:43", "1603"),
        ("2 days, 8:05:26", "201926"),
        ("1 day, 0:00:01", "86401"),
        ("30:02:00", "108120"),
        ("3600", "3600"),
        ("1:99:00", None),
        ("soon", None),
    ],
)
def test_durations(connection: duckdb.DuckDBPyConnection, written: str, expected: str | None) -> None:
    assert read(connection, written, "duration") == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("TRUE", "true"),
        ("no", "false"),
        ("1", "true"),
        ("да", "true"),
        ("WAHR", "true"),
        ("não", "false"),
        ("maybe", None),
    ],
)
def test_booleans(connection: duckdb.DuckDBPyConnection, written: str, expected: str | None) -> None:
    assert read(connection, written, "boolean") == expected


@pytest.mark.parametrize(
    ("written", "expected"), [("9999999999 days, 0:00:00", None), ("9999999999:00:00", None), ("1e19", "1" + "0" * 19)]
)
def test_durations_longer_than_any_clock_end_no_run(
    connection: duckdb.DuckDBPyConnection, written: str, expected: str | None
) -> None:
    assert read(connection, written, "duration") == expected


@pytest.mark.parametrize(
    ("written", "data_type", "formats", "expected", "reason"),
    [
        ("2025-06-01T10:00:00+99:00", "timestamp", {}, None, "a time zone beyond 15 hours"),
        ("2025-06-01T10:00-1530", "timestamp", {}, None, "a time zone beyond 15 hours"),
        ("2025-06-01T10:00+15:00", "timestamp", {}, "2025-05-31 19:00:00+00", None),
        (
            "2025-06-01 10:00 +16:00",
            "timestamp",
            {"timestamp": "%Y-%m-%d %H:%M %z"},
            None,
            "a time zone beyond 15 hours",
        ),
        ("2025-06-01 10:00 +03:00", "timestamp", {"timestamp": "%Y-%m-%d %H:%M %z"}, "2025-06-01 07:00:00+00", None),
        ("0001-01", "month", {}, None, "earlier than 1900"),
        ("01.1899", "month", {}, None, "no readable month or date"),
        ("1900-01", "month", {}, "1900-01-01", None),
        ("1899-12-30", "date", {}, None, "earlier than 1900"),
        ("1899-12-30 10:00:00", "timestamp", {}, None, "earlier than 1900"),
        ("yesterday", "date", {}, None, "no readable date"),
    ],
)
def test_what_no_business_writes_is_refused_with_the_reason(
    connection: duckdb.DuckDBPyConnection,
    written: str,
    data_type: Any,
    formats: dict[str, str],
    expected: str | None,
    reason: str | None,
) -> None:
    assert read(connection, written, data_type, **formats) == expected
    column, zone = ColumnSpec("at", data_type), "Europe/Berlin"
    quickly = quick("written", column, Formats(**formats), zone) or "null"
    why = why_unread("written", data_type)
    row = connection.execute(
        f"select {quickly} is null, {why} from (select ?::varchar as written)", [written]
    ).fetchone()
    assert row is not None
    if reason:
        assert row == (True, reason)
