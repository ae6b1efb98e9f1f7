"""Two marts made by hand: what the comparison says differs, and by how much."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from orchestration.errors import CannotCompareError
from orchestration.views.diff import TableDiff, Tolerance, compare_marts
from orchestration.views.diff.marts import both

Mart = Callable[..., Path]


def only(old: Path, new: Path, tolerance: Tolerance | None = None) -> TableDiff:
    """The one table that differs."""
    (table,) = compare_marts(old, new, tolerance).different
    return table


def test_equal_marts_in_another_order_do_not_differ(mart: Mart) -> None:
    shuffled = "create or replace table kpi_by_channel as select * from kpi_by_channel order by leads desc"

    assert compare_marts(mart("a.duckdb"), mart("b.duckdb", shuffled)).different == []


def test_by_itself_it_spills_nothing(mart: Mart) -> None:
    """DuckDB's own place is `.tmp` where the command stands: a checkout, somebody's home."""
    with both(mart("a.duckdb"), mart("b.duckdb")) as connection:
        assert connection.execute("select current_setting('temp_directory')").fetchall() == [("",)]


def test_rows_added_removed_and_changed_are_told_apart_by_their_key(mart: Mart) -> None:
    found = only(
        mart("a.duckdb"),
        mart(
            "b.duckdb",
            "delete from kpi_by_channel where channel = 'Mail'",
            "insert into kpi_by_channel values ('month', '2024-02-01', '2024-02-29', false, 'Fair', 3, 0, null)",
            "update kpi_by_channel set leads = 90, is_complete = false where leads = 100",
        ),
    )

    assert (found.added, found.removed, found.changed) == (1, 1, 1)
    assert found.key == ["grain", "period_start", "channel"]
    assert found.changed_columns == {"is_complete": 1, "leads": 1}
    january = {"grain": "month", "period_start": dt.date(2024, 1, 1)}
    assert found.examples["removed"] == [january | {"channel": "Mail"}]
    assert found.examples["changed"] == [january | {"channel": "Ads"}]


def test_kpis_that_moved_come_largest_first_whatever_their_unit(mart: Mart) -> None:
    """Revenue moves by 80 of at most 8000 (1 %), leads by 12 of 120 (10 %), roas from nothing to 1 of 4 (25 %)."""
    found = only(
        mart("a.duckdb"),
        mart(
            "b.duckdb",
            "update kpi_by_channel set revenue = 7920, leads = 108 where leads = 120",
            "update kpi_by_channel set roas = 1 where channel = 'Mail'",
        ),
    )

    assert [(move.kpi, move.where["channel"], move.old, move.new, move.size) for move in found.moves] == [
        ("roas", "Mail", None, 1, 0.25),
        ("leads", "Ads", 120, 108, 0.1),
        ("revenue", "Ads", 8000, 7920, 0.01),
    ]


def test_a_column_kpi_says_which_kpi_moved(mart: Mart) -> None:
    long = """
        create table kpi_long as
        select grain, period_start, channel as member, 'leads' as kpi, leads * {} as value from kpi_by_channel
        union all
        select grain, period_start, channel as member, 'revenue' as kpi, revenue as value from kpi_by_channel
    """
    factor = "case when channel = 'Mail' then 1.5 else 1.0 end"
    old, new = mart("a.duckdb", long.format("1.0")), mart("b.duckdb", long.format(factor))

    (move,) = only(old, new).moves
    assert (move.kpi, move.column, move.old, move.new) == ("leads", "value", 10, 15)
    assert move.where == {"grain": "month", "period_start": dt.date(2024, 1, 1), "member": "Mail"}


@pytest.mark.parametrize(
    ("tolerance", "differs"), [(None, True), ("0.01", True), ("0.02", False), ("0.0001%", True), ("0.001%", False)]
)
def test_numbers_within_the_tolerance_are_the_same(mart: Mart, tolerance: str | None, differs: bool) -> None:
    new = mart("b.duckdb", "update kpi_by_channel set revenue = 5000.02 where revenue = 5000")
    found = compare_marts(mart("a.duckdb"), new, Tolerance.read(tolerance) if tolerance else None)

    assert bool(found.different) is differs


@pytest.mark.parametrize("text", ["", "little", "-1", "nan", "inf%"])
def test_a_tolerance_is_a_number_or_a_share(text: str) -> None:
    with pytest.raises(CannotCompareError, match=r"0\.1%"):
        Tolerance.read(text)


def test_a_null_is_no_number_within_a_tolerance(mart: Mart) -> None:
    new = mart("b.duckdb", "update kpi_by_channel set roas = null")

    assert only(mart("a.duckdb"), new, Tolerance(1e9)).changed == 2


def test_rows_without_a_key_are_compared_as_a_whole_and_counted(mart: Mart) -> None:
    """Three equal rows against one and another one: two removed, one added."""
    table = "create table fct_costs as select * from (values {}) as v(kind, amount)"
    found = only(
        mart("a.duckdb", table.format("('fair', 1), ('fair', 1), ('fair', 1)")),
        mart("b.duckdb", table.format("('fair', 1), ('agency', 2)")),
    )

    assert (found.key, found.added, found.removed, found.changed) == ([], 1, 2, 0)


def test_columns_and_tables_on_one_side_only_are_said(mart: Mart) -> None:
    old = mart("a.duckdb", "alter table kpi_by_channel drop roas", "create table dim_kpi as select 'leads' as kpi")
    new = mart("b.duckdb", "alter table kpi_by_channel drop leads", "create table dim_date as select 1 as date, 2 as x")
    by_channel, date, kpi = (compare_marts(old, new).different[i] for i in (2, 0, 1))

    assert (by_channel.columns_only_old, by_channel.columns_only_new) == (["leads"], ["roas"])
    assert (by_channel.added, by_channel.removed, by_channel.changed) == (0, 0, 0)
    assert (date.table, date.old_rows, date.new_rows) == ("dim_date", None, 1)
    assert (kpi.table, kpi.old_rows, kpi.new_rows) == ("dim_kpi", 1, None)


def test_another_type_is_said_and_its_figures_compared_as_numbers(mart: Mart) -> None:
    new = mart("b.duckdb", "alter table kpi_by_channel alter revenue type double")

    found = only(mart("a.duckdb"), new)
    assert (found.types, found.changed) == ({"revenue": ("DECIMAL(28,6)", "DOUBLE")}, 0)


def test_a_mart_called_as_its_schema_and_one_without_contents_are_read(mart: Mart) -> None:
    """Published files were called mart.duckdb, where `mart.kpi_by_channel` is ambiguous, and had no _meta.tables."""
    former = mart("former/mart.duckdb")
    new = mart("b.duckdb", "update kpi_by_channel set leads = 11 where leads = 10", recorded=True)

    assert only(former, new).changed == 1


def test_tables_with_the_same_recorded_content_are_not_read(mart: Mart) -> None:
    old, new = mart("a.duckdb", recorded=True), mart("b.duckdb", recorded=True)
    with duckdb.connect(str(new)) as connection:
        connection.execute("delete from mart.kpi_by_channel")  # behind the back of the record

    assert compare_marts(old, new).different == []


def test_a_view_is_compared_with_the_table_that_it_was(mart: Mart) -> None:
    table = "create table kpi_long as select channel, leads from kpi_by_channel"
    view = "create view kpi_long as select channel, leads from mart.kpi_by_channel"
    moved = "update kpi_by_channel set leads = 11 where leads = 10"
    old = mart("a.duckdb", table)

    assert compare_marts(old, mart("b.duckdb", view, recorded=True)).different == []
    different = compare_marts(old, mart("c.duckdb", moved, view, recorded=True)).different
    assert [table.table for table in different] == ["kpi_by_channel", "kpi_long"]


def test_the_same_view_of_equal_tables_is_not_reckoned(mart: Mart) -> None:
    """The comparisons of a large company alone take more memory than all of its tables; this view can't be reckoned."""
    view = "create view kpi_long as select channel, cast(channel as integer) as leads from mart.kpi_by_channel as read"
    found = compare_marts(mart("a.duckdb", view, recorded=True), mart("b.duckdb", view, recorded=True))

    assert found.different == []
    assert [table.follows for table in found.tables] == [False, True]


