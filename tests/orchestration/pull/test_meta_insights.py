"""Meta's Insights API becomes the files that the source `meta_insights` reads."""

import datetime as dt
import json

import pytest

from orchestration.errors import PullError, SettingsError
from orchestration.pull.meta_insights import TOKEN
from tests.orchestration.pull.conftest import FIRST, NEXT, SECRET, Workspace
from tests.orchestration.pull.server import Asked, FakeApi

PULL = {"accounts": ["act_1"], "since": "2024-03-01"}
SPEND = {"2024-03-02": "30.50", "2024-03-09": "20.00"}


def insights(asked: Asked) -> dict[str, object]:
    """One row a page; links to other pages hold the token, as Meta's do."""
    days = json.loads(asked.query["time_range"])
    rows = [
        {"account_id": "1", "ad_id": "7", "date_start": day, "spend": spend, "account_currency": "EUR",
         "actions": [{"action_type": "lead", "value": "2"}]}
        for day, spend in SPEND.items() if days["since"] <= day <= days["until"]
    ]  # fmt: skip
    if not rows or "after" in asked.query:
        return {"data": []}
    link = f"https://graph.facebook.com/v25.0/act_1/insights?access_token={SECRET}&after=MAZDZD"
    return {"data": rows, "paging": {"cursors": {"before": "MAZDZD", "after": "MAZDZD"}, "next": link}}


@pytest.fixture(autouse=True)
def served(api: FakeApi, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(TOKEN, SECRET)
    api.on("GET", "/v25.0/act_1/insights", insights)


def test_what_is_pulled_lands_without_the_links_that_hold_the_token(workspace: Workspace, api: FakeApi) -> None:
    workspace.pull("meta_insights", pull=PULL)
    assert workspace.landed("meta_insights", "insights", "date_start, ad_id, spend, leads") == [
        ("2024-03-02", "7", "30.5", "2"),
        ("2024-03-09", "7", "20", "2"),
    ]
    assert {asked.query["time_range"] for asked in api.asked} == {
        '{"since": "2024-03-01", "until": "2024-03-07"}',
        '{"since": "2024-03-08", "until": "2024-03-10"}',
    }
    assert {asked.query["level"] + asked.query["time_increment"] for asked in api.asked} == {"ad1"}
    assert "access_token" not in str([asked.query for asked in api.asked])
    assert workspace.holds(SECRET) == []


def test_days_of_the_window_are_pulled_again_and_replaced(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace.pull("meta_insights", pull=PULL)
    monkeypatch.setitem(SPEND, "2024-03-09", "25.00")  # corrected by Meta
    monkeypatch.setitem(SPEND, "2024-03-02", "99.00")  # before the window
    workspace.pull("meta_insights", NEXT, pull={**PULL, "restate_days": 3})
    assert workspace.landed("meta_insights", "insights", "date_start, spend") == [
        ("2024-03-02", "30.5"),
        ("2024-03-09", "25"),
    ]


def test_a_day_may_be_asked_for_again(workspace: Workspace, api: FakeApi) -> None:
    workspace.pull("meta_insights", pull=PULL)
    api.asked.clear()
    workspace.pull("meta_insights", NEXT, dt.date(2024, 3, 10), pull=PULL)
    assert json.loads(api.asked[0].query["time_range"]) == {"since": "2024-03-10", "until": "2024-03-11"}


def test_too_many_calls_come_with_status_400_and_are_tried_again(workspace: Workspace, api: FakeApi) -> None:
    api.trouble = [(400, {}, {"error": {"message": "User request limit reached", "code": 17}})] * 2
    assert workspace.pull("meta_insights", FIRST, pull=PULL).lines == {"insights": 4}


def test_an_expired_token_comes_with_status_400(workspace: Workspace, api: FakeApi) -> None:
    api.trouble = [(400, {}, {"error": {"message": "Session has expired", "code": 190}})]
    with pytest.raises(PullError, match="answered 400: Session has expired; META_ACCESS_TOKEN may have expired"):
        workspace.pull("meta_insights", pull=PULL)
    assert len(api.asked) == 1


def test_the_accounts_are_needed(workspace: Workspace) -> None:
    with pytest.raises(SettingsError, match=r"sources\.meta_insights\.pull\.accounts: expected a list"):
        workspace.pull("meta_insights")
