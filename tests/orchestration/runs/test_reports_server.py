"""The server of the documents as `funnelmart ui` starts it: a process of its own."""

import os
import signal
import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from orchestration.runs.guard import TOKEN
from orchestration.runs.reports_server import start


@contextmanager
def started(folder: Path, port: int) -> Iterator[tuple["subprocess.Popen[str]", str]]:
    server, address = start(folder, port)
    try:
        yield server, address
    finally:
        if server.poll() is None:
            server.kill()
        server.wait(timeout=60)
        for stream in (server.stdin, server.stdout):
            if stream:
                stream.close()


@pytest.fixture
def reports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv(TOKEN, raising=False)
    (tmp_path / "kpi_report.html").write_text("<p>report</p>")
    return tmp_path


def test_beyond_the_last_port_there_is_another(reports: Path) -> None:
    with started(reports, 65_536) as (_, address), urllib.request.urlopen(address, timeout=60) as answer:
        assert answer.read() == b"<p>report</p>"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_in_order_when_it_is_told(
    reports: Path, number: signal.Signals, capfd: pytest.CaptureFixture[str]
) -> None:
    with started(reports, 0) as (server, address):
        urllib.request.urlopen(address, timeout=60).close()
        os.kill(server.pid, number)
        assert server.wait(timeout=60) == 0
    assert capfd.readouterr().err == ""


def test_it_ends_with_who_started_it(reports: Path) -> None:
    with started(reports, 0) as (server, _):
        assert server.stdin
        server.stdin.close()
        assert server.wait(timeout=60) == 0
