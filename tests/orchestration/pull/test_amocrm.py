"""amoCRM's API becomes the files that the source `amocrm` reads."""

import pytest

from orchestration.errors import PullError
from orchestration.pull.amocrm import TOKEN
from tests.orchestration.pull.conftest import NEXT, SECRET, Workspace
from tests.orchestration.pull.server import Asked, FakeApi

LEADS = {
    "1": {
        "id": 101,
        "created_at": 1709283600,
        "updated_at": 1709370000,
        "status_id": 142,
        "pipeline_id": 31,
        "price": 100000,
    },
    "2": {
        "id": 102,
        "created_at": 1709370000,
        "updated_at": 1710100000,
        "status_id": 4001,
        "pipeline_id": 31,
        "price": 500,
    },
}


@pytest.fixture(autouse=True)
def served(api: FakeApi, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(TOKEN, SECRET)

    def leads(asked: Asked) -> object:
        if "only_deleted" in asked.query["with"]:
            return 204, {}, ""  # as amoCRM answers where there is nothing
        page = asked.query.get("page", "1")
        following = {"next": {"href": f"{api.url}/api/v4/leads?with=contacts&page=2"}} if page == "1" else {}
        return {"_page": int(page), "_links": following, "_embedded": {"leads": [LEADS[page]]}}

    api.on("GET", "/api/v4/leads", leads)
    api.on("GET", "/api/v4/contacts", lambda asked: (204, {}, ""))
    api.on("GET", "/api/v4/events", {"_embedded": {"events": [
        {"id": "e1", "type": "lead_status_changed", "entity_id": 101, "created_at": 1709370000,
         "value_after": [{"lead_status": {"id": 142, "pipeline_id": 31}}]},
    ]}})  # fmt: skip
    api.on("GET", "/api/v4/leads/pipelines", {"_embedded": {"pipelines": [
        {"id": 31, "_embedded": {"statuses": [{"id": 142, "name": "Успешно реализовано", "pipeline_id": 31}]}},
    ]}})  # fmt: skip
    api.on("GET", "/api/v4/users", {"_embedded": {"users": [{"id": 501, "name": "Ева", "email": "eva@acme.example"}]}})


def test_what_is_pulled_lands(workspace: Workspace) -> None:
    workspace.pull("amocrm")
    assert workspace.landed("amocrm", "lead", "id, created_at, status_id, price") == [
        ("101", "2024-03-01 09:00:00+00", "142", "100000"),
        ("102", "2024-03-02 09:00:00+00", "4001", "500"),
    ]
    assert workspace.landed("amocrm", "status", "id, name") == [("142", "Успешно реализовано")]
    assert workspace.landed("amocrm", "event", "entity_id, status_id") == [("101", "142")]
    assert workspace.landed("amocrm", "user", "id, name") == [("501", "Ева")]
    assert workspace.landed("amocrm", "contact") == []
    assert workspace.holds(SECRET) == []


def test_the_next_pull_asks_for_what_changed_since(workspace: Workspace, api: FakeApi) -> None:
    workspace.pull("amocrm")
    api.asked.clear()
    workspace.pull("amocrm", NEXT)
    asked = {
        (a.path, a.query.get("filter[updated_at][from]"), a.query.get("filter[created_at][from]")) for a in api.asked
    }
    since = "1709964000"  # 9 March 2024, 06:00 UTC: a day before the first pull
    assert {("/api/v4/leads", since, None), ("/api/v4/contacts", since, None), ("/api/v4/events", None, since)} <= asked


def test_an_expired_token(workspace: Workspace, api: FakeApi) -> None:
    api.trouble = [(401, {}, {"title": "Unauthorized", "detail": "Token has expired", "status": 401})]
    with pytest.raises(PullError, match="answered 401: Token has expired; AMOCRM_ACCESS_TOKEN may have expired"):
        workspace.pull("amocrm")


def test_a_link_to_another_host_is_not_followed_with_the_token(workspace: Workspace, api: FakeApi) -> None:
    api.on(
        "GET", "/api/v4/leads", {"_links": {"next": {"href": "http://elsewhere.example/2"}}, "_embedded": {"leads": []}}
    )
    with pytest.raises(PullError, match=r"amocrm: the next page is on elsewhere\.example, not on 127\.0\.0\.1"):
        workspace.pull("amocrm")
