"""When `funnelmart ui` says where its pages are."""

import json
import os
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from orchestration.runs import services
from orchestration.runs.services import ANNOUNCED, answers, say_where


class Refuses(BaseHTTPRequestHandler):
    """A guard: who has no token gets nothing."""

    def do_GET(self) -> None:
        self.send_error(403)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def test_a_server_answers_even_where_it_refuses() -> None:
    with HTTPServer(("127.0.0.1", 0), Refuses) as server:
        port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        assert answers(port)
        server.shutdown()
        thread.join()
    assert not answers(port)


def test_the_address_is_written_where_the_command_said_and_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(services.webbrowser, "open", opened.append)
    read_end, write_end = os.pipe()
    monkeypatch.setenv(ANNOUNCED, json.dumps({"text": "here", "to": write_end, "open": "http://127.0.0.1:1/"}))

    say_where()

    with os.fdopen(read_end) as said:
        assert said.read() == "here"
    assert opened == ["http://127.0.0.1:1/"]
    assert ANNOUNCED not in os.environ
