"""A made-up API on the loopback: routes that answer, and trouble that comes before them."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

Answer = tuple[int, dict[str, str], Any]
RESET = "reset"  # the connection breaks without an answer
CUT = "cut"  # the answer breaks off in the middle


@dataclass(frozen=True)
class Asked:
    """One request as the server saw it."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: Any


@dataclass
class FakeApi:
    """`routes` answer by (method, path); before that, what stands in `trouble` is used up, an answer each."""

    url: str = ""
    routes: dict[tuple[str, str], Callable[[Asked], Any]] = field(default_factory=dict)
    trouble: list[Answer | str] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)

    def on(self, method: str, path: str, answer: Any) -> None:
        """Answer with a JSON document, or with what a function of the request gives (document or full answer)."""
        self.routes[method, path] = answer if callable(answer) else lambda asked: answer

    def paths(self) -> list[str]:
        return [asked.path for asked in self.asked]

    def reply(self, asked: Asked) -> Answer | str:
        self.asked.append(asked)
        if self.trouble:
            return self.trouble.pop(0)
        route = self.routes.get((asked.method, asked.path))
        if route is None:
            return 404, {}, {"message": f"no such route: {asked.method} {asked.path}"}
        answer = route(asked)
        return answer if isinstance(answer, tuple) else (200, {}, answer)


@contextmanager
def fake_api() -> Iterator[FakeApi]:
    api = FakeApi()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            url = urlsplit(self.path)
            raw = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
            body = json.loads(raw) if raw.startswith(("{", "[")) else raw
            query = {name: values[-1] for name, values in parse_qs(url.query).items()}
            answer = api.reply(Asked(self.command, url.path, query, dict(self.headers), body))
            if answer == RESET:
                self.connection.close()
                return
            status, headers, document = (200, {}, {"data": "x" * 100}) if answer == CUT else answer
            text = document if isinstance(document, str) else json.dumps(document)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(0 if status == 204 else len(text.encode())))
            self.end_headers()
            if status != 204:
                self.wfile.write(text.encode()[: 20 if answer == CUT else None])
            if answer == CUT:
                self.connection.close()

        do_POST = do_GET

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    api.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield api
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
