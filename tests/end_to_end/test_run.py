"""The whole way on the minimal workspace: figures by hand, nothing loaded twice, nothing published that is wrong."""

import datetime as dt
import json
import shutil
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from orchestration.cli.job import execute
from orchestration.cli.steps import Steps
from orchestration.errors import ChecksFailedError
from orchestration.extracts.sources import DBT_PROJECT
from orchestration.settings import load_settings
from orchestration.transform import command, manifest
from tests.end_to_end.command import MARCH, funnelmart, published
from tests.minimal_workspace import DEALS, make_workspace
from tests.reordered import EVERY_FIGURE, shuffle_and_split


def test_figures_are_those_worked_out_by_hand(workspace: Path) -> None:
    assert published(workspace, MARCH) == [(2, 1, Decimal("1200.00"), Decimal("100.00"))]


def test_where_the_time_went_is_written_down(workspace: Path) -> None:
    note = json.loads((workspace / ".funnelmart" / "last_run.json").read_text())

    assert {"start-up", "landing", "dbt", "checks", "publish"} <= note["steps"].keys()
    assert abs(sum(note["steps"].values()) - note["total"]) < 0.1


def test_the_same_again_does_nothing_at_all(workspace: Path) -> None:
    settings = load_settings(workspace)
    mart, kept = settings.published_path.read_bytes(), sorted((workspace / "published").rglob("*"))
    [built_by] = published(workspace, "select run_id from _meta.run")

    result = funnelmart("run", "--json", workspace=workspace)
    said = json.loads(result.stdout)
    note = json.loads((workspace / ".funnelmart" / "last_run.json").read_text())
    last = json.loads(funnelmart("status", "--json", workspace=workspace).stdout)["last_run"]

    assert result.returncode == 0, result.stdout + result.stderr
    assert (said["status"], said["published_by"], note["status"]) == ("nothing_new", built_by[0], "nothing new")
    assert settings.published_path.read_bytes() == mart
    assert sorted((workspace / "published").rglob("*")) == kept
    assert (last["run_id"], last["status"], last["nothing_new"]) == (said["run_id"], "success", True)


def test_the_same_extracts_built_again_load_nothing_and_give_the_same_figures(workspace: Path) -> None:
    figures = "select * exclude (value), round(value, 6) from kpi_long order by all"
    before = published(workspace, figures)

    result = funnelmart("run", "--force", "--json", workspace=workspace)

    assert result.returncode == 0, result.stdout + result.stderr
    assert json.loads(result.stdout)["status"] == "published"
    assert published(workspace, "select rows_loaded from _meta.run") == [(0,)]
    assert published(workspace, figures) == before


def test_the_same_rows_shuffled_and_split_over_files_give_the_same_figures(workspace: Path, tmp_path: Path) -> None:
    split = make_workspace(tmp_path / "acme")
    for name, slices in (("leads", None), ("deals", None), ("spend", ["date"])):
        shuffle_and_split(split / "extracts" / f"{name}.csv", parts=2, together=slices)

    result = funnelmart("run", workspace=split)

    assert result.returncode == 0, result.stdout + result.stderr
    assert published(split, "select sum(files) from _meta.sources") == [(6,)]
    for table, figures in EVERY_FIGURE.items():
        assert published(split, figures) == published(workspace, figures), table


def test_a_lead_dated_tomorrow_is_kept_and_counts_from_tomorrow_on(tmp_path: Path) -> None:
    """As an evening in UTC is tomorrow in Berlin. No KPI counts it yet, so no stage of the funnel does."""
    folder = make_workspace(tmp_path / "acme")  # whose today is 31 March
    with (folder / "extracts" / "leads.csv").open("a", encoding="utf-8") as leads:
        leads.write("L9,2024-04-01 09:00:00,dan@example.com,google,cpc,Eva,New\n")

    result = funnelmart("run", workspace=folder)

    assert result.returncode == 0, result.stdout + result.stderr
    assert published(folder, "select count(*) from fct_leads where created_date = date '2024-04-01'") == [(1,)]
    for leads_of in (
        "select sum(leads) from kpi_total where grain = 'year'",
        "select sum(entered) from funnel_cohorts where grain = 'year' and dimension = 'total' and stage = 'new'",
        "select sum(leads) from lead_quality where grain = 'year'",
        "select leads from lead_response where grain = 'year' and dimension = 'total'",
    ):
        assert published(folder, leads_of) == [(3,)]


