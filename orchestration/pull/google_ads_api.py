"""Google Ads: pages of googleAds:search, by campaign and day.

Documentation: https://developers.google.com/google-ads/api/rest/common/search (query, pageToken),
https://developers.google.com/google-ads/api/rest/auth (headers),
https://developers.google.com/identity/protocols/oauth2/web-server#offline (refresh token).
"""

import time
from collections.abc import Iterator, Mapping
from typing import Any

from orchestration.errors import PullError
from orchestration.pull.api import Api, paginator
from orchestration.pull.job import Job
from orchestration.settings.credentials import credential, hide_secrets, optional_credential

CLIENT_ID, CLIENT_SECRET = "GOOGLE_ADS_CLIENT_ID", "GOOGLE_ADS_CLIENT_SECRET"
REFRESH_TOKEN, DEVELOPER_TOKEN = "GOOGLE_ADS_REFRESH_TOKEN", "GOOGLE_ADS_DEVELOPER_TOKEN"
MANAGER = "GOOGLE_ADS_LOGIN_CUSTOMER_ID"
_VERSION = "v25"
_DAYS_AT_ONCE = 90
_RENEW_SECONDS = 60  # before the token expires
_QUERY = (
    "select customer.id, customer.descriptive_name, customer.currency_code, campaign.id, campaign.name, segments.date, "
    "metrics.impressions, metrics.clicks, metrics.cost_micros, metrics.conversions from campaign "
    "where segments.date between '{since}' and '{until}'"
)


def lines(job: Job) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield pages of the table `campaigns` for every account (customer id) named in `pull.accounts`."""
    access = _Access(job)
    base = (job.pull.url or "https://googleads.googleapis.com").rstrip("/")
    api = Api(
        "google_ads_api",
        f"{base}/{job.pull.version or _VERSION}",
        access.headers,
        f"{REFRESH_TOKEN} or {DEVELOPER_TOKEN}",
    )
    for account in job.needed("accounts"):
        for since, until in job.days(_DAYS_AT_ONCE):
            query = {"query": _QUERY.format(since=since, until=until)}
            following = paginator(
                "JSONResponseCursorPaginator", cursor_path="nextPageToken", cursor_body_path="pageToken"
            )
            path = f"customers/{account.replace('-', '')}/googleAds:search"
            for page in api.pages(path, following, "POST", json=query):
                yield "campaigns", {"results": page.get("results", [])}


class _Access:
    """Headers with an access token that is renewed with the refresh token before it expires."""

    def __init__(self, job: Job):
        self._form = {
            "grant_type": "refresh_token",
            "client_id": credential(CLIENT_ID, "the id of an OAuth client of Google Cloud"),
            "client_secret": credential(CLIENT_SECRET, "the secret of that client"),
            "refresh_token": credential(REFRESH_TOKEN, "a refresh token for the scope adwords"),
        }
        self._fixed = {"developer-token": credential(DEVELOPER_TOKEN, "the developer token of a manager account")}
        if manager := optional_credential(MANAGER):
            self._fixed["login-customer-id"] = manager.replace("-", "")
        self._tokens = Api(
            "google_ads_api",
            job.pull.url or "https://oauth2.googleapis.com",
            dict,
            f"{REFRESH_TOKEN} or {CLIENT_SECRET}",
            is_refused=lambda answer: "invalid_grant" in answer.text,
        )
        self._token, self._until = "", 0.0

    def headers(self) -> Mapping[str, str]:
        """Return what authenticates a request.

        Raises:
            PullError: Google gives no access token.
        """
        if time.monotonic() >= self._until:
            self._renew()
        return {"Authorization": f"Bearer {self._token}", **self._fixed}

    def _renew(self) -> None:
        try:
            answer = self._tokens.answer("token", "POST", data=self._form)
        except PullError as error:
            raise PullError(hide_secrets(str(error), self._form.values())) from None
        self._token = answer["access_token"]
        self._until = time.monotonic() + float(answer["expires_in"]) - _RENEW_SECONDS
