"""Receivers of this machine: a web hook and a mail server, each in a thread."""

import json
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from orchestration.settings import Settings
from orchestration.settings.notify import Notify


class WebHook(HTTPServer):
    """Keeps what is posted; answers 500 while it is out of order."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Hook)
        self.posted: list[dict[str, Any]] = []
        self.out_of_order = False


class _Hook(BaseHTTPRequestHandler):
    server: WebHook

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        if not self.server.out_of_order:
            self.server.posted.append(json.loads(body))
        self.send_response(500 if self.server.out_of_order else 200)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


class MailServer(socketserver.ThreadingTCPServer):
    """Enough of SMTP to take a message."""

    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Mail)
        self.mails: list[EmailMessage] = []


class _Mail(socketserver.StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        self._say("220 here")
        for line in self.rfile:
            command = line.strip().upper()
            if command.startswith(b"DATA"):
                self._say("354 go on")
                content = b"".join(iter(self.rfile.readline, b".\r\n"))
                self.server.mails.append(message_from_bytes(content, _class=EmailMessage, policy=policy.default))
            if command.startswith(b"QUIT"):
                return self._say("221 bye")
            self._say("250 fine")
        return None

    def _say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


@contextmanager
def _serving(server: Any) -> Iterator[Any]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    with server:
        yield server
        server.shutdown()
    thread.join()


@pytest.fixture
def hook(monkeypatch: pytest.MonkeyPatch) -> Iterator[WebHook]:
    with _serving(WebHook()) as server:
        monkeypatch.setenv("CHAT", f"json://127.0.0.1:{server.server_address[1]}/secret-token")
        yield server


@pytest.fixture
def mail(monkeypatch: pytest.MonkeyPatch) -> Iterator[MailServer]:
    with _serving(MailServer()) as server:
        port = server.server_address[1]
        monkeypatch.setenv("MAIL", f"mailto://127.0.0.1:{port}?from=mart@acme.test&to=heads@acme.test&mode=insecure")
        yield server


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(workspace=tmp_path, company="Acme", notify=Notify(to=["CHAT"], link="https://mart.acme.test/"))
