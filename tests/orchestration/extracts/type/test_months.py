"""Names of months in dates, whatever of six languages they are in."""

import duckdb
import pytest

from orchestration.extracts.type.values import canonical
from orchestration.settings import Formats


def read(value: str, data_type: str, **formats: str) -> str | None:
    with duckdb.connect() as connection:
        connection.execute("set TimeZone = 'UTC'")
        expression = canonical("v", data_type, Formats.model_validate(formats), "UTC")  # type: ignore[arg-type]
        row = connection.execute(f"select {expression} from (select ? as v)", [value]).fetchone()
    assert row is not None
    return None if row[0] is None else str(row[0])


@pytest.mark.parametrize(
    ("value", "declared", "day"),
    [
        ("12 янв. 2024", "%d %b %Y", "2024-01-12"),
        ("1 мая 2024", "%d %b %Y", "2024-05-01"),
        ("31 Dezember 2023", "%d %B %Y", "2023-12-31"),
        ("3. März 2024", "%d. %B %Y", "2024-03-03"),
        ("1 de mayo de 2024", "%d de %B de %Y", "2024-05-01"),
        ("9 de março de 2024", "%d de %B de %Y", "2024-03-09"),
        ("2 févr. 2024", "%d %b %Y", "2024-02-02"),
        ("Sept. 2, 2024", "%b %d, %Y", "2024-09-02"),
        ("12-jan-24", "%d-%b-%y", "2024-01-12"),
        ("12 foo 2024", "%d %b %Y", None),
        ("31 Feb 2024", "%d %b %Y", None),
        ("Jan 5 2026", "%d %b %Y", None),  # no fifth month's first day
        ("5 Jan, 2026", "%b %d, %Y", None),
    ],
)
def test_a_day_with_a_named_month(value: str, declared: str, day: str | None) -> None:
    assert read(value, "date", date=declared) == day


def test_a_time_with_a_named_month() -> None:
    assert read("31 дек. 2023 10:00", "timestamp", timestamp="%d %b %Y %H:%M") == "2023-12-31 10:00:00+00"


@pytest.mark.parametrize(
    ("value", "month"),
    [
        ("Jan 2026", "2026-01-01"), ("январь 2026 г.", "2026-01-01"), ("Mai 2026", "2026-05-01"),
        ("mayo de 2026", "2026-05-01"), ("01.2026", "2026-01-01"), ("1/2026", "2026-01-01"),
        ("13.2026", None), ("Q1 2026", None), ("spring 2026", None),
    ],
)  # fmt: skip
def test_a_month_in_words_or_numbers(value: str, month: str | None) -> None:
    assert read(value, "month") == month
