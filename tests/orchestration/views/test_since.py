"""What a publication changed of the one before, worked out by hand on two small marts."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from orchestration.views.since import Since, compared

TODAY = "2024-03-05"
MART = """
    create schema mart; create schema _meta;
    create table _meta.run as select timestamp '2024-03-05 06:00:00' as finished_at, date '2024-03-05' as today;
    create table mart.dim_kpi as select * from (values
        ('leads', 1, 'sum', false), ('qualified_leads', 2, 'sum', true), ('revenue', 3, 'sum', false),
        ('cpl', 4, 'ratio', false)
    ) as t (kpi, position, kind, matures);
    create table mart.kpi_total as select * from (values
        ('day', date '2024-03-01', true, 5, 2, 100.00, 8.0), ('day', date '2024-03-02', true, 4, 1, 0.00, null),
        ('day', date '2024-03-05', false, 1, 0, 10.00, 2.0),
        ('month', date '2024-02-01', true, 90, 40, 5000.00, 10.0),
        ('month', date '2024-03-01', false, 10, 3, 110.00, 6.0)
    ) as t (grain, period_start, is_complete, leads, qualified_leads, revenue, cpl);
"""
Mart = Callable[..., Path]


@pytest.fixture
def mart(tmp_path: Path) -> Mart:
    def write(name: str, *changes: str) -> Path:
        path = tmp_path / name
        with duckdb.connect() as connection:
            connection.execute(f"attach '{path}' as written; use written; {MART}")
            for change in changes:
                connection.execute(f"update mart.kpi_total set {change}")
        return path

    return write


def since(new: Path, before: Path) -> Since | None:
    with duckdb.connect() as connection:
        connection.execute(f"attach '{new}' as published (read_only); use published.mart")
        return compared(connection, before)


def test_days_restated_and_months_moved_the_largest_first(mart: Mart) -> None:
    new = mart(
        "new.duckdb",
        "revenue = 120 where grain = 'day' and period_start = '2024-03-01'",
        "revenue = 5500, cpl = 5 where period_start = '2024-02-01'",
    )

    found = since(new, mart("old.duckdb"))

    assert found is not None
    assert found.built_at == dt.datetime(2024, 3, 5, 6)
    assert found.days == [dt.date(2024, 3, 1)]
    february = dt.date(2024, 2, 1)
    assert found.moves == [("cpl", february, 10, 5), ("revenue", february, Decimal(5000), Decimal(5500))]


def test_what_grows_by_itself_is_no_restatement(mart: Mart) -> None:
    """The day that was not over, the month that was not, a KPI that matures."""
    new = mart(
        "new.duckdb",
        "leads = 9 where period_start = '2024-03-05'",
        "leads = 18 where grain = 'month' and period_start = '2024-03-01'",
        "qualified_leads = qualified_leads + 1",
    )

    found = since(new, mart("old.duckdb"))

    assert found is not None
    assert (found.days, found.moves) == ([], [])


def test_a_mart_that_can_not_be_read_tells_nothing(mart: Mart, tmp_path: Path) -> None:
    (tmp_path / "damaged.duckdb").write_bytes(b"no mart")

    assert since(mart("new.duckdb"), tmp_path / "damaged.duckdb") is None
