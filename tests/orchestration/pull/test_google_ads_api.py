"""The Google Ads API becomes the files that the source `google_ads_api` reads."""

import pytest

from orchestration.errors import PullError
from orchestration.pull import google_ads_api
from tests.orchestration.pull.conftest import FIRST, SECRET, Workspace
from tests.orchestration.pull.server import Asked, FakeApi

PULL = {"accounts": ["123-456-7890"], "since": "2024-03-01"}
SEARCH = "/v25/customers/1234567890/googleAds:search"


def row(day: str, micros: str) -> dict[str, object]:
    customer = {"id": "1234567890", "currencyCode": "EUR"}
    metrics = {"impressions": "1000", "clicks": "50", "costMicros": micros}
    return {
        "customer": customer,
        "campaign": {"id": "77", "name": "Brand"},
        "segments": {"date": day},
        "metrics": metrics,
    }


def search(asked: Asked) -> dict[str, object]:
    assert asked.body["query"].endswith("where segments.date between '2024-03-01' and '2024-03-10'")
    if asked.body.get("pageToken") == "next":
        return {"results": [row("2024-03-02", "20000000")]}
    return {"results": [row("2024-03-01", "40500000")], "nextPageToken": "next"}


@pytest.fixture(autouse=True)
def served(api: FakeApi, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("CLIENT_ID", "CLIENT_SECRET", "REFRESH_TOKEN", "DEVELOPER_TOKEN"):
        monkeypatch.setenv(getattr(google_ads_api, name), f"{SECRET}-{name}")
    monkeypatch.setenv(google_ads_api.MANAGER, "111-222-3333")
    api.on("POST", "/token", {"access_token": f"{SECRET}-access", "expires_in": 3599})
    api.on("POST", SEARCH, search)


def test_what_is_pulled_lands(workspace: Workspace, api: FakeApi) -> None:
    workspace.pull("google_ads_api", pull=PULL)
    assert workspace.landed("google_ads_api", "campaigns", "date, campaign_name, cost_micros, clicks") == [
        ("2024-03-01", "Brand", "40500000", 50),
        ("2024-03-02", "Brand", "20000000", 50),
    ]
    assert api.paths() == ["/token", SEARCH, SEARCH]
    sent = api.asked[-1].headers
    assert sent["Authorization"] == f"Bearer {SECRET}-access"
    assert (sent["developer-token"], sent["login-customer-id"]) == (f"{SECRET}-DEVELOPER_TOKEN", "1112223333")
    assert workspace.holds(SECRET) == []


def test_an_access_token_that_runs_out_is_renewed(workspace: Workspace, api: FakeApi) -> None:
    api.on("POST", "/token", {"access_token": "short-lived", "expires_in": 1})
    workspace.pull("google_ads_api", FIRST, pull=PULL)
    assert api.paths() == ["/token", SEARCH, "/token", SEARCH]


def test_a_refresh_token_that_was_revoked(workspace: Workspace, api: FakeApi) -> None:
    answer = {
        "error": "invalid_grant",
        "error_description": f"Token {SECRET}-REFRESH_TOKEN has been expired or revoked.",
    }
    api.on("POST", "/token", lambda asked: (400, {}, answer))
    with pytest.raises(PullError) as caught:
        workspace.pull("google_ads_api", pull=PULL)
    assert str(caught.value) == (
        "google_ads_api: POST token answered 400: Token *** has been expired or revoked.; "
        "GOOGLE_ADS_REFRESH_TOKEN or GOOGLE_ADS_CLIENT_SECRET may have expired or lack a right"
    )


def test_an_account_that_may_not_be_seen(workspace: Workspace, api: FakeApi) -> None:
    said = {"error": {"code": 403, "message": "The caller does not have permission", "status": "PERMISSION_DENIED"}}
    api.on("POST", SEARCH, lambda asked: (403, {}, said))
    with pytest.raises(
        PullError, match="answered 403: The caller does not have permission; GOOGLE_ADS_REFRESH_TOKEN or"
    ):
        workspace.pull("google_ads_api", pull=PULL)
