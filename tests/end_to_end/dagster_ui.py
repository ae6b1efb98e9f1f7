"""`funnelmart ui` as users start it, and the GraphQL that its pages speak."""

import contextlib
import json
import os
import queue
import re
import signal
import socket
import subprocess
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.end_to_end.command import ROOT, RUN

WAIT_SECONDS = 150


class DagsterUi:
    """A running server: what it says line by line, and questions to it."""

    def __init__(self, process: subprocess.Popen[str], told: dict[str, Any]) -> None:
        self.url, self.documents, self._process = told["url"], told["documents"], process
        self.token = told["token"]
        self.cookie = f"funnelmart-{self.url.rpartition(':')[2]}={self.token}"
        self._lines: queue.Queue[str] = queue.Queue()
        self.log: list[str] = []
        self.listener = threading.Thread(target=self._listen, daemon=True)
        self.listener.start()

    def _listen(self) -> None:
        for line in self._process.stderr or ():
            self._lines.put(line)

    def wait_for(self, pattern: str) -> str:
        """Read what the server says until a line matches."""
        while True:
            try:
                line = self._lines.get(timeout=WAIT_SECONDS)
            except queue.Empty:
                raise AssertionError(f"{pattern!r} was never said:\n" + "".join(self.log[-60:])) from None
            self.log.append(line)
            if re.search(pattern, line):
                return line

    def ask(self, query: str, **variables: Any) -> Any:
        """Send a GraphQL query."""
        body = json.dumps({"query": query, "variables": variables}).encode()
        request = urllib.request.Request(
            f"{self.url}/graphql", body, {"content-type": "application/json", "cookie": self.cookie}
        )
        with urllib.request.urlopen(request, timeout=120) as answer:
            document = json.load(answer)
        assert "errors" not in document, document["errors"]
        return document["data"]

    def repository(self) -> dict[str, str]:
        """How GraphQL names the definitions that are loaded."""
        query = "{ repositoriesOrError { ... on RepositoryConnection { nodes { name location { name } } } } }"
        (node,) = self.ask(query)["repositoriesOrError"]["nodes"]
        return {"repositoryName": node["name"], "repositoryLocationName": node["location"]["name"]}


@contextmanager
def dagster_ui(workspace: Path, **environment: str) -> Iterator[DagsterUi]:
    """Start the server on a free port, as a script does in the background; SIGTERM ends it and all that it started."""
    command = [
        "sh",
        "-c",
        'trap "" INT; exec "$@"',
        "sh",
        *RUN,
        "ui",
        "-w",
        str(workspace),
        "--port",
        str(_free_port()),
        "--json",
    ]
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        listener = None
        try:
            assert process.stdout is not None
            told = ""
            for line in process.stdout:
                told += line
                if line.startswith("}"):
                    break
            server = DagsterUi(process, json.loads(told))
            listener = server.listener
            server.wait_for("Serving dagster-webserver on")
            _listens(int(server.url.rpartition(":")[2]))
            yield server
        finally:
            process.terminate()
            try:
                process.wait(timeout=60)
                assert not _of_dagster(process.pid), "ended before all that it had started"
            except subprocess.TimeoutExpired:  # else nothing would ever end it, nor this test
                os.killpg(process.pid, signal.SIGKILL)
                raise
            if listener:
                listener.join(timeout=60)  # until the last of the group has closed its end of the pipe
        while not server._lines.empty():
            server.log.append(server._lines.get())
        assert not [line for line in server.log if line.startswith("Traceback")], "".join(server.log[-60:])


def _of_dagster(group: int) -> list[str]:
    """The processes of a group that are Dagster's, by what they were started with."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):  # it has ended meanwhile
            if int((folder / "stat").read_text().rpartition(")")[2].split()[2]) == group:
                found.append((folder / "cmdline").read_bytes().replace(b"\0", b" ").decode())
    return [command[:100] for command in found if "dagster" in command]


def _listens(port: int) -> None:
    """Return once the server, which says so a moment before, accepts connections."""
    for _ in range(100):
        with socket.socket() as caller:
            if caller.connect_ex(("127.0.0.1", port)) == 0:
                return
        threading.Event().wait(0.1)
    raise AssertionError(f"nothing listens on port {port}")


def _free_port() -> int:
    with socket.socket() as chosen:
        chosen.bind(("127.0.0.1", 0))
        return int(chosen.getsockname()[1])
