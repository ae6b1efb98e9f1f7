"""Reading periods, members, the bridge, goals and findings from a published mart."""

import datetime as dt

import duckdb
import pytest

from orchestration.errors import SettingsError
from orchestration.views.kpi_views import findings, goals, last_day, read_period, why


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025", ("year", dt.date(2025, 1, 1))),
        ("2025-Q2", ("quarter", dt.date(2025, 4, 1))),
        ("2025-05", ("month", dt.date(2025, 5, 1))),
        ("2025-05-12", ("day", dt.date(2025, 5, 12))),
    ],
)
def test_periods_as_people_write_them(text: str, expected: tuple[str, dt.date]) -> None:
    assert read_period(text) == expected


@pytest.mark.parametrize("text", ["May", "2025-13", "2025-Q5", "2025-02-30", "25-01"])
def test_what_is_no_period_is_said(text: str) -> None:
    with pytest.raises(SettingsError, match="--period"):
        read_period(text)


@pytest.fixture
def mart() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute("""
        create table kpi_bridge as select * from (values
            ('revenue', 'month', date '2025-05-01', 'previous_period', 'total', 2, 'average_check', 'sales', 10, 15, 3),
            ('revenue', 'month', date '2025-05-01', 'previous_period', 'total', 1, 'leads', 'marketing', 10, 15, 2),
            ('revenue', 'month', date '2025-05-01', 'previous_year', 'total', 1, 'leads', 'marketing', 5, 15, 10),
            ('revenue', 'month', date '2025-05-01', 'previous_period', 'channel', 1, 'leads', 'marketing', 10, 15, 5)
        ) as t (
            kpi, grain, period_start, comparison, dimension, step, factor, owner, kpi_before, kpi_after, contribution
        );
        alter table kpi_bridge add column base_period_start date default date '2025-04-01';
        alter table kpi_bridge add column is_complete boolean default true;
        create table kpi_comparison_periods as
        select 'month' as grain, date '2025-05-01' as period_start, 'previous_period' as comparison,
            date '2025-04-01' as base_period_start, true as is_complete, date '2025-05-31' as last_day,
            date '2025-04-30' as base_last_day;
        create table dim_kpi as
        select 'revenue' as kpi, 1 as position, 'Revenue' as name_en, 'Выручка' as name_ru, 'revenue' as numerator,
            'currency' as unit;
        create table kpi_total as select 'day' as grain, 10 as revenue, 6 as gross_profit;
        create table kpi_targets as
        select target_id as target_key, parent as parent_target_key, target_id, 'revenue' as kpi, 'total' as scope,
            'Ann' as owner, date '2025-12-31' as due_date, 1.0 as target_value, 1.0 as actual, 1.0 as expected_to_date,
            1.0 as projection, 1.0 as projection_low, 1.0 as projection_high, 'on_track' as status, '' as smart_failing,
            null as gap_owner, 1.0 as required_leads, 1.0 as required_qualified_leads, 1.0 as required_average_check,
            0.0 as marketing_gap, 0.0 as sales_gap, 'sales' as department, 'increase' as direction,
            date '2025-01-01' as start_date
        from (values ('B', 'A'), ('A', null), ('C', 'B'), ('D', null)) as t (target_id, parent);
        create table kpi_alignment as select * from (values
            ('warning', date '2025-05-01', date '2025-05-31', 'new'),
            ('critical', date '2025-04-01', date '2025-04-30', 'grave'),
            ('warning', date '2024-01-01', date '2024-01-31', 'old')
        ) as t (severity, period_start, period_end, message_en);
        alter table kpi_alignment add column grain varchar default 'month';
        alter table kpi_alignment add column owner varchar; alter table kpi_alignment add column rule varchar;
        alter table kpi_alignment add column action_en varchar; alter table kpi_alignment add column evidence varchar;
    """)
    return connection


def test_the_bridge_is_read_in_the_order_of_the_waterfall(mart: duckdb.DuckDBPyConnection) -> None:
    rows = why(mart, "revenue", "month", dt.date(2025, 5, 1))
    assert [(row["factor"], row["contribution"]) for row in rows] == [("leads", 2), ("average_check", 3)]


def test_there_is_no_bridge_of_a_week(mart: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(SettingsError, match="--why revenue: expected a month, quarter or year"):
        why(mart, "revenue", "week", dt.date(2025, 5, 5))


def test_goals_are_a_tree_parents_first(mart: duckdb.DuckDBPyConnection) -> None:
    assert [(row["target_id"], row["depth"]) for row in goals(mart)] == [("A", 0), ("B", 1), ("C", 2), ("D", 0)]


def test_goals_that_serve_each_other_in_a_circle_are_shown(mart: duckdb.DuckDBPyConnection) -> None:
    for own, parent in (("A", "B"), ("D", "D")):
        mart.execute(f"update kpi_targets set parent_target_key = '{parent}' where target_id = '{own}'")
    assert [(row["target_id"], row["depth"]) for row in goals(mart)] == [("A", 0), ("B", 0), ("C", 0), ("D", 0)]


def test_findings_of_a_period_come_gravest_first(mart: duckdb.DuckDBPyConnection) -> None:
    spring = findings(mart, "en", dt.date(2025, 4, 1), dt.date(2025, 6, 30))
    assert [row["message"] for row in spring] == ["grave", "new"]
    assert [row["message"] for row in findings(mart, "en", dt.date(2024, 1, 1), dt.date(2024, 12, 31))] == ["old"]


def test_findings_without_a_period_are_those_of_the_newest_month(mart: duckdb.DuckDBPyConnection) -> None:
    assert [row["message"] for row in findings(mart, "en", None, None)] == ["new"]


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("2025", (2025, 12, 31)),
        ("2025-Q4", (2025, 12, 31)),
        ("2024-02", (2024, 2, 29)),
        ("2024-02-28", (2024, 2, 28)),
        ("9999", (9999, 12, 31)),
        ("9999-Q4", (9999, 12, 31)),
        ("9999-12", (9999, 12, 31)),
    ],
)
def test_the_last_day_of_a_period(text: str, last: tuple[int, int, int]) -> None:
    assert last_day(*read_period(text)) == dt.date(*last)
