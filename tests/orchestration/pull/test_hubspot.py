"""HubSpot's API becomes the tables that the source `hubspot` reads."""

import datetime as dt

import pytest

from orchestration.errors import CredentialsError, PullError, SettingsError
from orchestration.pull.hubspot import TOKEN
from tests.orchestration.pull.conftest import NEXT, SECRET, Workspace
from tests.orchestration.pull.hubspot_api import CONTACTS, serve
from tests.orchestration.pull.server import FakeApi


@pytest.fixture(autouse=True)
def served(api: FakeApi, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(TOKEN, SECRET)
    serve(api)


def test_what_is_pulled_lands(workspace: Workspace) -> None:
    workspace.pull("hubspot")
    assert workspace.landed(
        "hubspot", "contact", "id, property_createdate, property_utm_source, _fivetran_deleted"
    ) == [
        ("101", "2024-03-01 09:00:00+00", "google", False),
        ("102", "2024-03-02 09:00:00+00", None, False),
        ("103", "2024-03-03 09:00:00+00", None, True),
    ]
    assert workspace.landed("hubspot", "deal", "deal_id, deal_pipeline_stage_id, property_amount, owner_id") == [
        ("9001", "closedwon", "1200.5", "7")
    ]
    assert workspace.landed("hubspot", "deal_property_history", "value, timestamp") == [
        ("closedwon", "2024-03-09 12:00:00+00"),
        ("qualifiedtobuy", "2024-03-05 10:00:00+00"),
    ]
    assert workspace.landed("hubspot", "deal_contact", "deal_id, contact_id") == [("9001", "101")]
    assert workspace.landed("hubspot", "deal_company", "company_id, type_id") == [("55", "341"), ("55", "5")]
    assert workspace.landed("hubspot", "deal_pipeline_stage", "stage_id, label, closed_won, is_closed") == [
        ("closedwon", "Won", True, True),
        ("qualifiedtobuy", "Qualified", False, False),
    ]
    assert workspace.landed("hubspot", "owner", "owner_id, first_name") == [("7", "Eva"), ("8", "Max")]


def test_the_next_pull_asks_for_what_changed_since(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    assert workspace.pull("hubspot").since is None
    monkeypatch.setitem(
        CONTACTS, "102", {**CONTACTS["102"], "lastmodifieddate": "2024-03-11T05:00:00Z", "email": "x@y.z"}
    )

    second = workspace.pull("hubspot", NEXT)

    assert second.since == dt.datetime(2024, 3, 9, 6, tzinfo=dt.UTC)  # a day before the first pull
    assert second.lines == {
        "contact": 1, "contact_property_history": 2, "deal": 1, "deal_property_history": 2,
        "deal_contact": 1, "deal_company": 2, "deal_pipeline_stage": 2, "owner": 2,
    }  # fmt: skip
    assert workspace.landed("hubspot", "contact", "id, property_email") == [
        ("101", "ann@example.com"), ("102", "x@y.z"), ("103", "cat@example.com"),
    ]  # fmt: skip


def test_own_properties_of_the_company_are_asked_for(workspace: Workspace, api: FakeApi) -> None:
    workspace.pull("hubspot", fields={"deals.amount": "property_contract_value"})
    read = next(asked for asked in api.asked if asked.path == "/crm/v3/objects/deals/batch/read")
    assert {"contract_value", "dealstage", "hs_merged_object_ids"} <= set(read.body["properties"])


def test_a_pull_that_breaks_off_writes_nothing(workspace: Workspace, api: FakeApi) -> None:
    workspace.pull("hubspot")
    before = workspace.files("hubspot")
    api.on("GET", "/crm/v3/owners", lambda asked: (403, {}, {"message": "missing scope crm.objects.owners.read"}))
    with pytest.raises(PullError, match=r"answered 403: missing scope .*HUBSPOT_ACCESS_TOKEN \(or a scope"):
        workspace.pull("hubspot", NEXT)
    assert workspace.files("hubspot") == before


def test_the_token_is_in_no_file(workspace: Workspace) -> None:
    workspace.pull("hubspot")
    workspace.landed("hubspot", "contact")
    assert workspace.holds("ann@example.com") != []  # the search below would find it
    assert workspace.holds(SECRET) == []


def test_what_is_missing_is_named(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(TOKEN)
    with pytest.raises(CredentialsError, match="HUBSPOT_ACCESS_TOKEN is not set"):
        workspace.pull("hubspot")
    with pytest.raises(SettingsError, match=r"sources\.ga4\.pull: no API is known for it; expected one of .*hubspot"):
        workspace.pull("ga4")
