"""Trouble on the way: rate limits, errors of the server, broken connections, expired tokens."""

import logging
import time
from typing import Any

import pytest

from orchestration.errors import PullError
from orchestration.pull import api as api_module
from orchestration.pull.api import Api, paginator
from tests.orchestration.pull.conftest import SECRET
from tests.orchestration.pull.server import CUT, RESET, Asked, FakeApi


@pytest.fixture
def client(api: FakeApi) -> Api:
    return Api("acme", api.url, lambda: {"Authorization": f"Bearer {SECRET}"}, "ACME_TOKEN")


def pages(client: Api) -> list[dict[str, Any]]:
    after = paginator("JSONResponseCursorPaginator", cursor_path="next", cursor_param="after")
    return list(client.pages("things", after, params={"limit": 2}))


def two_pages(asked: Asked) -> dict[str, Any]:
    return {"data": [3]} if asked.query.get("after") == "b" else {"data": [1, 2], "next": "b"}


def test_every_page_comes_as_it_is(api: FakeApi, client: Api) -> None:
    api.on("GET", "/things", two_pages)
    assert pages(client) == [{"data": [1, 2], "next": "b"}, {"data": [3]}]
    assert [asked.query for asked in api.asked] == [{"limit": "2"}, {"limit": "2", "after": "b"}]
    assert {asked.headers["Authorization"] for asked in api.asked} == {f"Bearer {SECRET}"}


@pytest.mark.parametrize("trouble", [(500, {}, "oops"), (503, {}, {}), (429, {}, {"message": "slow down"}), RESET, CUT])
def test_what_passes_is_tried_again(api: FakeApi, client: Api, trouble: Any) -> None:
    api.on("GET", "/things", two_pages)
    api.trouble = [trouble, trouble]
    assert len(pages(client)) == 2
    assert len(api.asked) == 4


def test_the_server_says_how_long_to_wait(api: FakeApi, client: Api) -> None:
    api.on("GET", "/things", two_pages)
    api.trouble = [(429, {"Retry-After": "1"}, {})]
    began = time.monotonic()
    assert len(pages(client)) == 2
    assert time.monotonic() - began >= 1


def test_what_does_not_pass_ends_in_one_line(api: FakeApi, client: Api) -> None:
    api.trouble = [(500, {}, {"error": {"message": "broken\nfor good"}})] * api_module.ATTEMPTS
    with pytest.raises(PullError, match=r"^acme: GET things answered 500: broken for good$"):
        pages(client)
    assert len(api.asked) == api_module.ATTEMPTS


def test_an_expired_token_is_said_and_not_tried_again(api: FakeApi, client: Api) -> None:
    api.trouble = [(401, {}, {"status": "error", "message": f"token {SECRET} expired"})]
    with pytest.raises(PullError) as caught:
        pages(client)
    assert str(caught.value) == (
        "acme: GET things answered 401: token *** expired; ACME_TOKEN may have expired or lack a right"
    )
    assert len(api.asked) == 1


def test_an_answer_that_is_no_json(api: FakeApi, client: Api) -> None:
    api.on("GET", "/things", lambda asked: (200, {}, "<html>maintenance</html>"))
    with pytest.raises(PullError, match="acme: GET things: the answer is no JSON"):
        pages(client)


def test_a_redirect_does_not_take_the_token_elsewhere(api: FakeApi, client: Api) -> None:
    api.on("GET", "/things", lambda asked: (302, {"Location": f"{api.url}/elsewhere"}, {}))
    with pytest.raises(PullError, match="acme: GET things answered 302: Found"):
        pages(client)
    assert api.paths() == ["/things"]


def test_no_log_holds_the_token(api: FakeApi, client: Api, caplog: pytest.LogCaptureFixture) -> None:
    api.on("GET", "/things", two_pages)
    with caplog.at_level(logging.DEBUG):
        pages(client)
    assert "/things" in caplog.text
    assert SECRET not in caplog.text
