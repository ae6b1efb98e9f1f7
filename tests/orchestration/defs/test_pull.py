"""Pulling from APIs is a job of its own: a step for each source that has `pull`, before the daily run."""

import dagster as dg
import pytest

from orchestration.defs.pull import pull_jobs, pull_schedules
from orchestration.errors import SettingsError
from orchestration.pull.pipedrive import TOKEN
from orchestration.settings import Settings
from tests.orchestration.pull.conftest import Workspace, api, workspace  # noqa: F401  fixtures
from tests.orchestration.pull.server import FakeApi


def test_a_workspace_that_pulls_nothing_has_no_such_job(settings: Settings, definitions: dg.Definitions) -> None:
    assert pull_jobs(settings) == []
    assert [schedule.name for schedule in definitions.schedules or []] == ["daily"]


def test_an_api_that_is_down_fails_its_own_step_only(
    workspace: Workspace,  # noqa: F811
    api: FakeApi,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(TOKEN, "made-up-secret-token")
    monkeypatch.setenv("META_ACCESS_TOKEN", "another-made-up-token")
    api.on("GET", "/v25.0/act_1/insights", {"data": []})
    api.on("GET", "/api/v2/deals", lambda asked: (401, {}, {"error": "token made-up-secret-token expired"}))
    sources = {
        "meta_insights": {"path": "extracts/meta", "pull": {"url": api.url, "accounts": ["1"], "since": "2024-03-01"}},
        "pipedrive": {"path": "extracts/pipedrive", "pull": {"url": api.url}},
    }
    settings = Settings.model_validate({"workspace": workspace.path, "company": "Acme", "sources": sources})
    [job] = pull_jobs(settings)

    with dg.DagsterInstance.ephemeral() as instance:
        result = job.execute_in_process(instance=instance, raise_on_error=False)
        said = str([entry.to_json() for entry in instance.all_logs(result.run_id)])

    assert [event.step_key for event in result.all_events if event.is_step_success] == ["pull_meta_insights"]
    assert [event.step_key for event in result.all_events if event.is_step_failure] == ["pull_pipedrive"]
    assert "PIPEDRIVE_API_TOKEN may have expired" in said
    assert "made-up-secret-token" not in said


def test_the_schedule_may_be_another_one(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    settings = workspace.settings("hubspot")
    jobs = pull_jobs(settings)
    assert [schedule.cron_schedule for schedule in pull_schedules(settings, jobs)] == ["0 5 * * *"]
    monkeypatch.setenv("FUNNELMART_PULL_SCHEDULE", "hourly, please")
    with pytest.raises(SettingsError, match="FUNNELMART_PULL_SCHEDULE: 'hourly, please' is no cron expression"):
        pull_schedules(settings, jobs)
