"""Pipedrive's API becomes the files that the source `pipedrive` reads."""

import pytest

from orchestration.errors import PullError, SettingsError
from orchestration.pull.pipedrive import TOKEN
from tests.orchestration.pull.conftest import NEXT, SECRET, Workspace
from tests.orchestration.pull.server import Asked, FakeApi

DEALS = [
    {"id": 1, "add_time": "2024-03-01T09:00:00Z", "update_time": "2024-03-09T09:00:00Z", "status": "won", "stage_id": 2,
     "value": 1200.5, "currency": "EUR", "owner_id": 7, "person_id": 11, "won_time": "2024-03-09T09:00:00Z"},
    {"id": 2, "add_time": "2024-03-02T09:00:00Z", "update_time": "2024-03-02T09:00:00Z", "status": "open",
     "stage_id": 1, "value": 300, "currency": "EUR", "owner_id": 7, "person_id": 12},
]  # fmt: skip
NOTHING = {"success": True, "data": None, "additional_data": {"next_cursor": None}}


def deals(asked: Asked) -> dict[str, object]:
    """One deal a page; by time of change where asked for."""
    assert asked.query["status"] == "open,won,lost,deleted"
    found = [deal for deal in DEALS if str(deal["update_time"]) >= asked.query.get("updated_since", "")]
    place = int(asked.query.get("cursor", 0))
    following = str(place + 1) if place + 1 < len(found) else None
    return {"success": True, "data": found[place : place + 1], "additional_data": {"next_cursor": following}}


def flow(asked: Asked) -> dict[str, object]:
    start = int(asked.query.get("start", 0))
    change = {
        "item_id": 1,
        "field_key": "stage_id",
        "new_value": str(start + 1),
        "log_time": f"2024-03-0{start + 1} 09:00:00",
    }
    more = {"next_start": 1} if start == 0 else {}
    return {"data": [{"object": "dealChange", "data": change}], "additional_data": {"pagination": more}}


@pytest.fixture(autouse=True)
def served(api: FakeApi, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(TOKEN, SECRET)
    api.on("GET", "/api/v2/deals", deals)
    api.on("GET", "/api/v2/deals/archived", NOTHING)
    api.on("GET", "/api/v1/leads", {"data": [
        {"id": "adf21080-0e10-11eb-879b-05d71fb426ec", "add_time": "2024-03-04T10:00:00.000Z", "owner_id": 7},
    ]})  # fmt: skip
    api.on("GET", "/api/v1/leads/archived", NOTHING)
    api.on("GET", "/api/v2/persons", {"data": [
        {"id": 11, "name": "Ann", "emails": [{"value": "ann@example.com", "primary": True}]},
    ], "additional_data": {"next_cursor": None}})  # fmt: skip
    api.on("GET", "/api/v2/deals/products", {"data": [
        {"id": 5, "deal_id": 1, "name": "GTX Pro", "quantity": 2, "item_price": 600.25, "sum": 1200.5},
    ]})  # fmt: skip
    api.on("GET", "/api/v1/deals/1/flow", flow)
    api.on("GET", "/api/v1/deals/2/flow", {"data": []})
    api.on("GET", "/api/v2/stages", {"data": [{"id": 1, "name": "New"}, {"id": 2, "name": "Offer"}]})
    api.on("GET", "/api/v1/users", {"data": [{"id": 7, "name": "Eva"}]})


def test_what_is_pulled_lands(workspace: Workspace, api: FakeApi) -> None:
    workspace.pull("pipedrive")
    assert workspace.landed("pipedrive", "deal", "id, add_time, status, value, person_id") == [
        ("1", "2024-03-01 09:00:00+00", "won", "1200.5", "11"),
        ("2", "2024-03-02 09:00:00+00", "open", "300", "12"),
    ]
    assert workspace.landed("pipedrive", "deal_flow", "deal_id, new_value, log_time") == [
        ("1", "1", "2024-03-01 09:00:00+00"),
        ("1", "2", "2024-03-02 09:00:00+00"),
    ]
    assert workspace.landed("pipedrive", "deal_product", "deal_id, name, sum") == [("1", "GTX Pro", "1200.5")]
    assert workspace.landed("pipedrive", "lead", "add_time") == [("2024-03-04 10:00:00+00",)]
    assert workspace.landed("pipedrive", "person", "id, email") == [("11", "ann@example.com")]
    assert workspace.landed("pipedrive", "stage", "id, name") == [("1", "New"), ("2", "Offer")]
    assert workspace.landed("pipedrive", "user", "id, name") == [("7", "Eva")]
    assert {asked.headers["x-api-token"] for asked in api.asked} == {SECRET}
    assert workspace.holds(SECRET) == []


def test_the_next_pull_asks_for_what_changed_since(workspace: Workspace, api: FakeApi) -> None:
    workspace.pull("pipedrive")
    api.asked.clear()
    workspace.pull("pipedrive", NEXT)
    assert "/api/v1/deals/1/flow" in api.paths()  # changed on the day that is asked for again
    assert "/api/v1/deals/2/flow" not in api.paths()
    assert [a.query["updated_since"] for a in api.asked if a.path == "/api/v2/persons"] == ["2024-03-09T06:00:00Z"]


def test_an_expired_token(workspace: Workspace, api: FakeApi) -> None:
    api.trouble = [(401, {}, {"success": False, "error": "unauthorized access", "errorCode": 401})]
    with pytest.raises(PullError, match="answered 401: unauthorized access; PIPEDRIVE_API_TOKEN may have expired"):
        workspace.pull("pipedrive")


def test_the_address_of_the_account_is_needed(workspace: Workspace) -> None:
    with pytest.raises(SettingsError, match=r"sources\.pipedrive\.pull\.url: expected the address of your account"):
        workspace.pull("pipedrive", pull={"url": None})
