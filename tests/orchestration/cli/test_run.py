"""What a run does before and after its job."""

import fcntl
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from orchestration.cli.app import app
from orchestration.cli.commands import COMMANDS
from orchestration.cli.run_told import tell_run
from orchestration.settings import load_settings
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


@pytest.mark.parametrize("as_json", [False, True])
def test_a_mart_that_can_not_be_shown_is_published_all_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], as_json: bool
) -> None:
    """The command ended with a traceback and 1, as if nothing were published."""
    settings = load_settings(make_workspace(tmp_path / "acme"))
    settings.published_path.parent.mkdir()
    settings.published_path.write_bytes(b"a disk has lost it since")

    tell_run(settings, "run1", {"total": 1.0}, as_json, warnings=["a report was not written"])

    said = capsys.readouterr().out
    assert "a report was not written" in said
    assert "the mart is published; what it holds can't be shown" in " ".join(said.split())
    assert not as_json or json.loads(said)["status"] == "published"


@pytest.mark.parametrize("as_json", [False, True])
def test_nothing_is_new_of_a_mart_that_can_not_be_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], as_json: bool
) -> None:
    """It was said to be published, by a run that published nothing."""
    settings = load_settings(make_workspace(tmp_path / "acme"))
    settings.published_path.parent.mkdir()
    settings.published_path.write_bytes(b"a disk has lost it since")

    tell_run(settings, "run2", {"total": 1.0}, as_json, published_by="run1")

    said = capsys.readouterr().out
    assert as_json or said.startswith("nothing new")
    if as_json:
        found = json.loads(said)
        assert (found["run_id"], found["status"], found["published_by"]) == ("run2", "nothing_new", "run1")
