"""Through the real webserver and daemon: sensor, schedule, a backfill from the launchpad, and the pages of an asset."""

import json
import os
import urllib.request
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from tests.end_to_end.command import MARCH, published
from tests.end_to_end.dagster_ui import DagsterUi, dagster_ui
from tests.minimal_workspace import make_workspace

CHROMIUM = "/usr/bin/chromium"
RUNS = """{ runsOrError { ... on Runs { results { runId status jobName tags { key value } } } } }"""
RUNS_OF_JOB = """query ($params: PipelineSelector!) { pipelineOrError(params: $params) {
    ... on Pipeline { runs { runId } } } }"""
START_SENSOR = """mutation ($selector: SensorSelector!) { startSensor(sensorSelector: $selector) {
    __typename ... on Sensor { name sensorState { status } } ... on PythonError { message } } }"""
START_SCHEDULE = """mutation ($selector: ScheduleSelector!) { startSchedule(scheduleSelector: $selector) {
    __typename ... on ScheduleStateResult { scheduleState { id status } } ... on PythonError { message } } }"""
STOP_SCHEDULE = """mutation ($id: String!) { stopRunningSchedule(id: $id) { __typename } }"""
LAUNCH = """mutation ($params: ExecutionParams!) { launchRun(executionParams: $params) {
    __typename ... on LaunchRunSuccess { run { runId } } ... on PythonError { message }
    ... on RunConfigValidationInvalid { errors { message } } } }"""
BACKFILL = """mutation ($params: LaunchBackfillParams!) { launchPartitionBackfill(backfillParams: $params) {
    __typename ... on LaunchBackfillSuccess { backfillId } ... on PythonError { message } } }"""
MATERIALIZATION = """query ($key: AssetKeyInput!) { assetOrError(assetKey: $key) { ... on Asset {
    assetMaterializations(limit: 1) { runId metadataEntries { label ... on IntMetadataEntry { intValue } } } } } }"""


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_workspace(tmp_path_factory.mktemp("ui") / "acme")


@pytest.fixture(scope="module")
def ui(workspace: Path) -> Iterator[DagsterUi]:
    with dagster_ui(workspace, FUNNELMART_SCHEDULE="* * * * *") as server:
        yield server


def runs(ui: DagsterUi) -> dict[str, dict]:
    found = ui.ask(RUNS)["runsOrError"]["results"]
    return {run["runId"]: {**run, "tags": {tag["key"]: tag["value"] for tag in run["tags"]}} for run in found}


def succeeded(ui: DagsterUi, tag: str, value: str) -> str:
    """Wait until a run with this tag has succeeded; returns its id."""
    while True:
        for run in runs(ui).values():
            if run["tags"].get(tag) == value:
                assert run["status"] != "FAILURE", run
                if run["status"] == "SUCCESS":
                    return run["runId"]
        ui.wait_for("RUN_SUCCESS|RUN_FAILURE|PIPELINE_SUCCESS|PIPELINE_FAILURE")


def test_the_sensor_starts_a_run_through_the_daemon_and_it_publishes(ui: DagsterUi, workspace: Path) -> None:
    started = ui.ask(START_SENSOR, selector={**ui.repository(), "sensorName": "new_extracts"})["startSensor"]

    assert started["sensorState"]["status"] == "RUNNING"
    succeeded(ui, "dagster/sensor_name", "new_extracts")
    assert published(workspace, MARCH) == [(2, 1, Decimal("1200.00"), Decimal("100.00"))]


def test_the_schedule_notes_through_the_daemon_that_nothing_is_new(ui: DagsterUi) -> None:
    started = ui.ask(START_SCHEDULE, selector={**ui.repository(), "scheduleName": "daily"})["startSchedule"]

    assert started["scheduleState"]["status"] == "RUNNING"
    ui.wait_for("Nothing new since run")
    ui.ask(STOP_SCHEDULE, id=started["scheduleState"]["id"])
    noted = succeeded(ui, "dagster/schedule_name", "daily")
    # it stands with its job on the overview, as runs of the command line do: both carry Dagster's own tag
    job = ui.ask(RUNS_OF_JOB, params={**ui.repository(), "pipelineName": "funnelmart"})["pipelineOrError"]
    assert noted in {run["runId"] for run in job["runs"]}


