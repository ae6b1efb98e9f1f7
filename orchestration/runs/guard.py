"""What stands between a browser and the servers of this machine: a local port is open to every page in the browser.

Any page may send requests to 127.0.0.1, and a name of its own that it lets point there (DNS rebinding). So a request
must name this server as its host, come from its own pages or from no page, change nothing by GET, and carry the token
that `funnelmart ui` has printed: once in the address, from then on in a cookie that no script and no other site reads.
"""

import dataclasses
import hmac
import os
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any
from urllib.parse import parse_qs, parse_qsl, quote, urlencode, urlsplit

from orchestration.runs.addresses import address_of

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]

TOKEN, COOKIE, ORIGIN = "FUNNELMART_UI_TOKEN", "FUNNELMART_UI_COOKIE", "FUNNELMART_UI_ORIGIN"
_READS = ("GET", "HEAD", "OPTIONS")
_OF_PATHS = "/:@!$&'()*+,;=~"  # what may stand in a path as it is
_HEADERS = (  # no other site shows these pages in a frame, and no address of theirs is told to another site
    (b"x-frame-options", b"SAMEORIGIN"),
    (b"referrer-policy", b"same-origin"),
    (b"x-content-type-options", b"nosniff"),
)


@dataclasses.dataclass(frozen=True)
class Access:
    """Who may ask: `token` is None where a proxy of the company's own decides; `origins` are the own addresses."""

    origins: frozenset[str]
    token: str | None = None
    cookie: str = "funnelmart"

    @property
    def hosts(self) -> frozenset[str]:
        """What a request may name as its host."""
        return frozenset(urlsplit(origin).netloc for origin in self.origins)


def access_of(port: int) -> Access:
    """The access to a server at a port of this machine, with what `funnelmart ui` put into the environment."""
    own = {address_of(f"http://{name}:{port}") for name in ("127.0.0.1", "localhost")}
    further = set(map(address_of, os.environ.get(ORIGIN, "").split()))
    return Access(frozenset(own | further), os.environ.get(TOKEN) or None, os.environ.get(COOKIE) or "funnelmart")


class Guard:
    """An ASGI application that lets through to another what is allowed to go there."""

    def __init__(self, app: App, access: Access) -> None:
        self._app, self._access = app, access

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer a request or the opening of a WebSocket; anything else goes through."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        refused = self._refused(scope)
        if refused is not None:
            await _refuse(scope, receive, send, *refused)
        elif scope["type"] == "http" and self._access.token and _given_token(scope):
            await self._take_token(scope, send)
        elif not self._is_known(scope):
            await _refuse(
                scope, receive, send, 403, "Open the address that `funnelmart ui` has printed, with its token."
            )
        elif scope["type"] == "http":
            await self._app(scope, receive, _with_headers(send))
        else:
            await self._app(scope, receive, send)

    def _refused(self, scope: Message) -> tuple[int, str] | None:
        host, origin = _header(scope, b"host"), _header(scope, b"origin")
        if (host or "").lower() not in self._access.hosts:
            return 403, f"This server is not {host or 'without a name'}."
        if origin is not None and origin not in self._access.origins:
            return 403, f"Pages of {origin} may not use this server."
        if _header(scope, b"sec-fetch-site") == "cross-site" and scope.get("method") not in ("GET", None):
            return 403, "Pages of other sites may not use this server."
        if scope["type"] == "http":
            if scope["method"] not in (*_READS, "POST"):
                return 405, "Only GET and POST are answered."
            if scope["method"] in _READS and scope["path"].rstrip("/").endswith("/graphql") and _query(scope, "query"):
                return 405, "GraphQL is answered to POST only."
        return None

    async def _take_token(self, scope: Message, send: Send) -> None:
        """Exchange the token of the address for a cookie, and lead to the address without it."""
        if not hmac.compare_digest(_given_token(scope).encode(), str(self._access.token).encode()):
            await _answer(send, 403, b"This token is of another start of `funnelmart ui`.")
            return
        kept = [(key, value) for key, value in _pairs(scope) if key != "token"]
        # Several slashes at its start, of either kind, would make the path an address of another host.
        target = "/" + quote(scope["path"].lstrip("/"), _OF_PATHS) + (f"?{urlencode(kept)}" if kept else "")
        cookie = f"{self._access.cookie}={self._access.token}; Path=/; HttpOnly; SameSite=Strict"
        await _answer(send, 303, b"", [(b"location", target.encode()), (b"set-cookie", cookie.encode())])

    def _is_known(self, scope: Message) -> bool:
        if self._access.token is None:
            return True
        token = self._access.token.encode()
        return any(hmac.compare_digest(value.encode(), token) for value in _cookies(scope, self._access.cookie))


def _header(scope: Message, name: bytes) -> str | None:
    values = [value for key, value in scope["headers"] if key.lower() == name]
    return values[-1].decode("latin-1") if len(values) == 1 else ("," if values else None)


def _cookies(scope: Message, name: str) -> list[str]:
    """What a cookie says. Those of every program on this machine come along, whatever they are like."""
    sent = b";".join(value for key, value in scope["headers"] if key.lower() == b"cookie").decode("latin-1")
    pairs = (pair.partition("=") for pair in sent.split(";"))
    return [value.strip() for key, _, value in pairs if key.strip() == name]


def _query(scope: Message, name: str) -> list[str]:
    return parse_qs(scope.get("query_string", b"").decode("latin-1"), keep_blank_values=True).get(name, [])


def _pairs(scope: Message) -> list[tuple[str, str]]:
    return parse_qsl(scope.get("query_string", b"").decode("latin-1"), keep_blank_values=True)


def _given_token(scope: Message) -> str:
    given = _query(scope, "token") if scope.get("method") == "GET" else []
    return given[0] if given else ""


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message.get("headers", []), *_HEADERS]}
        await send(message)

    return sending


async def _refuse(scope: Message, receive: Receive, send: Send, status: int, text: str) -> None:
    if scope["type"] == "websocket":
        await receive()  # the opening; closed before it is accepted, the browser sees 403
        await send({"type": "websocket.close", "code": 1008, "reason": text})
    else:
        await _answer(send, status, f"{text}\n".encode())


async def _answer(send: Send, status: int, body: bytes, headers: Iterable[tuple[bytes, bytes]] = ()) -> None:
    said = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": [*said, *_HEADERS, *headers]})
    await send({"type": "http.response.body", "body": body})
