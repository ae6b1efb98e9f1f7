"""What of a goal falls on each period within it."""

import duckdb
import pytest

from kpi_report.document import QUERIES

QUERY = (QUERIES / "goal_shares.sql").read_text(encoding="utf-8")


@pytest.fixture
def mart() -> duckdb.DuckDBPyConnection:
    """Goals of 1,000 leads and 590 deals from January to February 2025; a year before 10 leads came in January, 25 in
    February and 5 more on its 29th."""
    connection = duckdb.connect()
    connection.execute("""
        create table dim_kpi as select * from (values ('leads', 'sum'), ('won_deals', 'sum'), ('cpl', 'ratio'))
            as t (kpi, kind);
        create table kpi_targets as select * from (values
            ('seasonal', 'leads', 'total', 1000.0, true), ('linear', 'won_deals', 'total', 590.0, false),
            ('one channel', 'leads', 'channel=Ads', 100.0, false), ('ratio', 'cpl', 'total', 50.0, false)
        ) as t (target_key, kpi, scope, target_value, is_seasonal)
        cross join (select date '2025-01-01' as start_date, date '2025-02-28' as due_date);
        create table kpi_total as select * from (values
            ('month', date '2024-12-01', date '2024-12-31'), ('month', date '2025-01-01', date '2025-01-31'),
            ('month', date '2025-02-01', date '2025-02-28'), ('week', date '2025-01-27', date '2025-02-02'),
            ('quarter', date '2025-01-01', date '2025-03-31')
        ) as t (grain, period_start, period_end);
        create table kpi_long as select 'day' as grain, 'total' as dimension, * from (values
            ('leads', date '2023-12-31', 70.0), ('leads', date '2024-01-10', 8.0), ('leads', date '2024-01-31', 2.0),
            ('leads', date '2024-02-05', 25.0), ('leads', date '2024-02-29', 5.0), ('leads', date '2024-03-01', 90.0)
        ) as t (kpi, period_start, value);
    """)
    return connection


def test_parts_follow_last_years_course_or_the_days_and_sum_to_the_goal(mart: duckdb.DuckDBPyConnection) -> None:
    parts = {(key, grain, start.isoformat()): value for key, grain, start, value in mart.execute(QUERY).fetchall()}

    assert parts == {
        ("seasonal", "month", "2025-01-01"): 250,  # 10 of 40
        ("seasonal", "month", "2025-02-01"): 750,
        ("seasonal", "week", "2025-01-27"): 50,  # the 2 of the 31st
        ("linear", "month", "2025-01-01"): 310,
        ("linear", "month", "2025-02-01"): 280,
        ("linear", "week", "2025-01-27"): 70,
    }