def test_a_fact_that_lies_in_a_lake_is_not_read_where_its_recorded_content_is_the_same(
    mart: Mart, tmp_path: Path
) -> None:
    """Its folder may be gone, as that of a kept mart is."""
    facts = tmp_path / "facts.parquet"
    write = f"copy (select 1 as amount) to '{facts}' (format parquet)"
    view = f"create view fct_touches as select * from read_parquet('{facts}')"
    marts = mart("a.duckdb", write, view, recorded=True), mart("b.duckdb", view, recorded=True)
    for path in marts:
        with duckdb.connect(str(path)) as connection:
            connection.execute("update _meta.tables set rows = 1, content_hash = 'c' where table_name = 'fct_touches'")
    facts.unlink()

    assert compare_marts(*marts).different == []


def test_a_view_is_reckoned_where_its_sql_or_a_table_is_another(mart: Mart) -> None:
    view = "create view kpi_long as select channel, {} as leads from mart.kpi_by_channel"
    moved = "update kpi_by_channel set leads = 11 where leads = 10"
    old = mart("a.duckdb", view.format("leads"), recorded=True)

    for statements, expected in (
        ([view.format("leads + 0")], []),
        ([view.format("leads + 1")], ["kpi_long"]),
        ([moved, view.format("leads")], ["kpi_by_channel", "kpi_long"]),
    ):
        found = compare_marts(old, mart("b.duckdb", *statements, recorded=True))
        assert [table.table for table in found.different] == expected
        assert not any(table.follows for table in found.tables)
        (old.parent / "b.duckdb").unlink()


def test_a_view_of_one_grain_repeats_its_table_and_is_not_compared(mart: Mart) -> None:
    months = "create view kpi_month_by_channel as select * from kpi_by_channel where grain = 'month'"
    parts = {"kpi_month_by_channel": "kpi_by_channel"}
    old = mart("old.duckdb", months, recorded=True, parts=parts)
    moved = "update kpi_by_channel set leads = 101 where leads = 100"

    found = compare_marts(old, mart("new.duckdb", months, moved, recorded=True, parts=parts))
    since_before = compare_marts(mart("older.duckdb", recorded=True), old)

    assert [table.table for table in found.different] == ["kpi_by_channel"]
    assert not since_before.different, "marts of before had no such views"


def test_what_is_no_mart_can_not_be_compared(mart: Mart, tmp_path: Path) -> None:
    note, empty = tmp_path / "note.duckdb", tmp_path / "empty.duckdb"
    note.write_text("no database")
    duckdb.connect(str(empty)).close()

    for path, reason in ((tmp_path / "nowhere.duckdb", "no such file"), (note, "can't be read"), (empty, "no tables")):
        with pytest.raises(CannotCompareError, match=reason):
            compare_marts(mart("a.duckdb"), path)
        (tmp_path / "a.duckdb").unlink()