def test_a_backfill_from_the_launchpad_reads_the_chosen_files_again(ui: DagsterUi, workspace: Path) -> None:
    before = published(workspace, "select * exclude (value), round(value, 6) from kpi_long order by all")
    config = {"ops": {"extract_sheets": {"config": {"reload": {"files": "spend*", "from": "2024-03-01"}}}}}
    selector = {**ui.repository(), "pipelineName": "funnelmart"}

    launched = ui.ask(LAUNCH, params={"selector": selector, "runConfigData": json.dumps(config), "mode": "default"})
    run_id = launched["launchRun"]["run"]["runId"]
    while runs(ui)[run_id]["status"] not in ("SUCCESS", "FAILURE"):
        ui.wait_for("RUN_SUCCESS|RUN_FAILURE|PIPELINE_SUCCESS|PIPELINE_FAILURE")

    assert runs(ui)[run_id]["status"] == "SUCCESS"
    assert loaded(ui, "ad_spend") == (run_id, 1)
    assert loaded(ui, "leads") == (run_id, 0)
    assert published(workspace, "select * exclude (value), round(value, 6) from kpi_long order by all") == before


def test_a_backfill_of_spend_by_month_runs_through_the_daemon(ui: DagsterUi, workspace: Path) -> None:
    before = published(workspace, MARCH)
    selector = {"repositorySelector": ui.repository(), "partitionSetName": "reload_spend_partition_set"}

    params = {"selector": selector, "partitionNames": ["2024-03-01"]}
    launched = ui.ask(BACKFILL, params=params)["launchPartitionBackfill"]
    run_id = succeeded(ui, "dagster/backfill", launched["backfillId"])

    assert loaded(ui, "ad_spend") == (run_id, 1)
    assert published(workspace, MARCH) == before


def loaded(ui: DagsterUi, table: str) -> tuple[str, int]:
    """The run that last materialized a raw table, and how many files it loaded."""
    (last,) = ui.ask(MATERIALIZATION, key={"path": ["sheets", table]})["assetOrError"]["assetMaterializations"]
    counts = {entry["label"]: entry.get("intValue") for entry in last["metadataEntries"]}
    return last["runId"], counts["files_loaded"]


def test_the_documents_that_the_pages_link_to_are_served(ui: DagsterUi) -> None:
    for page in ("dbt_docs.html", "data_docs/index.html"):
        request = urllib.request.Request(f"{ui.documents}/{page}?token={ui.token}")
        with urllib.request.build_opener(urllib.request.HTTPCookieProcessor()).open(request, timeout=60) as answer:
            assert answer.status == 200


@pytest.mark.skipif(not os.path.exists(CHROMIUM), reason=f"needs a browser at {CHROMIUM}")
def test_the_pages_of_an_asset_in_a_browser(ui: DagsterUi) -> None:
    from playwright.sync_api import expect, sync_playwright

    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        page = browser.new_page(viewport={"width": 1400, "height": 1000})
        expect.set_options(timeout=240_000)  # two cores that other tests share

        page.goto(f"{ui.url}/assets/mart/kpi_total?token={ui.token}")
        expect(page.get_by_text("Every KPI of the whole company").first).to_be_visible()
        for shown in ("kpi_report", "data_docs", "dbt_docs", "sample"):
            expect(page.get_by_text(shown, exact=True).first).to_be_visible()
        link = page.locator(f"a[href^='{ui.documents}/dbt_docs.html']").first
        expect(link).to_have_attribute("href", f"{ui.documents}/dbt_docs.html#!/model/model.funnelmart.kpi_total")

        page.goto(f"{ui.url}/assets/intermediate/int_leads?view=checks")
        expect(page.get_by_text("leads_none_lost").first).to_be_visible()
        page.get_by_text("leads_none_lost").first.click()
        expect(page.get_by_text("samples", exact=True).first).to_be_visible()

        page.goto(f"{ui.url}/jobs")
        expect(page.get_by_text("reload_spend").first).to_be_visible()

        repository = ui.repository()
        place = f"{repository['repositoryName']}@{repository['repositoryLocationName']}"
        page.goto(f"{ui.url}/locations/{place}/jobs/reload_spend/playground")
        page.wait_for_load_state("networkidle")
        page.get_by_placeholder("Partition").click()
        page.get_by_placeholder("Partition").fill("2024-03")
        page.get_by_text("2024-03-01").first.click()
        expect(page.get_by_text("'2024-03-31'").first).to_be_visible()  # the launchpad reads that month again
        browser.close()
