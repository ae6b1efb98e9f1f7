"""`funnelmart notify test`: what it asks for. How it sends is tested with receivers in tests/orchestration/notify."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

import orchestration.cli.commands  # noqa: F401  registers the commands
from orchestration.cli.app import app


def call(folder: Path, notify: str, *arguments: str) -> tuple[int, str]:
    (folder / "funnelmart.yml").write_text(f"company: Acme\nsources: {{}}\n{notify}")
    result = CliRunner().invoke(app, ["-w", str(folder), "notify", *arguments])
    return result.exit_code, result.output


def test_who_names_nobody_is_told_so(tmp_path: Path) -> None:
    code, said = call(tmp_path, "", "test")
    assert (code, "notify.to: names nobody" in said) == (2, True)


def test_who_can_not_be_told_is_named_and_the_exit_code_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NOBODY_IS_SET", raising=False)
    code, said = call(tmp_path, "notify: {to: NOBODY_IS_SET}\n", "test", "--json")
    assert code == 1
    assert json.loads(said) == {"receivers": {"NOBODY_IS_SET": {"taken": False, "why_not": "is not set"}}}


def test_another_action_is_a_mistake(tmp_path: Path) -> None:
    code, said = call(tmp_path, "", "tset")
    assert (code, "'tset': unknown; expected test" in said) == (2, True)
