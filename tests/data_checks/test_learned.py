"""Limits that a source teaches, on series whose deviations can be worked out by hand."""

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import duckdb
import pytest

from data_checks.checks import Check
from data_checks.suites import learned

TODAY = dt.date(2025, 6, 30)
VOLUME = learned.anomaly(
    "volume", "leads", "number of leads", "day", value="sum(leads)", where="true", floor="sqrt(usual), 1", threshold="5"
)
FRESH = learned.freshness("fresh", "leads", "day", 7)


@pytest.fixture
def leads() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute("create schema settings")
        connection.execute(f"create table settings.workspace as select date '{TODAY}' as today")
        connection.execute("create table leads (source varchar, day date, leads double)")
        yield connection


def fill(
    leads: duckdb.DuckDBPyConnection, count: Callable[[dt.date], float], days: int = 420, source: str = "crm"
) -> None:
    first = TODAY - dt.timedelta(days=days)
    series = [(source, day, count(day)) for day in (first + dt.timedelta(days=n) for n in range(days))]
    leads.executemany("insert into leads values (?, ?, ?)", [row for row in series if row[2]])


def measured(leads: duckdb.DuckDBPyConnection, check: Check) -> tuple[float, float] | None:
    found: tuple[float, float] | None = leads.execute(check.measure.format(**filled(check))).fetchone()
    return found


def failing(leads: duckdb.DuckDBPyConnection, check: Check) -> list[dict[str, Any]]:
    figure, limit = measured(leads, check) or (0, 0)
    rows = leads.execute(check.rows.format(**filled(check), observed=figure, limit=limit))
    return [dict(zip([c[0] for c in rows.description], row, strict=True)) for row in rows.fetchall()]


def filled(check: Check) -> dict[str, Any]:
    return {"batch": check.table, "threshold": check.threshold, "given": str(check.given).lower()}


def explicit(check: Check, threshold: str) -> Check:
    return dataclasses.replace(check, threshold=Decimal(threshold), given=True)


def test_a_drop_of_a_steady_source_breaks_the_limit_that_it_taught(leads: duckdb.DuckDBPyConnection) -> None:
    # 100 a day for a year, 60 yesterday: (60 - 100) / sqrt(100) = 4 deviations, limit 3 (never any before)
    fill(leads, lambda day: 60 if day == TODAY - dt.timedelta(days=1) else 100)

    assert measured(leads, VOLUME) == (4.0, 3.0)
    assert [(row["what"], row["day"]) for row in failing(leads, VOLUME)] == [("drop", dt.date(2025, 6, 29))]


def test_what_an_explicit_threshold_says_counts_whatever_was_learned(leads: duckdb.DuckDBPyConnection) -> None:
    fill(leads, lambda day: 60 if day == TODAY - dt.timedelta(days=1) else 100)

    assert measured(leads, explicit(VOLUME, "4.5")) == (4.0, 4.5)
    assert failing(leads, explicit(VOLUME, "4.5")) == []


def test_jumps_of_before_excuse_jumps_and_no_drops(leads: duckdb.DuckDBPyConnection) -> None:
    # every 20th day has 180: (180 - 100) / 10 = 8 deviations, more than 1 in 100, so jumps up to 1.5 * 8 are usual
    def count(day: dt.date) -> float:
        if day == TODAY - dt.timedelta(days=1):
            return 180
        if day == TODAY - dt.timedelta(days=2):
            return 50
        return 180 if day.toordinal() % 20 == 0 and day < TODAY - dt.timedelta(days=8) else 100

    fill(leads, count)

    found = {row["what"]: (row["deviations"], row["allowed"]) for row in failing(leads, VOLUME)}
    assert found == {"drop": (5.0, 3.0)}


def test_a_day_of_the_month_that_is_always_so_is_usual(leads: duckdb.DuckDBPyConnection) -> None:
    # invoices come on the last day but one of each month: 29 June, and 30 May, 29 April …
    def count(day: dt.date) -> float:
        last = (day.replace(day=28) + dt.timedelta(days=4)).replace(day=1) - dt.timedelta(days=1)
        return 300 if (last - day).days == 1 else 100

    fill(leads, count, days=420)
    assert measured(leads, VOLUME) == (0.0, 3.0)

    leads.execute("update leads set leads = 300 where day = date '2025-06-27'")
    assert [row["day"] for row in failing(leads, VOLUME)] == [dt.date(2025, 6, 27)]


def test_before_there_is_a_history_the_threshold_of_the_check_holds(leads: duckdb.DuckDBPyConnection) -> None:
    # 8 weeks: four weeks to compare with leave 28 - 7 judged days before, fewer than 60
    fill(leads, lambda day: 60 if day == TODAY - dt.timedelta(days=1) else 100, days=56)
    assert measured(leads, VOLUME) == (4.0, 5.0)


def test_nothing_to_measure_before_four_weeks(leads: duckdb.DuckDBPyConnection) -> None:
    fill(leads, lambda day: 100, days=20)
    assert measured(leads, VOLUME) is None


def test_each_source_has_its_own_gap(leads: duckdb.DuckDBPyConnection) -> None:
    # daily to 26 June: 4 days old, limit 2; weekly to 23 June: 7 days old, limit ceil(1.5 * 7) = 11
    fill(leads, lambda day: float(day <= dt.date(2025, 6, 26)), source="daily")
    fill(leads, lambda day: float((day - dt.date(2025, 6, 23)).days % 7 == 0), source="weekly")

    assert [(row["source"], row["days"], row["allowed"]) for row in failing(leads, FRESH)] == [("daily", 4, 2.0)]
    assert failing(leads, explicit(FRESH, "7")) == []
    assert [row["source"] for row in failing(leads, explicit(FRESH, "6"))] == ["weekly"]


def test_a_source_that_ended_long_ago_is_still_old(leads: duckdb.DuckDBPyConnection) -> None:
    leads.execute("insert into leads values ('old', date '2023-01-01', 1)")
    assert measured(leads, FRESH) == (911, 7.0)
