"""What earlier publications worked out is used where rows are what they were, and nowhere else."""

import datetime as dt
import json
from pathlib import Path

import duckdb
import pytest

from orchestration.publish import PublishedMart, RunInfo, publish, remembered, rollback
from orchestration.publish.calls import Executes
from orchestration.publish.content import content, content_columns
from orchestration.settings import Settings
from tests.orchestration.publish.conftest import DESCRIPTIONS, PASSED, STARTED, publish_leads

# ten leads a month from January 2023 on, the last eight of none
LEADS = """
    create or replace table mart.fct_leads as
    select i as lead_id, case when i < 240 then date '2023-01-01' + interval (i // 10) month end::date as created,
        (i / 4)::decimal(18, 2) as amount, sqrt(i) as score, 'lead ' || i as name, 'run' as _load_id
    from range(248) as r(i)"""


def write(settings: Settings, sql: str) -> None:
    with duckdb.connect(str(settings.warehouse_path)) as warehouse:
        warehouse.execute(sql)


def publish_again(settings: Settings, sql: str = "") -> PublishedMart:
    write(settings, sql)
    return publish(settings, RunInfo("run", STARTED, dt.date(2024, 3, 31), "0.1.0"), PASSED, DESCRIPTIONS)


def told(settings: Settings) -> dict[str, str]:
    """What the published mart says of its tables, once it is found to be what they hold."""
    with duckdb.connect(str(settings.published_path), read_only=True) as mart:
        mart.execute("set TimeZone = 'UTC'")
        said = dict(mart.execute("select table_name, content_hash from _meta.tables").fetchall())
        database = mart.execute("select current_database()").fetchall()[0][0]
        columns = content_columns(mart, database, "mart")
        assert said == {table: content(mart, f"mart.{table}", columns[table])[1] for table in columns}
    return said


@pytest.fixture
def hashed(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """Relation and number of pieces each time that contents are worked out from rows."""
    found: list[tuple[str, int]] = []
    work_out = remembered._worked_out

    def look(connection: Executes, relation: str, *details: object) -> object:
        pieces = work_out(connection, relation, *details)
        found.append((relation, len(pieces)))
        return pieces

    monkeypatch.setattr(remembered, "_worked_out", look)
    return found


def test_a_table_that_is_what_it_was_is_not_worked_out_again(settings: Settings, hashed: list[tuple[str, int]]) -> None:
    publish_again(settings, LEADS)
    first = told(settings)
    assert sorted(hashed) == [('mart."fct_leads"', 25), ('mart."kpi_total"', 1)]  # side by side, so in any order
    hashed.clear()
    # the same rows in another order, of another run
    publish_again(settings, LEADS.replace("'run'", "'next'") + " order by hash(i)")

    assert hashed == []
    assert told(settings) == first


@pytest.mark.parametrize(
    ("change", "months"),
    [
        ("update mart.fct_leads set amount = amount + 0.01 where lead_id = 5", 1),
        ("update mart.fct_leads set name = null where lead_id in (5, 235)", 2),
        ("delete from mart.fct_leads where lead_id = 247", 1),
        ("insert into mart.fct_leads select * from mart.fct_leads where lead_id = 7", 1),
        ("update mart.fct_leads set created = date '2023-02-03' where lead_id = 1", 2),
        ("insert into mart.fct_leads select * replace (date '2031-01-01' as created) from mart.fct_leads limit 1", 1),
        # the very bits, and another value
        ("alter table mart.fct_leads alter amount type decimal(18, 3) using (amount / 10)::decimal(18, 3)", 25),
        ("alter table mart.fct_leads rename name to title", 25),
        ("delete from mart.fct_leads where created < date '2024-01-01'", 0),
    ],
)  # fmt: skip
def test_whoever_changes_a_table_only_its_months_are_worked_out_again(
    settings: Settings, hashed: list[tuple[str, int]], change: str, months: int
) -> None:
    publish_again(settings, LEADS)
    first = told(settings)
    hashed.clear()
    publish_again(settings, change)

    assert hashed == ([('mart."fct_leads"', months)] if months else [])
    assert told(settings)["fct_leads"] != first["fct_leads"]


def test_after_a_rollback_and_on_the_way_forward_every_mart_says_what_it_holds(settings: Settings) -> None:
    publish_leads(settings, "run1", [10])
    publish_leads(settings, "run2", [10, 12])
    second = told(settings)
    rollback(settings)
    assert told(settings) != second
    publish_leads(settings, "run3", [10])
    assert told(settings) != second
    publish_leads(settings, "run4", [12, 10])

    assert told(settings) == second


def test_other_code_or_a_torn_note_lets_everything_be_worked_out(
    settings: Settings, hashed: list[tuple[str, int]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    publish_again(settings)
    note = settings.state_path / "contents.json"
    whole = note.read_text()
    head, said = whole.split("\n")
    ((relation, (columns, pieces)),) = json.loads(said).items()
    ((piece, (*hashes, content_of)),) = pieces.items()
    digit = json.dumps({relation: [columns, {piece: [*hashes, content_of + 1]}]})  # published as it is, if believed
    for said in (whole[: len(whole) // 2], f"other code{whole}", f"{head}\n{digit}", "[]", ""):
        note.write_text(said)
        hashed.clear()
        publish_again(settings)
        assert hashed == [('mart."kpi_total"', 1)]
        assert note.read_text() == whole


def test_what_the_database_takes_for_equal_is_not_taken_for_the_same_text(settings: Settings) -> None:
    publish_again(settings, "create table mart.waits as select interval '30 days' as wait, 1 as number")
    thirty_days = told(settings)["waits"]
    publish_again(settings, "create or replace table mart.waits as select interval '1 month' as wait, 1 as number")

    assert told(settings)["waits"] != thirty_days


def test_a_table_of_too_many_months_is_worked_out_each_time(settings: Settings, hashed: list[tuple[str, int]]) -> None:
    days = "select date '0800-01-01' + i::integer as day from range(0, 400000, 28) as r(i)"
    publish_again(settings, f"create table mart.dim_date as {days}")
    publish_again(settings)

    assert sorted(relation for relation, _ in hashed) == ['mart."dim_date"', 'mart."dim_date"', 'mart."kpi_total"']
    assert told(settings)


def test_a_note_that_can_not_be_read_stops_no_publication(settings: Settings) -> None:
    publish_again(settings)
    note = settings.state_path / "contents.json"
    note.unlink()
    note.mkdir()
    assert publish_again(settings).warnings[0].startswith("contents were not noted")
    assert told(settings)
