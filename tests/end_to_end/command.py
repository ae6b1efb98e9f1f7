"""The command as users run it: a process of its own, in a session of its own so that its children can be killed too."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb

RUN = [sys.executable, "-m", "orchestration.cli"]
ROOT = Path(__file__).resolve().parents[2]


def funnelmart(*arguments: str, workspace: Path) -> subprocess.CompletedProcess[str]:
    command = [*RUN, *arguments, "-w", str(workspace)]
    # whoever runs the tests may have a key of people set: the demo's tables are compared with those of every clone
    environment = {name: value for name, value in os.environ.items() if name != "FUNNELMART_PERSON_KEY"}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def run_and_kill(workspace: Path, at: Callable[[str], bool]) -> list[str]:
    """Start a run and SIGKILL it, children included, at the first line that `at` recognises; returns the lines."""
    command = [*RUN, "run", "--verbose", "-w", str(workspace)]
    lines = []
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            lines.append(line.rstrip())
            if at(line):
                os.killpg(process.pid, signal.SIGKILL)
                break
        process.wait()
    assert process.returncode == -signal.SIGKILL, "\n".join(lines)
    return lines


def published(workspace: Path, query: str) -> list[tuple]:
    with duckdb.connect() as connection:
        connection.execute(f"attach '{workspace / 'published' / 'funnelmart.duckdb'}' as published (read_only)")
        connection.execute("use published.mart")
        return connection.execute(query).fetchall()


MARCH = """select leads, won_deals, revenue, ad_spend from kpi_total
           where grain = 'month' and period_start = date '2024-03-01'"""
