"""Names of months in dates, whatever language they are in."""

import duckdb
import pytest
from babel import Locale

from orchestration.extracts.type.months import LANGUAGES, MORE, month_numbers
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
        ("5 stycznia 2026", "%d %b %Y", "2026-01-05"),
        ("3 paź 2026", "%d %b %Y", "2026-10-03"),
        ("3 listopada 2026", "%d %b %Y", "2026-11-03"),
        ("3 lug 2026", "%d %b %Y", "2026-07-03"),
        ("3 mrt. 2026", "%d %b %Y", "2026-03-03"),
        ("3 Ağustos 2026", "%d %b %Y", "2026-08-03"),
        ("3. září 2026", "%d. %b %Y", "2026-09-03"),
        ("Tue, Mar 3, 2026", "%a, %b %d, %Y", "2026-03-03"),
        ("mar. 3 mars 2026", "%a %d %b %Y", "2026-03-03"),  # mardi, in March
        ("Di., 03.03.2026", "%a, %d.%m.%Y", "2026-03-03"),
        ("Mon,02.03.2026", "%a,%d.%m.%Y", "2026-03-02"),  # no blank after the weekday
        ("Monday/02.03.2026", "%A/%d.%m.%Y", "2026-03-02"),
        ("Mon-02-03-2026", "%a-%d-%m-%Y", "2026-03-02"),
        ("Monday02.03.2026", "%A%d.%m.%Y", "2026-03-02"),
        ("Mar 3, 2026", "%a, %b %d, %Y", None),  # of a Tuesday, no month is left
        ("Sprint 03.03.2026", "%a %d.%m.%Y", None),
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
        ("202601", "2026-01-01"), ("202613", None), ("201012", None), ("maj 2026", "2026-05-01"),
        ("13.2026", None), ("Q1 2026", None), ("spring 2026", None),
    ],
)  # fmt: skip
def test_a_month_in_words_or_numbers(value: str, month: str | None) -> None:
    assert read(value, "month") == month


def test_no_name_means_two_months() -> None:
    """Each language's own names, those of Unicode, are what the one table of all says."""
    known = month_numbers()
    for language in (*LANGUAGES, *MORE):
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in Locale(language).months[context][width].items():
                    assert known.get(name.lower().rstrip("."), number) == number, (language, name)
