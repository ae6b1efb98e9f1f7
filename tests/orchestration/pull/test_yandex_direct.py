"""Reports of Yandex Direct become the files that the source `yandex_direct` reads."""

import pytest

from orchestration.errors import PullError
from orchestration.pull.yandex_direct import TOKEN
from tests.orchestration.pull.conftest import NEXT, SECRET, Workspace
from tests.orchestration.pull.server import Asked, FakeApi

HEADER = "Date\tClientLogin\tCampaignId\tCampaignName\tImpressions\tClicks\tCost\tConversions\n"
PULL = {"since": "2024-03-01"}
ROWS = {
    "acme": "2024-03-01\tacme\t77\tБренд\t1000\t50\t40.50\t2\n2024-03-09\tacme\t77\tБренд\t900\t40\t20.00\t--\n",
    "acme-2": "2024-03-02\tacme-2\t88\tПоиск\t10\t1\t5.25\t--\n",
}


def report(asked: Asked) -> tuple[int, dict[str, str], str]:
    wanted = asked.body["params"]["SelectionCriteria"]
    rows = ROWS[asked.headers.get("Client-Login", "acme")].splitlines(keepends=True)
    rows = [row for row in rows if wanted["DateFrom"] <= row[:10] <= wanted["DateTo"]]
    return 200, {"Content-Type": "text/tab-separated-values"}, HEADER + "".join(rows)


@pytest.fixture(autouse=True)
def served(api: FakeApi, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(TOKEN, SECRET)
    api.on("POST", "/json/v5/reports", report)


def test_what_is_pulled_lands(workspace: Workspace, api: FakeApi) -> None:
    workspace.pull("yandex_direct", pull={**PULL, "accounts": ["acme", "acme-2"]})
    columns = "date, account_id, campaign_id, campaign_name, clicks, cost, conversions"
    assert workspace.landed("yandex_direct", "campaigns", columns) == [
        ("2024-03-01", "acme", "77", "Бренд", 50, "40.50", "2"),
        ("2024-03-02", "acme-2", "88", "Поиск", 1, "5.25", None),
        ("2024-03-09", "acme", "77", "Бренд", 40, "20.00", None),
    ]
    assert api.asked[0].body["params"]["DateRangeType"] == "CUSTOM_DATE"
    assert workspace.holds(SECRET) == []


def test_a_report_that_is_queued_is_waited_for(workspace: Workspace, api: FakeApi) -> None:
    api.trouble = [(201, {"retryIn": "0"}, ""), (202, {"retryIn": "0"}, ""), (502, {}, "")]
    workspace.pull("yandex_direct", pull=PULL)
    assert len(workspace.landed("yandex_direct", "campaigns")) == 2
    assert len({str(asked.body) for asked in api.asked}) == 1  # the same request, else it is queued anew


def test_days_of_the_window_are_pulled_again_and_replaced(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace.pull("yandex_direct", pull=PULL)
    monkeypatch.setitem(ROWS, "acme", ROWS["acme"].replace("20.00", "25.00").replace("40.50", "99.00"))
    workspace.pull("yandex_direct", NEXT, pull={**PULL, "restate_days": 3})
    assert workspace.landed("yandex_direct", "campaigns", "date, cost") == [
        ("2024-03-01", "40.50"),
        ("2024-03-09", "25.00"),
    ]


def test_an_expired_token_comes_with_status_400(workspace: Workspace, api: FakeApi) -> None:
    error = {
        "request_id": "1",
        "error_code": "53",
        "error_string": "Authorization error",
        "error_detail": "Token expired",
    }
    api.trouble = [(400, {}, {"error": error})]
    with pytest.raises(PullError, match="answered 400: Authorization error; YANDEX_DIRECT_TOKEN may have expired"):
        workspace.pull("yandex_direct", pull=PULL)
    assert len(api.asked) == 1
