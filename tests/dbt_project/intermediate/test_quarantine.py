"""What is refused, why, and that nothing is lost on the way."""

import datetime as dt

from tests.dbt_project.intermediate.world import World


def test_reasons(world: World) -> None:
    """Line, column and reason by the table of the contract; values show only their shape."""
    found = world.ask("select entity, line, column_name, masked_value, reason from quarantine order by all")
    assert found == [
        ("deal_lines", 10, "line_id", None, "no key"),
        ("deals", 13, "currency", "xxx", "no rate for the currency in the 7 days up to 2024-02-01"),
        ("deals", 15, "closed_at", None, "won or lost without any time it could be counted by"),
        ("deals", 24, "amount", "x/x", "no readable number"),
        ("deals", 26, "currency", "xxx", "no rate for the currency in the 7 days up to 2024-01-21"),
        ("leads", 18, "lead_id", None, "no key"),
        ("leads", 19, "created_at", None, "required time is missing"),
        ("leads", 20, "created_at", "xxxxxxxx", "no readable date or time"),
        ("leads", 21, "created_at", "9999-99-99", "later than tomorrow"),
        ("leads", 40, "created_at", "xxxxxxxx", "no readable date or time"),
        ("products", 3, "product", None, "no key"),
        ("refunds", 5, "refunded_at", "9999-99-99", "later than tomorrow"),
        ("refunds", 6, "deal_id", None, "required value is missing"),
        ("stage_history", 7, "entity", "xxxxxxxxx", "no key: expected leads or deals"),
    ]


def test_tomorrow_is_not_too_late(world: World) -> None:
    assert world.one("int_leads", "n4", "created_date") == dt.date(2024, 6, 16)


def test_every_row_is_accounted_for(world: World) -> None:
    """Of 41 leads 5 are refused and 3 replaced by a newer version; of 25 deals 4 are refused."""
    rows = world.ask(
        """select "table", rows_in, rows_kept, rows_refused, rows_replaced, rows_filtered + rows_empty
        from sources where "table" in ('deals', 'leads') order by 1"""
    )
    assert rows == [("deals", 25, 21, 4, 0, 0), ("leads", 41, 33, 5, 3, 0)]
    assert world.ask("select (select count(*) from int_leads), (select count(*) from int_deals)") == [(33, 21)]
    assert world.ask("select * from sources where rows_in <> rows_kept + rows_refused + rows_replaced") == []


def test_the_newest_day_is_that_of_rows_that_were_kept(world: World) -> None:
    """A lead of 2024-06-17 is refused as later than tomorrow, a refund of 2024-06-20 likewise."""
    newest = world.ask(
        """select "table", newest_data_date from sources where "table" in ('leads', 'refunds') order by 1"""
    )
    assert newest == [("leads", dt.date(2024, 6, 16)), ("refunds", dt.date(2024, 2, 3))]


def test_a_broken_newest_version_leaves_the_good_one_before_it(world: World) -> None:
    """Lines 40 and 26 are in quarantine; a broken version that was corrected later (s4) is only replaced."""
    assert world.one("int_leads", "s3", "product") == "Good"
    assert world.one("int_deals", "d24", "product", "amount") == ("Good", 70)
    assert world.one("int_leads", "s4", "product") == "Corrected"


def test_weeks_begin_on_the_day_of_the_workspace(world: World) -> None:
    """2024-02-03 is a Saturday, 2024-02-04 a Sunday."""
    assert world.ask(
        """select date, period_start, period_end from int_periods
        where grain = 'week' and date between '2024-02-03' and '2024-02-04' order by 1"""
    ) == [
        (dt.date(2024, 2, 3), dt.date(2024, 1, 28), dt.date(2024, 2, 3)),
        (dt.date(2024, 2, 4), dt.date(2024, 2, 4), dt.date(2024, 2, 10)),
    ]


def test_the_calendar_has_every_day_in_every_grain(world: World) -> None:
    """From the first lead to the last one, tomorrow; the running year is not complete."""
    assert world.ask("select min(date), max(date), count(*) from int_periods where grain = 'month'") == [
        (dt.date(2024, 1, 1), dt.date(2024, 6, 16), 168)
    ]
    assert world.ask("select distinct grain from int_periods where date = '2024-06-14' and is_complete") == [("day",)]
