"""Publication: complete or not at all, whatever goes wrong on the way."""

import dataclasses
import datetime as dt
import errno
import os
from pathlib import Path

import duckdb
import pytest

from data_checks.history import history_path, remember
from orchestration.errors import CannotPublishThereError, ChecksFailedError, FullDiskError, PublishError
from orchestration.publish import RunInfo, aside, files, publication, publish
from orchestration.settings import Engine, Settings
from tests.orchestration.publish.conftest import (
    DESCRIPTIONS,
    PASSED,
    STARTED,
    fill,
    publish_leads,
    published_leads,
    verdict,
)

RUN = RunInfo("run2", STARTED, dt.date(2024, 3, 31), "0.1.0", rows_loaded=22)


def in_mart(settings: Settings, query: str) -> list[tuple]:
    with duckdb.connect(str(settings.published_path), read_only=True) as mart:
        return mart.execute(query).fetchall()


def test_where_little_memory_is_too_little_all_of_it_is_taken(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No table of a million different texts can be written within 1 MB; the file of the first try is not there."""
    with duckdb.connect(str(settings.warehouse_path)) as warehouse:
        warehouse.execute("create table mart.fct_leads as select md5(range::varchar) as lead_key from range(1000000)")
    settings.temporary_path.mkdir(parents=True)  # as in a run
    monkeypatch.setattr(aside, "copying_memory", lambda settings: "1MB")
    settings = settings.model_copy(update={"engine": Engine(memory_limit="1MB")})
    with pytest.raises(PublishError, match="Out of Memory"):
        publish_leads(settings, "run1", [10])

    settings = settings.model_copy(update={"engine": Engine(memory_limit="1GB")})
    publish_leads(settings, "run2", [10])
    assert in_mart(settings, "select count(*) from mart.fct_leads") == [(1_000_000,)]
    assert [path.name for path in settings.publish_path.parent.glob("*.duckdb*")] == ["funnelmart.duckdb"]


def test_the_history_of_the_checks_is_published(settings: Settings) -> None:
    remember(settings, "before", STARTED, [verdict(success=False)])
    remember(settings, "r1", STARTED, PASSED)
    history_path(settings).open("a").write('{"run_id": "torn')
    publish_leads(settings, "r1", [10])

    assert in_mart(settings, 'select run_id, "check", verdict from _meta.check_history limit 2') == [
        ("before", "leads_key", "failed"),
        ("r1", "leads_key", "passed"),
    ]
    assert in_mart(settings, "select count(*) from _meta.check_history") == [(1 + len(PASSED),)]


def test_a_failed_critical_check_that_somebody_accepted_is_published_with_the_reason(settings: Settings) -> None:
    accepted = dataclasses.replace(verdict(success=False), accepted_because="known gap of May")
    publish(settings, RunInfo("r1", STARTED, STARTED.date(), "0.1.0"), [accepted, *PASSED[1:]], DESCRIPTIONS)

    assert in_mart(settings, "select accepted_because from _meta.checks where not success") == [("known gap of May",)]


def test_published_mart_holds_mart_and_meta_and_nothing_else(settings: Settings) -> None:
    published = publish(settings, RUN, PASSED, DESCRIPTIONS)

    assert published.rows == {
        "_meta.check_history": 0,
        "_meta.checks": len(PASSED),
        "_meta.relationships": 0,
        "_meta.run": 1,
        "_meta.sources": 1,
        "_meta.tables": 1,
        "mart.kpi_total": 2,
    }
    assert in_mart(settings, "select leads from mart.kpi_total") == [(10,), (12,)]
    assert in_mart(settings, "select distinct schema_name from duckdb_tables() order by 1") == [("_meta",), ("mart",)]
    assert sorted(os.listdir(settings.published_path.parent)) == ["funnelmart.duckdb", "history"]


def test_run_row_says_when_and_by_what_settings(settings: Settings) -> None:
    publish(settings, RUN, PASSED, DESCRIPTIONS)

    row = in_mart(
        settings,
        "select run_id, started_at, status, company, reporting_currency, today, rows_loaded, mart_rows from _meta.run",
    )
    assert row == [("run2", dt.datetime(2024, 3, 31, 6), "published", "Acme", "EUR", dt.date(2024, 3, 31), 22, 2)]


def test_comments_are_in_the_file(settings: Settings) -> None:
    publish(settings, RUN, PASSED, DESCRIPTIONS)

    assert in_mart(settings, "select comment from duckdb_tables() where table_name = 'kpi_total'") == [
        ("KPIs of the company's whole.",)
    ]
    assert in_mart(settings, "select comment from duckdb_columns() where column_name = 'leads'") == [
        ("Leads that count.",)
    ]
    without = (
        "select table_name, column_name from duckdb_columns() where comment is null and schema_name = '_meta'"
        " and table_name in ('run', 'checks', 'tables')"
    )
    assert in_mart(settings, without) == []


def test_failed_critical_check_leaves_the_published_file_as_it_was(settings: Settings) -> None:
    publish_leads(settings, "run1", [1])
    before = settings.published_path.read_bytes()
    fill(settings, [99])

    with pytest.raises(ChecksFailedError, match="leads_key"):
        publish(settings, RUN, [*PASSED, verdict(success=False)], DESCRIPTIONS)

    assert settings.published_path.read_bytes() == before


def test_failed_warning_is_published_with_its_verdict(settings: Settings) -> None:
    publish(settings, RUN, [*PASSED, verdict(severity="warning", success=False)], DESCRIPTIONS)

    assert in_mart(settings, "select count(*) from _meta.checks where not success") == [(1,)]


def test_a_suite_that_did_not_run_stops_the_publication(settings: Settings) -> None:
    with pytest.raises(PublishError, match="kpis"):
        publish(settings, RUN, [check for check in PASSED if check.suite != "kpis"], DESCRIPTIONS)

    assert not settings.published_path.exists()


def test_a_mart_without_the_kpi_table_is_not_published(settings: Settings) -> None:
    with duckdb.connect(str(settings.warehouse_path)) as warehouse:
        warehouse.execute("drop table mart.kpi_total")

    with pytest.raises(PublishError, match=r"mart\.kpi_total"):
        publish(settings, RUN, PASSED, DESCRIPTIONS)

    assert list(settings.published_path.parent.iterdir()) == []


def test_rows_lost_on_the_way_are_noticed(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    original = publication.build_aside

    def lossy(path: Path, *args: object) -> dict[str, int]:
        rows = original(path, *args)
        with duckdb.connect(str(path)) as mart:
            mart.execute("delete from mart.kpi_total where leads = 10")
        return rows

    monkeypatch.setattr(publication, "build_aside", lossy)

    with pytest.raises(PublishError, match=r"mart\.kpi_total: 1 instead of 2"):
        publish(settings, RUN, PASSED, DESCRIPTIONS)


def test_leftovers_of_a_killed_run_are_removed(settings: Settings) -> None:
    settings.published_path.parent.mkdir()
    leftover = files.aside_path(settings.published_path.parent, "killed")
    leftover.write_bytes(b"half a database")
    leftover.with_name(leftover.name + ".wal").write_bytes(b"its log")

    publish(settings, RUN, PASSED, DESCRIPTIONS)

    assert sorted(os.listdir(settings.published_path.parent)) == ["funnelmart.duckdb", "history"]


def test_a_foreign_write_ahead_log_is_not_replayed_into_the_new_mart(settings: Settings) -> None:
    publish_leads(settings, "run1", [1])
    settings.published_path.with_name("funnelmart.duckdb.wal").write_bytes(b"somebody opened the mart for writing")

    publish_leads(settings, "run2", [5])

    assert published_leads(settings) == 5


def test_what_the_system_refuses_is_no_matter_of_running_again(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish_leads(settings, "run1", [10])
    log = settings.published_path.parent / "history" / "log.jsonl"

    def refusing(*_: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", str(log))

    monkeypatch.setattr("orchestration.publish.publication.planned", refusing)
    with pytest.raises(CannotPublishThereError, match=rf"not published: {log}: Permission denied") as raised:
        publish_leads(settings, "run2", [11])
    assert "run it as its owner" in raised.value.next_step
    assert published_leads(settings) == 10


def test_a_disk_that_runs_full_while_publishing_is_not_taken_for_a_lack_of_rights(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish_leads(settings, "run1", [10])

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", str(settings.published_path))

    monkeypatch.setattr("orchestration.publish.publication.planned", full)
    with pytest.raises(FullDiskError, match="No space left on device"):
        publish_leads(settings, "run2", [11])
    assert published_leads(settings) == 10