def test_every_table_and_column_of_the_mart_is_described_in_the_file(workspace: Path) -> None:
    missing = published(
        workspace,
        """select table_name, column_name from duckdb_columns()
           where database_name = 'published' and schema_name in ('mart', '_meta') and comment is null""",
    )

    assert missing == []


def test_status_kpis_and_rollback_speak_of_the_published_mart(workspace: Path) -> None:
    status = json.loads(funnelmart("status", "--json", workspace=workspace).stdout)
    kpis = json.loads(funnelmart("kpis", "--period", "2024-03", "--json", workspace=workspace).stdout)
    rollback = funnelmart("rollback", "--json", workspace=workspace)

    assert (status["published"]["today"], status["extracts"], status["running"]) == ("2024-03-31", "nothing new", None)
    assert {"leads": 2, "revenue": 1200}.items() <= {k["kpi"]: k["value"] for k in kpis["kpis"]}.items()
    assert rollback.returncode == 0
    assert published(workspace, "select rows_loaded from _meta.run") == [(8,)]


def test_a_failed_critical_check_ends_with_3_and_leaves_the_mart_as_it_was(workspace: Path) -> None:
    before = (workspace / "published" / "funnelmart.duckdb").read_bytes()
    deals = workspace / "extracts" / "deals.csv"
    deals.write_text(DEALS.replace("1200.00", "#REF!").replace("300.00", "#REF!"))

    result = funnelmart("run", "--json", workspace=workspace)
    deals.write_text(DEALS)

    assert result.returncode == 3, result.stdout + result.stderr
    assert "deals_nothing_kept" in json.loads(result.stdout)["message"]
    assert (workspace / "published" / "funnelmart.duckdb").read_bytes() == before


def test_republishing_what_a_stopped_run_left_is_refused(workspace: Path) -> None:
    before = (workspace / "published" / "funnelmart.duckdb").read_bytes()

    result = funnelmart("run", "--job", "republish", workspace=workspace)

    assert result.returncode in (1, 3)
    assert (workspace / "published" / "funnelmart.duckdb").read_bytes() == before


def test_a_wrong_setting_ends_with_2_before_anything_is_written(workspace: Path) -> None:
    settings = workspace / "funnelmart.yml"
    before, note = settings.read_text(), (workspace / ".funnelmart" / "last_run.json").read_text()
    settings.write_text(before + "colour: blue\n")

    result = funnelmart("run", workspace=workspace)
    settings.write_text(before)

    assert result.returncode == 2
    assert "colour: unknown key" in result.stderr
    assert (workspace / ".funnelmart" / "last_run.json").read_text() == note


def test_the_next_run_publishes_without_manual_work(workspace: Path) -> None:
    result = funnelmart("run", workspace=workspace)

    assert result.returncode == 0, result.stdout + result.stderr
    assert published(workspace, MARCH) == [(2, 1, Decimal("1200.00"), Decimal("100.00"))]


def test_no_personal_data_is_in_the_published_mart(workspace: Path) -> None:
    columns = published(
        workspace,
        """select schema_name, table_name, column_name from duckdb_columns()
           where database_name = 'published' and data_type = 'VARCHAR'""",
    )
    with duckdb.connect(str(workspace / "warehouse.duckdb"), read_only=True) as warehouse:
        assert warehouse.execute("select email from raw_sheets.leads order by 1").fetchone() == ("ann@example.com",)

    found = [
        column
        for column in columns
        if published(workspace, """select 1 from "{}"."{}" where "{}" like '%@example.com%'""".format(*column))
    ]

    assert columns
    assert found == []


def test_a_failed_dbt_test_publishes_nothing(workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = tmp_path / "dbt_project"
    shutil.copytree(DBT_PROJECT, project, ignore=shutil.ignore_patterns("target", "logs"))
    (project / "tests" / "never_true.sql").write_text("select 1 as wrong from {{ ref('kpi_total') }}")
    for module in (command, manifest):
        monkeypatch.setattr(module, "DBT_PROJECT", project)
    for name in ("DAGSTER_HOME", "FUNNELMART_WORKSPACE"):
        monkeypatch.setenv(name, "")  # set by the run; put back afterwards
    before = (workspace / "published" / "funnelmart.duckdb").read_bytes()

    with Steps(None, dt.datetime.now(dt.UTC)) as steps:
        outcome = execute(load_settings(workspace), "funnelmart", steps)

    assert isinstance(outcome.error, ChecksFailedError)
    assert "never_true" in str(outcome.error)
    assert (workspace / "published" / "funnelmart.duckdb").read_bytes() == before
