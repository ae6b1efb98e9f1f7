"""Meta Ads: pages of the Insights edge, by ad and day.

The token goes into a header and never into a URL, and the pages are stored without `paging`, whose links hold it.
Documentation: https://developers.facebook.com/docs/marketing-api/insights (fields, level, time_increment, time_range),
https://developers.facebook.com/docs/graph-api/results (cursors),
https://developers.facebook.com/docs/graph-api/overview/rate-limiting and .../guides/error-handling (codes).
"""

import json
from collections.abc import Iterator
from typing import Any

import requests

from orchestration.pull.api import Api, paginator
from orchestration.pull.job import Job
from orchestration.settings.credentials import credential

TOKEN = "META_ACCESS_TOKEN"
_VERSION = "v25.0"
_DAYS_AT_ONCE, _PAGE = 7, 500  # more days at once and Meta asks to reduce the amount of data
_BUSY = {1, 2, 4, 17, 32, 341, 613, *range(80000, 80015)}
_EXPIRED = {102, 190}
_FIELDS = (
    "account_id,account_name,account_currency,campaign_id,campaign_name,adset_id,adset_name,ad_id,ad_name,"
    "impressions,inline_link_clicks,spend,actions"
)


def lines(job: Job) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield pages of the table `insights` for every account named in `pull.accounts`."""
    token = credential(TOKEN, "a token of a system user of Meta with the right ads_read")
    version = job.pull.version or _VERSION
    api = Api(
        "meta_insights",
        f"{(job.pull.url or 'https://graph.facebook.com').rstrip('/')}/{version}",
        lambda: {"Authorization": f"Bearer {token}"},
        TOKEN,
        is_busy=lambda answer: _code(answer) in _BUSY,
        is_refused=lambda answer: _code(answer) in _EXPIRED,
    )
    for account in job.needed("accounts"):
        for since, until in job.days(_DAYS_AT_ONCE):
            query = {
                "level": "ad",
                "time_increment": 1,
                "time_range": json.dumps({"since": since, "until": until}),
                "fields": _FIELDS,
                "limit": _PAGE,
            }
            following = paginator(
                "JSONResponseCursorPaginator", cursor_path="paging.cursors.after", cursor_param="after"
            )
            for page in api.pages(f"act_{account.removeprefix('act_')}/insights", following, params=query):
                yield "insights", {"data": page["data"]}


def _code(answer: requests.Response) -> int | None:
    """The code of Meta's own error; it stands in the body, whatever the status."""
    if answer.ok:
        return None
    try:
        code = answer.json()["error"]["code"]
    except (ValueError, KeyError, TypeError):
        return None
    return int(code)
