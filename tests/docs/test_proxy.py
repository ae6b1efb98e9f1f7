"""The reverse proxy of docs/security.md as it stands there, between a browser and the guarded server."""

import asyncio
import json
import re
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from websockets.asyncio.client import connect

from orchestration.runs.guard import Access, Guard
from tests.docs.pages import ROOT

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
HOST, ORIGIN = "mart.acme.com", "https://mart.acme.com"
pytestmark = pytest.mark.skipif(NGINX is None, reason="nginx is not installed (apt-get install nginx-light)")


class SignOn(BaseHTTPRequestHandler):
    """An OpenID Connect proxy: whoever has its cookie is signed on."""

    def do_GET(self) -> None:
        is_known = "signed_on" in self.headers.get("Cookie", "")
        self.send_response(202 if is_known and self.path == "/oauth2/auth" else 401 if "auth" in self.path else 200)
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Nothing."""


async def inside(scope: Any, receive: Any, send: Any) -> None:
    """What is guarded: it says who asked; a WebSocket answers what it is told."""
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.accept"})
        await send({"type": "websocket.send", "text": (await receive())["text"]})
        await send({"type": "websocket.close"})
    elif scope["type"] == "http":
        body = json.dumps({k.decode(): v.decode() for k, v in scope["headers"]})
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": body.encode()})


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@pytest.fixture(scope="module")
def proxy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of nginx with the configuration of the page; only TLS and the ports are others."""
    folder = tmp_path_factory.mktemp("nginx")
    port, app_port = free_port(), free_port()
    sign_on = ThreadingHTTPServer(("127.0.0.1", 0), SignOn)
    threading.Thread(target=sign_on.serve_forever, daemon=True).start()
    app = Guard(inside, Access(frozenset({ORIGIN})))
    server = uvicorn.Server(uvicorn.Config(app, port=app_port, log_level="warning", lifespan="off"))
    threading.Thread(target=server.run, daemon=True).start()
    page = (ROOT / "docs" / "security.md").read_text()
    (said,) = re.findall(r"```nginx\n(.*?)```", page, re.DOTALL)
    for before, after in (
        ("listen 443 ssl", f"listen 127.0.0.1:{port}"),
        ("127.0.0.1:4180", f"127.0.0.1:{sign_on.server_port}"),
        ("127.0.0.1:3000", f"127.0.0.1:{app_port}"),
    ):
        assert before in said
        said = said.replace(before, after)
    places = "".join(
        f"{name}_temp_path {folder}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"daemon off; pid {folder}/pid; error_log {folder}/error.log; events {{}}\n"
        f"http {{ access_log off; {places}\n{said}\n}}"
    )
    command = [str(NGINX), "-p", str(folder), "-e", f"{folder}/error.log", "-c", f"{folder}/nginx.conf"]
    with subprocess.Popen(command) as process:
        try:
            for listening in (port, app_port):
                _wait_for(listening, process, folder)
            yield port
        finally:
            process.terminate()
            server.should_exit = True
            sign_on.shutdown()


def _wait_for(port: int, process: "subprocess.Popen[bytes]", folder: Path) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        assert process.poll() is None, (folder / "error.log").read_text()
        with socket.socket() as trying:
            if trying.connect_ex(("127.0.0.1", port)) == 0:
                return
    raise AssertionError(f"nothing listens at {port}")


def ask(port: int, method: str = "GET", host: str = HOST, **headers: str) -> tuple[int, bytes]:
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request(method, "/graphql" if method == "POST" else "/", headers={"Host": host, **headers})
    answer = connection.getresponse()
    return answer.status, answer.read()


def test_who_is_not_signed_on_is_led_to_the_sign_on(proxy: int) -> None:
    status, body = ask(proxy)
    assert (status, body) == (401, b"")


def test_who_is_signed_on_gets_through_under_the_companys_name(proxy: int) -> None:
    status, body = ask(proxy, Cookie="signed_on")
    assert (status, json.loads(body)["host"]) == (200, HOST)
    assert ask(proxy, "POST", Cookie="signed_on", Origin=ORIGIN)[0] == 200


def test_other_names_and_pages_of_others_do_not(proxy: int) -> None:
    assert ask(proxy, host="evil.test", Cookie="signed_on")[0] == 403
    assert ask(proxy, "POST", Cookie="signed_on", Origin="https://evil.test")[0] == 403


def test_websockets_go_through(proxy: int) -> None:
    async def talk() -> str:
        headers = {"Host": HOST, "Cookie": "signed_on"}
        address = f"ws://{HOST}/graphql"
        async with connect(
            address, host="127.0.0.1", port=proxy, origin=ORIGIN, additional_headers={"Cookie": headers["Cookie"]}
        ) as socket_:
            await socket_.send("hello")
            return str(await socket_.recv())

    assert asyncio.run(talk()) == "hello"
