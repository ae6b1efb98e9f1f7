"""Nothing half built or unchecked becomes publishable: each step invalidates what comes after it."""

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from data_checks.results import CheckResult
from orchestration.errors import PublishError
from orchestration.settings import Settings
from orchestration.transform import build_record
from orchestration.transform.build_record import BuildRecord, publishable

RECORD = BuildRecord("run1", dt.datetime(2024, 3, 31, 6, tzinfo=dt.UTC), dt.date(2024, 3, 31), rows_loaded=22)
SHARE = CheckResult("leads", "share", "int_leads", "warning", False, 0.1, 2, Decimal("0.05"), "Too many.", [{"id": 1}])
KPI = CheckResult("kpis", "sums", "kpi_total", "critical", True, 0, 0, None, "They add up.")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(workspace=tmp_path, company="Acme")


def test_a_record_reads_back_as_it_was_written(settings: Settings) -> None:
    build_record.save(settings, RECORD)
    build_record.add_checks(settings, ["leads"], [SHARE])
    build_record.complete(settings)

    record = publishable(settings)

    assert (record.run_id, record.today, record.rows_loaded) == ("run1", dt.date(2024, 3, 31), 22)
    assert record.checks == (SHARE,)


def test_nothing_built_is_not_publishable(settings: Settings) -> None:
    with pytest.raises(PublishError):
        publishable(settings)


def test_a_build_that_was_killed_is_not_publishable(settings: Settings) -> None:
    build_record.save(settings, RECORD)

    with pytest.raises(PublishError):
        publishable(settings)


def test_new_raw_data_makes_the_build_unpublishable_even_after_new_marts(settings: Settings) -> None:
    build_record.save(settings, RECORD)
    build_record.complete(settings)

    build_record.invalidate(settings)
    build_record.complete(settings)

    with pytest.raises(PublishError):
        publishable(settings)


def test_marts_built_again_lose_the_verdicts_about_the_old_ones_only(settings: Settings) -> None:
    build_record.save(settings, RECORD)
    build_record.add_checks(settings, ["leads", "kpis"], [SHARE, KPI])

    build_record.reopen(settings, ["kpis"])
    build_record.complete(settings)

    assert publishable(settings).checks == (SHARE,)
