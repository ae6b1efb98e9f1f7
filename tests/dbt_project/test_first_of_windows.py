"""The macro `first_of_windows`, DuckDB's form and the one in rounds: which of a person's records open a window."""

import datetime as dt
import random
from collections.abc import Callable
from typing import Any

import duckdb
import pytest
from jinja2 import Environment, FileSystemLoader

from orchestration.extracts.sources import DBT_PROJECT
from tests.dbt_project import rounds

NOON = dt.datetime(2024, 3, 1, 12)
DAYS = 90
Records = list[tuple[str, str, dt.datetime, bool]]  # person, record, time, whether only the day is known
Openers = Callable[[Records], list[str]]


def form(name: str) -> str:
    """The macro as the engine `name` has it; DuckDB's spelling of differences in both."""
    engine = Environment(loader=FileSystemLoader(DBT_PROJECT / "macros" / "engine"), extensions=["jinja2.ext.do"])
    durations: Any = engine.get_template("durations.sql").module
    spelling = {"days_between": durations.duckdb__days_between, "seconds_between": durations.duckdb__seconds_between}
    module: Any = engine.get_template("first_of_windows.sql", globals=spelling).module
    rendered: str = getattr(module, f"{name}__first_of_windows")("records")
    return rendered


@pytest.fixture(params=["duckdb", "default"])
def openers(request: pytest.FixtureRequest) -> Openers:
    """Keys of the records that open a window, sorted, by one of the forms."""

    def found(records: Records) -> list[str]:
        with duckdb.connect() as engine:
            engine.execute(
                "create table records (person_key varchar, record_key varchar, happened_at timestamp, day date,"
                " is_day_only boolean, days integer)"
            )
            rows = [(person, key, at, at.date(), is_day, DAYS) for person, key, at, is_day in records]
            engine.executemany("insert into records values (?, ?, ?, ?, ?, ?)", rows)
            rounds.build(engine, "openers", form(request.param), rounds.condition("int_leads__openers"))
            return [key for (key,) in engine.execute("select record_key from openers order by all").fetchall()]

    return found


def after(days: int, seconds: int = 0) -> dt.datetime:
    return NOON + dt.timedelta(days=days, seconds=seconds)


def test_a_window_is_open_to_its_last_second(openers: Openers) -> None:
    first, at_its_end, later = ("p", "a", NOON, False), ("p", "b", after(90), False), ("p", "c", after(90, 1), False)
    assert openers([first, at_its_end]) == ["a"]
    assert openers([first, at_its_end, later]) == ["a", "c"]


def test_the_next_window_opens_where_the_one_before_has_ended(openers: Openers) -> None:
    """Day 80 is in the first window, so 100 opens the second one; 170 is in it, 200 opens the third."""
    records: Records = [("p", f"{day:03}", after(day), False) for day in (0, 80, 100, 170, 200)]
    assert openers([*records, ("q", "q", after(80), False)]) == ["000", "100", "200", "q"]


def test_of_a_day_without_a_time_whole_days_count(openers: Openers) -> None:
    """Ninety days and an hour later is no more than ninety days where one side has only a day."""
    assert openers([("p", "a", NOON, True), ("p", "b", after(90, 3600), False)]) == ["a"]
    assert openers([("p", "a", NOON, True), ("p", "b", after(91, -3600), False)]) == ["a", "b"]


def test_any_records(openers: Openers) -> None:
    dice = random.Random(3)
    records: Records = [(dice.choice("pqr"), f"{n:03}", after(dice.randrange(2000)), False) for n in range(120)]
    expected = []
    for person in "pqr":
        until = dt.datetime.min
        for _, key, at, _ in sorted((one for one in records if one[0] == person), key=lambda one: (one[2], one[1])):
            if at > until:
                expected.append(key)
                until = at + dt.timedelta(days=DAYS)
    assert openers(records) == sorted(expected)
