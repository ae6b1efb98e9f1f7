"""Ctrl-C and SIGTERM in the middle of a run: said in one line, with the exit code of shells; nothing is published."""

import os
import re
import signal
import subprocess
from pathlib import Path

import pytest

from tests.end_to_end.command import ROOT, RUN, funnelmart
from tests.minimal_workspace import make_workspace

MOMENTS = {
    "Ctrl-C while files land": (signal.SIGINT, True, r"^start +landing +extract_sheets", 130),
    "SIGTERM while dbt builds": (signal.SIGTERM, False, r"[2-9] of \d+ START", 143),
}


@pytest.fixture(scope="module")
def settled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace that was never run: what stops a run leaves nothing published."""
    return make_workspace(tmp_path_factory.mktemp("interrupted") / "acme")


@pytest.mark.parametrize("moment", MOMENTS)
def test_an_interrupted_run_says_so_and_publishes_nothing(settled: Path, moment: str) -> None:
    number, whole_group, at, code = MOMENTS[moment]
    if whole_group is False and not os.environ.get("FUNNELMART_FAULTS"):
        pytest.skip("make test-faults does it: a run up to dbt takes seconds")
    command = [*RUN, "run", "--verbose", "-w", str(settled)]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if re.search(at, line):
                (os.killpg if whole_group else os.kill)(process.pid, number)
                break
        out, err = process.communicate(timeout=120)
    assert process.returncode == code, out + err
    assert "funnelmart: interrupted; nothing was published" in err
    assert "Traceback" not in out + err
    assert not (settled / "published" / "funnelmart.duckdb").exists()
    running = subprocess.run(["pgrep", "-f", str(settled)], capture_output=True, text=True, check=False).stdout
    assert running == "", "a process of the run is still there"


def test_status_of_a_workspace_whose_only_run_was_interrupted(settled: Path) -> None:
    result = funnelmart("status", workspace=settled)
    assert result.returncode == 0, result.stdout + result.stderr
    assert "nothing is published yet" in result.stdout


@pytest.mark.skipif(not os.environ.get("FUNNELMART_FAULTS"), reason="make test-faults does it: a run up to dbt")
def test_a_dbt_that_the_system_kills_says_that_memory_is_the_usual_reason(settled: Path) -> None:
    command = [*RUN, "run", "--verbose", "-w", str(settled)]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if re.search(r"[2-9] of \d+ START", line):
                os.kill(child(process.pid, "dbt_process.py"), signal.SIGKILL)
                break
        out, err = process.communicate(timeout=120)
    assert process.returncode == 1, out + err
    assert "was killed by the system; memory is the usual reason: lower engine.memory_limit (now 4GB)" in err
    assert "Traceback" not in out + err
    assert not (settled / "published" / "funnelmart.duckdb").exists()


def child(parent: int, name: str) -> int:
    """The child of a process whose command names a script."""
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields, command = path.read_text().rpartition(")")[2].split(), path.with_name("cmdline").read_text()
        except (FileNotFoundError, ProcessLookupError):
            continue  # it has ended meanwhile
        if int(fields[1]) == parent and name in command:
            return int(path.parent.name)
    raise AssertionError(f"no child of {parent} is {name}")
