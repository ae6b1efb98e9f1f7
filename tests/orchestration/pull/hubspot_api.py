"""Three contacts and a deal as HubSpot answers about them; 103 is deleted."""

import datetime as dt
from typing import Any

from tests.orchestration.pull.server import Asked, FakeApi

CONTACTS = {
    "101": {"createdate": "2024-03-01T09:00:00Z", "email": "ann@example.com", "lifecyclestage": "opportunity",
            "lastmodifieddate": "2024-03-05T10:00:00Z", "hubspot_owner_id": "7", "utm_source": "google"},
    "102": {"createdate": "2024-03-02T09:00:00Z", "email": "bob@example.com", "lifecyclestage": "lead",
            "lastmodifieddate": "2024-03-02T09:00:00Z", "hubspot_owner_id": "8", "utm_source": None},
}  # fmt: skip
GONE = {"createdate": "2024-03-03T09:00:00Z", "email": "cat@example.com", "lifecyclestage": "lead"}
DEAL = {"createdate": "2024-03-05T10:00:00Z", "dealstage": "closedwon", "pipeline": "default", "amount": "1200.50",
        "hubspot_owner_id": "7", "closedate": "2024-03-09T12:00:00Z",
        "hs_lastmodifieddate": "2024-03-09T12:00:00Z"}  # fmt: skip
HISTORY = {
    "contacts": ("lifecyclestage", [("opportunity", "2024-03-05T10:00:00Z"), ("lead", "2024-03-01T09:00:00Z")]),
    "deals": ("dealstage", [("closedwon", "2024-03-09T12:00:00Z"), ("qualifiedtobuy", "2024-03-05T10:00:00Z")]),
}


def serve(api: FakeApi) -> None:
    """Teach `api` to answer as HubSpot does, two ids a search."""
    for kind, records, modified in (
        ("contacts", CONTACTS, "lastmodifieddate"),
        ("deals", {"9001": DEAL}, "hs_lastmodifieddate"),
    ):
        api.on("POST", f"/crm/v3/objects/{kind}/search", _search(records, modified))
        api.on("POST", f"/crm/v3/objects/{kind}/batch/read", _read(kind, records))
    api.on("GET", "/crm/v3/objects/contacts", {"results": [
        {"id": "103", "properties": GONE, "archived": True, "archivedAt": "2024-03-08T08:00:00.000Z"},
    ]})  # fmt: skip
    api.on("GET", "/crm/v3/objects/deals", {"results": []})
    api.on("POST", "/crm/v4/associations/deals/contacts/batch/read", {"results": [
        {"from": {"id": "9001"}, "to": [{"toObjectId": 101, "associationTypes": [{"typeId": 3}]}]},
    ]})  # fmt: skip
    api.on("POST", "/crm/v4/associations/deals/companies/batch/read", lambda asked: (207, {}, {"results": [
        {"from": {"id": "9001"}, "to": [{"toObjectId": 55, "associationTypes": [{"typeId": 5}, {"typeId": 341}]}]},
    ], "numErrors": 1}))  # fmt: skip
    api.on("GET", "/crm/v3/pipelines/deals", {"results": [{"id": "default", "stages": [
        {"id": "qualifiedtobuy", "label": "Qualified", "metadata": {"isClosed": "false", "probability": "0.4"}},
        {"id": "closedwon", "label": "Won", "metadata": {"isClosed": "true", "probability": "1.0"}},
    ]}]})  # fmt: skip
    api.on("GET", "/crm/v3/owners", _owners)


def _search(records: dict[str, dict[str, Any]], modified: str) -> Any:
    def answer(asked: Asked) -> dict[str, Any]:
        limits = {f["propertyName"]: f for f in asked.body["filterGroups"][0]["filters"]}
        after = int(limits["hs_object_id"]["value"])
        since = _iso(limits[modified]["value"]) if modified in limits else ""
        found = [i for i in sorted(records, key=int) if int(i) > after and records[i][modified] >= since]
        return {"results": [{"id": i, "properties": {"hs_object_id": i}} for i in found[:1]]}

    return answer


def _iso(milliseconds: str) -> str:
    return dt.datetime.fromtimestamp(int(milliseconds) / 1000, dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _read(kind: str, records: dict[str, dict[str, Any]]) -> Any:
    def answer(asked: Asked) -> dict[str, Any]:
        name, changes = HISTORY[kind]
        assert asked.body["propertiesWithHistory"] == [name]
        history = [{"value": value, "timestamp": at} for value, at in changes]
        wanted = asked.body["properties"]
        return {"results": [
            {"id": i["id"], "properties": {k: v for k, v in records[i["id"]].items() if k in wanted},
             "propertiesWithHistory": {name: history}}
            for i in asked.body["inputs"]
        ]}  # fmt: skip

    return answer


def _owners(asked: Asked) -> dict[str, Any]:
    if asked.query.get("after") == "7":
        return {"results": [{"id": "8", "email": "max@acme.example", "firstName": "Max", "lastName": "M"}]}
    return {
        "results": [{"id": "7", "email": "eva@acme.example", "firstName": "Eva", "lastName": "E"}],
        "paging": {"next": {"after": "7", "link": "https://api.hubapi.com/…"}},
    }
