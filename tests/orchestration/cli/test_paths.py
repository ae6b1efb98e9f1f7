"""What commands print of folders and files: the path as it is, whatever it is called; a command that can be copied."""

import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

import orchestration.cli.commands  # noqa: F401  registers the commands
from orchestration.cli.app import app
from tests.minimal_workspace import LEADS

ODD = "[acme] [/x] Söhne"


def printed(*arguments: str) -> str:
    """Both streams of a command, unwrapped."""
    result = CliRunner().invoke(app, list(arguments), env={"COLUMNS": "1000"})
    assert not isinstance(result.exception, Exception), result.exception
    return result.stdout + result.stderr


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / ODD


def test_what_is_written_and_what_is_next_can_be_copied(folder: Path) -> None:
    said = printed("init", str(folder), "--yes")

    assert f"written  {folder / 'funnelmart.yml'}" in said
    assert f"put what your systems export into {folder / 'extracts'}" in said
    (step,) = (line.partition(". ")[2] for line in said.splitlines() if "funnelmart run" in line)
    assert shlex.split(step) == ["funnelmart", "run", "-w", str(folder)]


def test_files_are_added_to_a_folder_of_any_name(folder: Path) -> None:
    printed("init", str(folder), "--yes")
    (folder / "extracts" / "leads.csv").write_text(LEADS)
    said = printed("add-source", str(folder / "extracts" / "leads.csv"), "-w", str(folder), "--yes", "--accept-doubts")

    assert f"written  {folder / 'funnelmart.yml'}" in said
    (step,) = (line.removeprefix("Next: ") for line in said.splitlines() if line.startswith("Next: "))
    assert shlex.split(step) == ["funnelmart", "run", "-w", str(folder)]


@pytest.mark.parametrize("command", [["status"], ["validate"], ["report"], ["kpis"]])
def test_no_command_reads_a_path_as_markup(folder: Path, command: list[str]) -> None:
    printed("init", str(folder), "--yes")

    assert str(folder) in printed(*command, "-w", str(folder))


def test_the_next_step_of_an_error_can_be_copied(folder: Path) -> None:
    folder.mkdir(parents=True)
    (step,) = (line for line in printed("status", "-w", str(folder)).splitlines() if line.startswith("→"))

    assert shlex.split(step)[:5] == ["→", "Make", "one:", "funnelmart", "init"]
    assert shlex.split(step)[5] == str(folder)
