"""One dbt process a run: it builds when asked, lets go of the warehouse in between, and ends with its run."""

import json
import os
import select
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from orchestration.errors import TransformError
from orchestration.settings import Settings, load_settings
from orchestration.transform.command import dbt_target_path
from orchestration.transform.dbt import WITHOUT_UNIT_TESTS, run_dbt, running, serving
from orchestration.transform.manifest import prepare_manifest
from orchestration.transform.serving import Serving, dbt_serving, end_serving

ROOT = Path(__file__).resolve().parents[3]
TABLE = "dim_kpi"  # needs no rows of any source
BUILD = ["build", *WITHOUT_UNIT_TESTS, "--exclude-resource-type", "test", "--select", TABLE]
WRITE = """
import sys, duckdb
with duckdb.connect(sys.argv[1]) as warehouse:
    print(warehouse.execute("select count(*) > 0 from mart.dim_kpi").fetchone()[0])
    warehouse.execute("create or replace table main.written as select 1 as x")
"""
RUN = """
import sys
from pathlib import Path
from orchestration.settings import load_settings
from orchestration.transform.serving import dbt_serving
with dbt_serving(load_settings(Path(sys.argv[1]))) as process:
    print(process._process.pid, flush=True)
    process.manifest()
    print("loaded", flush=True)
    sys.stdin.read()
"""

ENDS = """
import json, sys
sys.stdin.readline()
print(chr(30) + json.dumps({"code": 0, "error": None}), flush=True)
sys.stdin.readline()
sys.exit(print("the engine is gone", flush=True) or 1)
"""


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("serving") / "acme"
    folder.mkdir()
    (folder / "funnelmart.yml").write_text("company: Acme\n")
    return load_settings(folder)


def pid(process: Serving) -> int:
    return process._process.pid


def test_two_builds_of_one_process_let_others_open_the_warehouse_in_between(settings: Settings) -> None:
    with dbt_serving(settings) as process:
        for _ in range(2):
            lines: list[str] = []
            (ended,) = running(settings, BUILD, on_line=lines.append)
            results = json.loads((dbt_target_path(settings) / "run_results.json").read_bytes())["results"]
            written = subprocess.run(
                [sys.executable, "-c", WRITE, str(settings.warehouse_path)], capture_output=True, text=True, check=False
            )

            assert any(f"mart.{TABLE}" in line for line in lines)
            assert (ended["unique_id"].split(".")[-1], ended["status"]) == (TABLE, "success")
            assert ended["profile"]["rows"] > 0
            assert ended["profile"]["sample"].startswith("| kpi |")
            assert [(result["unique_id"].split(".")[-1], result["status"]) for result in results] == [
                (TABLE, "success")
            ]
            assert (written.returncode, written.stdout) == (0, "True\n"), written.stderr
            assert serving[settings.workspace] is process
            assert psutil.Process(pid(process)).children() == []  # another Python for its locks would be memory
        with dbt_serving(settings) as again:
            assert pid(again) == pid(process)
    assert settings.workspace not in serving
    with pytest.raises(ProcessLookupError):
        os.kill(pid(process), 0)


def test_the_manifest_is_written_once_and_loaded_by_the_next_run(settings: Settings) -> None:
    manifest = prepare_manifest(settings)
    written = manifest.stat().st_mtime_ns

    with dbt_serving(settings) as process:
        assert not process.parses_anew
        assert prepare_manifest(settings) == manifest
    assert manifest.stat().st_mtime_ns == written


def test_it_may_be_started_before_anything_is_written(tmp_path: Path) -> None:
    (tmp_path / "funnelmart.yml").write_text("company: Acme\n")
    with dbt_serving(load_settings(tmp_path), begins=False) as process:
        assert process._process.poll() is None
    assert [path.name for path in tmp_path.iterdir()] == ["funnelmart.yml"]


def test_a_failure_says_what_dbt_said_and_the_process_goes_on(settings: Settings) -> None:
    with dbt_serving(settings):
        with pytest.raises(TransformError, match=r"dbt build failed \(2\); log in .*dbt\.log:(.|\n)*no-such-option"):
            run_dbt(settings, ["build", "--no-such-option"])
        run_dbt(settings, BUILD)


def served_by(script: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A workspace in whose runs a script stands for dbt."""
    (folder / "funnelmart.yml").write_text("company: Acme\n")
    settings = load_settings(folder)
    (dbt_target_path(settings) / "manifest.json").write_text("{}")
    command = [sys.executable, "-u", "-c", script]
    monkeypatch.setattr(
        "orchestration.transform.command.start_dbt",
        lambda *_: subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True),
    )
    return settings


def test_a_process_that_ends_of_itself_has_built_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As Python ends by an error, with 1: from dbt that means that a test failed, and what was built is published."""
    settings = served_by(ENDS, tmp_path, monkeypatch)
    with dbt_serving(settings), pytest.raises(TransformError, match="the engine is gone"):
        run_dbt(settings, BUILD, accept=(0, 1))


ENDS_BETWEEN = """
import json, sys
sys.stdin.readline()
print(chr(30) + json.dumps({"code": 0, "error": None}), flush=True)
sys.exit(print("the engine is gone", flush=True) or 1)
"""


def test_a_process_that_ends_between_two_commands_is_said_to_have_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And nothing else: to close its pipe fails as well, at the end of the run."""
    settings = served_by(ENDS_BETWEEN, tmp_path, monkeypatch)
    with dbt_serving(settings) as process:
        process._process.wait()
        with pytest.raises(TransformError, match=r"dbt has ended \(1\); .*\nthe engine is gone"):
            run_dbt(settings, BUILD)


FAILS = """
import json, select, sys
while select.select([sys.stdin], [], [], 5)[0] and sys.stdin.readline():
    print("no such macro", flush=True)
    print(chr(30) + json.dumps({"code": 2, "error": None}), flush=True)
print("nobody asks", flush=True)
"""


def test_who_asks_again_of_a_project_that_can_not_be_read_is_told_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And does not wait for the answer to a question that was not put."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    settings = served_by(FAILS, tmp_path, monkeypatch)
    with dbt_serving(settings):
        for _ in range(2):
            with pytest.raises(TransformError, match=r"dbt can't read the project \(2\):\nno such macro"):
                prepare_manifest(settings)


def test_it_ends_with_its_run_whatever_ends_that(settings: Settings) -> None:
    command = [sys.executable, "-c", RUN, str(settings.workspace)]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as run:
        assert run.stdout is not None
        ended = os.pidfd_open(int(run.stdout.readline()))
        assert run.stdout.readline() == "loaded\n"
        run.send_signal(signal.SIGKILL)
        run.wait()

    assert select.select([ended], [], [], 60) == ([ended], [], [])  # readable once that process has ended
    os.close(ended)


def test_the_process_may_end_before_its_run_does(settings: Settings) -> None:
    with dbt_serving(settings) as process:
        end_serving(settings)
        assert process._process.returncode is not None
        assert settings.workspace not in serving
