"""What holds for every command: `-w` before or after it, one JSON document, the next step, completion, help."""

import importlib.metadata
import json
import socket
from pathlib import Path

import pytest
from typer.testing import CliRunner

from orchestration.cli.app import app
from orchestration.cli.commands import COMMANDS
from orchestration.runs.dagster_home import CODE


def invoke(*arguments: str, **environment: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, list(arguments), env=environment)
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture
def acme(tmp_path: Path) -> Path:
    (tmp_path / "funnelmart.yml").write_text("company: Acme\n")
    return tmp_path


def test_the_workspace_may_be_named_before_or_after_the_command(acme: Path) -> None:
    before = invoke("-w", str(acme), "validate", "--json")
    after = invoke("validate", "-w", str(acme), "--json")

    assert before == after
    assert json.loads(before[1])["workspace"] == str(acme)


def test_what_is_named_after_the_command_wins(acme: Path, tmp_path: Path) -> None:
    assert invoke("-w", str(tmp_path / "nowhere"), "validate", "-w", str(acme))[0] == 0


def test_an_error_says_what_to_do_next(tmp_path: Path) -> None:
    code, out, err = invoke("status", "-w", str(tmp_path))

    assert (code, out) == (2, "")
    assert f"funnelmart init {tmp_path}" in err


def test_an_error_as_json_is_one_document_with_the_next_step(tmp_path: Path) -> None:
    code, out, _ = invoke("run", "-w", str(tmp_path), "--json")
    document = json.loads(out)

    assert code == document["exit_code"] == 2
    assert document["error"] == "NoWorkspaceError"
    assert "funnelmart init" in document["next_step"]


def test_a_mistake_of_usage_is_a_document_too() -> None:
    code, out, _ = invoke("kpis", "--grain", "fortnight", "--json")

    assert code == json.loads(out)["exit_code"] == 2
    assert "fortnight" in json.loads(out)["message"]


def test_the_version_is_that_of_the_package() -> None:
    assert invoke("--version") == (0, f"funnelmart {importlib.metadata.version('funnelmart')}\n", "")


def test_without_a_workspace_the_next_step_names_the_ways(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    code, out, err = invoke("status", FUNNELMART_WORKSPACE="")

    assert (code, out) == (2, "")
    assert "no workspace is named" in err
    assert "-w demo" in err


def test_below_a_workspace_it_need_not_be_named(acme: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (acme / "extracts").mkdir()
    monkeypatch.chdir(acme / "extracts")

    assert json.loads(invoke("validate", "--json", FUNNELMART_WORKSPACE="")[1])["workspace"] == str(acme)


# a mistake on the command line: no look at the settings would mend it
@pytest.mark.parametrize(
    "arguments",
    [
        ["run", "--job", "all"],
        ["run", "--accept", "leads_volume"],
        ["kpis", "--period", "2026-13"],
        ["kpis", "--period", "May"],
        ["explain", "leads_volum"],
        ["notify", "me"],
        ["key", "turn"],
        ["init"],
        ["export", "conversions", "--platform", "google", "--since", "May"],
        ["ui", "--port", "99999"],
        ["ui", "--origin", "mart.acme.com"],
        ["sql", "--timeout", "nan", "select 1"],
        ["sql", "--timeout", "inf", "select 1"],
        ["sql", "--limit", "99999999999999999999", "select 1"],
        ["demo", "--scale", "inf"],
    ],
)
def test_a_wrong_argument_leads_to_the_help_of_its_command(acme: Path, arguments: list[str]) -> None:
    code, out, _ = invoke(*arguments, "-w", str(acme), "--json")

    assert code == json.loads(out)["exit_code"] == 2
    assert json.loads(out)["next_step"].endswith(f"funnelmart {arguments[0]} --help")


def test_a_taken_port_is_refused_before_anything_is_announced(acme: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        code, out, err = invoke("ui", "--port", str(port), "-w", str(acme))

    assert (code, out) == (2, "")
    assert f"--port {port}: Address already in use; expected one that is free, such as --port " in " ".join(err.split())
    assert "token" not in err


def test_a_value_that_is_none_of_the_choices_is_said_in_plain_words(acme: Path) -> None:
    _, _, err = invoke("kpis", "--by", "nothing", "-w", str(acme))

    assert "'nothing' is not one of 'channel'" in " ".join(err.split())
    assert "Value error" not in err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["run", "--job", "republish", "--full"], "--job republish and --full don't go together"),
        (["run", "--verbose"], "--verbose and --json don't go together"),
        (["init", "elsewhere"], "DIR and -w don't go together"),
        (["rollback", "--list", "--to", "2025"], "--list and --to don't go together"),
    ],
)
def test_options_that_do_not_go_together_are_refused(acme: Path, arguments: list[str], message: str) -> None:
    code, out, _ = invoke(*arguments, "-w", str(acme), "--json")

    assert code == json.loads(out)["exit_code"] == 2
    assert message in json.loads(out)["message"]
    assert "--help" in json.loads(out)["next_step"]


def test_colours_only_where_someone_sees_them(acme: Path) -> None:
    assert "\x1b" not in invoke("validate", "-w", str(acme))[1]
    assert "\x1b" not in invoke("validate", "-w", str(acme), NO_COLOR="1", FORCE_COLOR="")[1]


def test_the_shell_can_complete_commands_and_values() -> None:
    environment = {
        "_FUNNELMART_COMPLETE": "complete_bash",
        "COMP_WORDS": "funnelmart kpis --grain q",
        "COMP_CWORD": "3",
    }
    result = CliRunner().invoke(app, [], env=environment, prog_name="funnelmart")

    assert result.stdout.split() == ["quarter"]
    assert "--install-completion" in invoke("--help")[1]


def test_every_command_explains_itself_with_an_example() -> None:
    readme = (CODE / "README.md").read_text(encoding="utf-8")
    assert [name for name in COMMANDS if f"`{name}`" not in readme] == []
    for name in COMMANDS:
        code, out, _ = invoke(name, "--help")
        assert code == 0, name
        assert f"funnelmart {name}" in out.replace("Usage: funnelmart", ""), name
        assert "--json" in out or name == "mf", name  # mf passes everything on to MetricFlow


@pytest.mark.parametrize("command", [["rollback"], ["run"], ["forget", "ann@example.com"]])
def test_a_file_that_the_system_refuses_is_named_in_one_line(command: list[str], acme: Path) -> None:
    (acme / ".funnelmart").write_text("")  # where a folder is expected; rights are not looked at where root tests
    (acme / "warehouse.duckdb").touch()
    code, _, err = invoke(*command, "-w", str(acme))

    assert code == 1
    (said, next_step) = err.splitlines()
    assert said.startswith(f"funnelmart: {acme}/.funnelmart")
    assert next_step.startswith("→ Move away what lies there")
    assert json.loads(invoke(*command, "--json", "-w", str(acme))[1])["error"] == "OtherKindError"
