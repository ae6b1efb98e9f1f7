"""What a run does before and after its job."""

import fcntl
from pathlib import Path

from typer.testing import CliRunner

from orchestration.cli.app import app
from orchestration.cli.commands import COMMANDS
from tests.minimal_workspace import make_workspace

assert "run" in COMMANDS  # which lets the command line find it


def test_a_run_that_is_refused_writes_nothing_where_another_works(tmp_path: Path) -> None:
    """Its settings may be other ones by now: neither the log nor what dbt reads of the project is its own to write."""
    folder = make_workspace(tmp_path / "acme")
    log = folder / ".funnelmart" / "logs" / "run.log"
    log.parent.mkdir(parents=True)
    log.write_text("what the other run says")
    with (folder / ".funnelmart" / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        refused = CliRunner().invoke(app, ["run", "--force", "-w", str(folder)])

    assert refused.exit_code == 1
    assert "another run (process unknown) is writing to this workspace" in refused.output
    assert log.read_text() == "what the other run says"
    left = {str(path.relative_to(folder / ".funnelmart")) for path in (folder / ".funnelmart").rglob("*")}
    assert left == {"lock", "logs", "logs/run.log"}
