"""Yandex Direct: the report CAMPAIGN_PERFORMANCE_REPORT of the Reports service, by campaign and day, as TSV.

A report that takes long is queued (201) and made (202); it is asked for again after the seconds of `retryIn`.
Money comes as written (`returnMoneyInMicros: false`), without VAT. Documentation:
https://yandex.com/dev/direct/doc/en/spec, .../headers, .../mode, .../codes, .../report-format.
"""

import time
from collections.abc import Iterator
from typing import Any

import requests

from orchestration.errors import PullError
from orchestration.pull.api import Api
from orchestration.pull.job import STAMP, Job
from orchestration.settings.credentials import credential

TOKEN = "YANDEX_DIRECT_TOKEN"
_PATH = "json/v5/reports"
_DAYS_AT_ONCE = 90
_FIELDS = ["Date", "ClientLogin", "CampaignId", "CampaignName", "Impressions", "Clicks", "Cost", "Conversions"]
_BUSY, _REFUSED = {52, 506, 1000, 1001, 1002}, {53, 54, 58, 513}
_READY, _LONGEST_WAIT_SECONDS = 200, 3600
_USUAL_WAIT_SECONDS = 10
_HEADERS = {
    "processingMode": "auto",
    "returnMoneyInMicros": "false",
    "skipReportHeader": "true",
    "skipReportSummary": "true",
}


def lines(job: Job) -> Iterator[tuple[str, str]]:
    """Yield the lines of the table `campaigns`: for every login in `pull.accounts`, else for that of the token."""
    token = credential(TOKEN, "an OAuth token of Yandex with access to the API of Direct")
    api = Api(
        "yandex_direct",
        job.pull.url or "https://api.direct.yandex.com",
        lambda: {"Authorization": f"Bearer {token}"},
        TOKEN,
        is_busy=lambda answer: _code(answer) in _BUSY,
        is_refused=lambda answer: _code(answer) in _REFUSED,
    )
    header = ""
    for login in job.pull.accounts or [""]:
        for since, until in job.days(_DAYS_AT_ONCE):
            names, _, rows = _report(api, login, _specification(job, since, until)).partition("\n")
            if not header:
                header = names
                yield "campaigns", header
            if names != header:
                raise PullError(f"yandex_direct: the report has the columns {names!r}; expected {header!r}")
            if rows.strip():
                yield "campaigns", rows


def _specification(job: Job, since: str, until: str) -> dict[str, Any]:
    """The report; its name is that of its queue, so it must stay the same while it is waited for, and only then."""
    return {
        "params": {
            "SelectionCriteria": {"DateFrom": since, "DateTo": until},
            "FieldNames": _FIELDS,
            "ReportName": f"funnelmart {since} {until} {job.now.strftime(STAMP)}",
            "ReportType": "CAMPAIGN_PERFORMANCE_REPORT",
            "DateRangeType": "CUSTOM_DATE",
            "Format": "TSV",
            "IncludeVAT": "NO",
        }
    }


def _report(api: Api, login: str, specification: dict[str, Any]) -> str:
    headers = {**_HEADERS, "Client-Login": login} if login else _HEADERS
    waited = 0
    while waited <= _LONGEST_WAIT_SECONDS:
        answer = api.response(_PATH, "POST", json=specification, headers=headers)
        if answer.status_code == _READY:
            return answer.content.decode("utf-8")
        seconds = int(answer.headers.get("retryIn") or _USUAL_WAIT_SECONDS)
        time.sleep(seconds)
        waited += max(seconds, 1)
    raise PullError(f"yandex_direct: POST {_PATH}: the report was not ready within {_LONGEST_WAIT_SECONDS} seconds")


def _code(answer: requests.Response) -> int | None:
    """The code of Yandex's own error; it stands in the body, whatever the status."""
    if answer.ok:
        return None
    try:
        return int(answer.json()["error"]["error_code"])
    except (ValueError, KeyError, TypeError):
        return None
