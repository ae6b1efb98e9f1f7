"""Commands that unpack extracts beside runs, killed meanwhile: people lie in the workspace, until the next start."""

import gzip
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from orchestration.cli.app import app
from orchestration.cli.commands import COMMANDS
from tests.another_user import whose
from tests.minimal_workspace import LEADS, SETTINGS, make_workspace

ROOT = Path(__file__).resolve().parents[3]
VALIDATE, ADD_SOURCE = ["validate"], ["add-source", "extracts/leads.csv.gz", "--yes"]
# Waits where a file is unpacked and not yet read.
WAITING = """
import sys
from {module} import {function} as _
module = sys.modules["{module}"]
def wait(*_, **__):
    print("unpacked", flush=True)
    sys.stdin.read()
module.{function} = wait
from orchestration.cli.__main__ import main
sys.argv[1:] = {arguments}
main()
"""

assert COMMANDS  # which lets the command line find them


@pytest.fixture
def acme(tmp_path: Path) -> Path:
    """Its leads are compressed."""
    folder = make_workspace(tmp_path / "acme")
    (folder / "funnelmart.yml").write_text(SETTINGS.replace("leads*.csv", "leads*.csv.gz"))
    (folder / "extracts" / "leads.csv").unlink()
    (folder / "extracts" / "leads.csv.gz").write_bytes(gzip.compress(LEADS.encode()))
    (tmp_path / "system").mkdir()
    return folder


def holding_people(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and b"ann@example.com" in path.read_bytes()]


@pytest.mark.parametrize(
    ("arguments", "module", "function"),
    [
        (VALIDATE, "orchestration.extracts.validate", "read_header"),
        (VALIDATE, "orchestration.add_source.prove", "read_file"),
        (ADD_SOURCE, "orchestration.add_source.look", "kind_of"),
    ],
)
def test_what_a_kill_leaves_lies_in_the_workspace_until_the_next_start(
    acme: Path, arguments: list[str], module: str, function: str
) -> None:
    if arguments is ADD_SOURCE:
        (acme / "funnelmart.yml").write_text("company: Acme\n")
    system = acme.parent / "system"
    script = WAITING.format(module=module, function=function, arguments=[*arguments, "-w", str(acme)])
    with subprocess.Popen(
        [sys.executable, "-c", script],
        cwd=acme,
        env={**os.environ, "TMPDIR": str(system), "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"unpacked\n"
        process.send_signal(signal.SIGKILL)
    [left] = (acme / ".funnelmart").glob(f"reading-{process.pid}-*")
    assert {left} == {path.parents[len(path.relative_to(left).parts) - 1] for path in holding_people(acme)}
    assert left.stat().st_mode & 0o077 == 0
    assert list(system.iterdir()) == []

    assert CliRunner().invoke(app, ["validate", "-w", str(acme)]).exit_code == 0
    assert holding_people(acme) == []
    assert list((acme / ".funnelmart").iterdir()) == []


def test_nothing_is_left_where_no_run_has_been(acme: Path) -> None:
    before = sorted(acme.rglob("*"))
    assert CliRunner().invoke(app, ["validate", "-w", str(acme)]).exit_code == 0
    assert sorted(acme.rglob("*")) == before


def test_who_may_not_write_there_may_look_all_the_same(acme: Path) -> None:
    with whose(acme):
        acme.chmod(0o500)
        looked = CliRunner().invoke(app, ["validate", "-w", str(acme)])
        acme.chmod(0o700)
    assert looked.exit_code == 0, looked.output
    assert not (acme / ".funnelmart").exists()
