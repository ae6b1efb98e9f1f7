"""Weeks, months, quarters and ranges as reports write them."""

import datetime as dt

import pytest

from orchestration.extracts.type.periods import period_in, period_of


def days(found: tuple[dt.date, dt.date] | None) -> str | None:
    return None if found is None else f"{found[0]:%Y-%m-%d} {found[1]:%Y-%m-%d}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Jan 2026", "2026-01-01 2026-01-31"),
        ("янв. 2026", "2026-01-01 2026-01-31"),
        ("Februar 2024", "2024-02-01 2024-02-29"),
        ("fevereiro de 2024", "2024-02-01 2024-02-29"),
        ("2026-02", "2026-02-01 2026-02-28"),
        ("02.2026", "2026-02-01 2026-02-28"),
        ("202602", "2026-02-01 2026-02-28"),
        ("201002", None),  # may be a day of six digits
        ("2026年2月", "2026-02-01 2026-02-28"),
        ("2026年3月1日～2026年3月31日", "2026-03-01 2026-03-31"),
        ("1 maart 2026 t/m 3 maart 2026", "2026-03-01 2026-03-03"),
        ("Q1 2026", "2026-01-01 2026-03-31"),
        ("2026 Q4", "2026-10-01 2026-12-31"),
        ("2 кв. 2026", "2026-04-01 2026-06-30"),
        ("T3 2026", "2026-07-01 2026-09-30"),
        ("2026-W02", "2026-01-05 2026-01-11"),
        ("KW 2/2026", "2026-01-05 2026-01-11"),
        ("05.01-11.01.2026", "2026-01-05 2026-01-11"),
        ("05.01.2026 – 11.01.2026", "2026-01-05 2026-01-11"),
        ("29.12-04.01.2026", "2025-12-29 2026-01-04"),
        ("2026-01-05 - 2026-01-11", "2026-01-05 2026-01-11"),
        ("Jan 5 - Jan 11, 2026", "2026-01-05 2026-01-11"),
        ("5–11 января 2026", "2026-01-05 2026-01-11"),
        ("11.01.2026-05.01.2026", None),
        ("28-03.01.2026", None),  # 28 of which month?
        ("15.03-14.03.2026", None),
        ("2026-W60", None),
        ("spring 2026", None),
        ("Total", None),
    ],
)
def test_a_period_in_words(text: str, expected: str | None) -> None:
    assert days(period_of(text, None, "range")) == expected


@pytest.mark.parametrize(
    ("period", "expected"),
    [("week", "2026-02-02 2026-02-08"), ("month", "2026-02-01 2026-02-28"), ("quarter", "2026-01-01 2026-03-31"),
     ("range", "2026-02-02 2026-02-02")],
)  # fmt: skip
def test_a_day_stands_for_the_period_around_it(period: str, expected: str) -> None:
    assert days(period_of("02.02.2026", dt.date(2026, 2, 2), period)) == expected


@pytest.mark.parametrize(
    ("title", "month_first", "expected"),
    [
        ("July 8, 2025 - July 31, 2025", False, "2025-07-08 2025-07-31"),
        ("Отчет по кампаниям с 08.01.2024 по 09.01.2024", False, "2024-01-08 2024-01-09"),
        ("Report Time: 1/5/2026 - 1/7/2026", True, "2026-01-05 2026-01-07"),
        ("Report Time: 1/5/2026 - 1/7/2026", False, "2026-05-01 2026-07-01"),
        ("Campaign report 2026", False, None),
    ],
)
def test_the_period_that_a_title_names(title: str, month_first: bool, expected: str | None) -> None:
    assert days(period_in(title, month_first)) == expected


@pytest.mark.parametrize(
    ("period", "text", "expected"),
    [("week", "202602", "2026-01-05 2026-01-11"), ("week", "202614", "2026-03-30 2026-04-05"), ("week", "202554", None),
     ("month", "202602", "2026-02-01 2026-02-28"), ("range", "202614", None)],
)  # fmt: skip
def test_six_digits_are_a_week_only_where_weeks_are_meant(period: str, text: str, expected: str | None) -> None:
    assert days(period_of(text, None, period)) == expected
