"""Requests as a browser sends them, to the guarded application in this process: nothing listens."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from orchestration.runs.guard import Access, Guard, access_of
from orchestration.runs.reports_server import documents

OWN = "http://127.0.0.1:3000"
MUTATION = "query=mutation%7BsetNuxSeen%7D"


async def inside(scope: Any, receive: Any, send: Any) -> None:
    """The application behind the guard: it answers whatever comes through."""
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.accept"})
        return
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"inside"})


def asked(app: Any, path: str = "/", method: str = "GET", kind: str = "http", **headers: str) -> list[dict[str, Any]]:
    """What the application sends; headers by name, `_` for `-`, the own host unless another is named."""
    sent: list[dict[str, Any]] = []
    told = {"host": "127.0.0.1:3000"} | headers
    path, _, query = path.partition("?")
    scope = {
        "type": kind,
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": query.encode(),
        "headers": [(key.replace("_", "-").encode(), value.encode()) for key, value in told.items()],
        "http_version": "1.1",
        "scheme": "http",
    }

    opening = {"type": "websocket.connect"} if kind == "websocket" else {"type": "http.request", "body": b""}
    told_by_the_server = iter([opening])

    async def receive() -> dict[str, Any]:
        return next(told_by_the_server, {"type": "http.disconnect"})

    async def send(message: Any) -> None:
        sent.append(dict(message))

    asyncio.run(app(scope if kind == "websocket" else scope | {"method": method}, receive, send))
    return sent


def status(app: Any, path: str = "/", method: str = "GET", **headers: str) -> int:
    return int(asked(app, path, method, **headers)[0]["status"])


@pytest.fixture
def open_to_all() -> Guard:
    """As with --no-token."""
    return Guard(inside, Access(frozenset({OWN})))


@pytest.fixture
def guarded() -> Guard:
    return Guard(inside, Access(frozenset({OWN}), token="s3cret", cookie="funnelmart-3000"))


def test_own_pages_and_programs_get_through(open_to_all: Guard) -> None:
    assert status(open_to_all) == 200
    assert status(open_to_all, "/graphql", "POST", origin=OWN) == 200
    assert status(open_to_all, "/graphql", "POST") == 200


@pytest.mark.parametrize("host", ["evil.test", "evil.test:3000", "127.0.0.1", "127.0.0.1:3001", ""])
def test_a_name_that_somebody_lets_point_here_is_not_this_server(open_to_all: Guard, host: str) -> None:
    assert status(open_to_all, host=host) == 403


@pytest.mark.parametrize("origin", ["http://evil.test", "null", "http://127.0.0.1:3001", "https://127.0.0.1:3000"])
def test_pages_of_others_may_not_ask(open_to_all: Guard, origin: str) -> None:
    assert status(open_to_all, "/graphql", "POST", origin=origin) == 403
    assert status(open_to_all, origin=origin) == 403


def test_a_form_of_another_site_without_an_origin_is_refused(open_to_all: Guard) -> None:
    assert status(open_to_all, "/graphql", "POST", sec_fetch_site="cross-site") == 403


@pytest.mark.parametrize("path", [f"/graphql?{MUTATION}", f"/graphql/?{MUTATION}", "/graphql?query=%7Bversion%7D"])
def test_graphql_by_get_is_refused(open_to_all: Guard, path: str) -> None:
    assert status(open_to_all, path) == 405
    assert status(open_to_all, path, "HEAD") == 405
    assert status(open_to_all, "/graphql", "DELETE") == 405


def test_the_token_becomes_a_cookie_that_opens_pages_and_websockets(guarded: Guard) -> None:
    assert status(guarded) == 403
    assert status(guarded, "/?token=guess") == 403

    (answer, _) = asked(guarded, "/runs?view=all&token=s3cret")
    headers = dict(answer["headers"])
    assert (answer["status"], headers[b"location"]) == (303, b"/runs?view=all")
    assert headers[b"set-cookie"] == b"funnelmart-3000=s3cret; Path=/; HttpOnly; SameSite=Strict"

    cookie = "other=1; funnelmart-3000=s3cret"
    assert status(guarded, "/assets/main.js", cookie=cookie) == 200
    assert status(guarded, "/graphql", "POST", cookie=cookie, origin=OWN) == 200
    assert status(guarded, "/graphql", "POST", cookie="funnelmart-3000=guess") == 403


def test_the_exchange_leads_to_no_other_host(guarded: Guard) -> None:
    (answer, _) = asked(guarded, "//evil.test/x?token=s3cret")
    assert dict(answer["headers"])[b"location"] == b"/evil.test/x"


def test_websockets_are_opened_for_own_pages_only(guarded: Guard) -> None:
    cookie = "funnelmart-3000=s3cret"
    assert asked(guarded, "/graphql", kind="websocket", origin=OWN, cookie=cookie)[0]["type"] == "websocket.accept"
    for headers in ({"origin": "http://evil.test", "cookie": cookie}, {"origin": OWN}, {"host": "evil.test"}):
        assert asked(guarded, "/graphql", kind="websocket", **headers)[0]["type"] == "websocket.close"


def test_a_proxy_of_ones_own_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FUNNELMART_UI_ORIGIN", "https://mart.acme.com/")
    monkeypatch.delenv("FUNNELMART_UI_TOKEN", raising=False)
    guard = Guard(inside, access_of(3000))
    assert status(guard, "/graphql", "POST", host="mart.acme.com", origin="https://mart.acme.com") == 200
    assert status(guard, "/graphql", "POST", host="mart.acme.com", origin="https://evil.test") == 403
    assert status(guard, host="127.0.0.1:3000") == 200


def test_documents_are_those_of_the_folder_alone(tmp_path: Path) -> None:
    reports, secret = tmp_path / "reports", tmp_path / "person.key"
    reports.mkdir()
    secret.write_text("key")
    (reports / "kpi_report.html").write_text("<p>report</p>")
    (reports / "linked.html").symlink_to(secret)
    app = Guard(documents(reports), Access(frozenset({OWN})))

    assert status(app, "/kpi_report.html") == 200
    assert status(app, "/") == 307
    assert status(app, "/linked.html") == 404
    assert status(app, "/../person.key") == 404
    assert status(app, "/kpi_report.html", host="evil.test") == 403


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "LocalHost"])
def test_a_port_that_goes_unsaid_is_named_by_no_browser(monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    monkeypatch.delenv("FUNNELMART_UI_TOKEN", raising=False)
    guard = Guard(inside, access_of(80))
    assert status(guard, "/graphql", "POST", host=host, origin=f"http://{host.lower()}") == 200
    assert status(guard, host=f"{host}:3000") == 403


def test_a_proxy_is_known_however_its_address_was_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FUNNELMART_UI_ORIGIN", "HTTPS://Mart.Acme.com:443/")
    monkeypatch.delenv("FUNNELMART_UI_TOKEN", raising=False)
    guard = Guard(inside, access_of(3000))
    assert status(guard, "/graphql", "POST", host="mart.acme.com", origin="https://mart.acme.com") == 200


@pytest.mark.parametrize("other", ['prefs={"a": 1}', "a:b=c", "no sign", 'quoted="x', "=", "\xe9=1"])
def test_cookies_of_other_programs_of_this_machine_are_no_obstacle(guarded: Guard, other: str) -> None:
    assert status(guarded, cookie=f"{other}; funnelmart-3000=s3cret") == 200
    assert status(guarded, cookie=f"{other}; funnelmart-3000=guess") == 403
    assert status(guarded, cookie=f"funnelmart-3000=stale; funnelmart-3000=s3cret; {other}") == 200


@pytest.mark.parametrize(
    ("path", "location"),
    [("/\\evil.test/x", b"/%5Cevil.test/x"), ("/a\r\nset-cookie: b", b"/a%0D%0Aset-cookie:%20b"), ("/é?", b"/%C3%A9")],
)
def test_the_exchange_leads_to_the_path_as_it_was_asked(guarded: Guard, path: str, location: bytes) -> None:
    (answer, _) = asked(guarded, f"{path.rstrip('?')}?token=s3cret")
    assert dict(answer["headers"])[b"location"] == location
