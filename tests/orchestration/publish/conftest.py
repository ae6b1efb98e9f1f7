import datetime as dt
from pathlib import Path

import duckdb
import pytest

from data_checks.results import CheckResult
from data_checks.run import SUITES
from orchestration.publish import PublishedMart, RunInfo, TableDescription, publish
from orchestration.settings import Publish, Settings

STARTED = dt.datetime(2024, 3, 31, 6, 0, tzinfo=dt.UTC)
DESCRIPTIONS = {"mart.kpi_total": TableDescription("KPIs of the company's whole.", {"leads": "Leads that count."})}


def verdict(suite: str = "leads", severity: str = "critical", success: bool = True) -> CheckResult:
    return CheckResult(
        suite, f"{suite}_key", "intermediate.int_leads", severity, success, 0, 0, None, "Keys are unique."
    )


PASSED = [verdict(suite) for suite in SUITES]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A workspace whose working database holds a mart of one KPI table with two rows."""
    settings = Settings(workspace=tmp_path, company="Acme", publish=Publish(keep=3))
    fill(settings, leads=[10, 12])
    return settings


def fill(settings: Settings, leads: list[int]) -> None:
    with duckdb.connect(str(settings.warehouse_path)) as warehouse:
        warehouse.execute("create schema if not exists mart; create schema if not exists _meta")
        warehouse.execute("create schema if not exists staging; create or replace view staging.stg_x as select 1 as x")
        warehouse.execute("create or replace table mart.kpi_total (leads integer)")
        warehouse.executemany("insert into mart.kpi_total values (?)", [[value] for value in leads])
        warehouse.execute("create or replace table _meta.sources as select 'sheets' as source, 22 as rows_in")


def publish_leads(settings: Settings, run_id: str, leads: list[int]) -> PublishedMart:
    fill(settings, leads)
    return publish(settings, RunInfo(run_id, STARTED, dt.date(2024, 3, 31), "0.1.0"), PASSED, DESCRIPTIONS)


def published_leads(settings: Settings) -> int:
    with duckdb.connect(str(settings.published_path), read_only=True) as mart:
        (leads,) = mart.execute("select sum(leads) from mart.kpi_total").fetchone()
    return leads
