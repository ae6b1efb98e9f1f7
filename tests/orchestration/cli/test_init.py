"""A new workspace: by flags, by answers, on a folder that is there already, and never over one."""

import json
import os
import shlex
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

import orchestration.cli.commands  # noqa: F401  registers the commands
from orchestration.cli.app import app
from orchestration.settings import load_settings


def invoke(*arguments: str, answers: str = "") -> tuple[int, str, str]:
    result = CliRunner().invoke(app, list(arguments), input=answers)
    return result.exit_code, result.stdout, result.stderr


def test_unattended_with_flags(tmp_path: Path) -> None:
    acme = tmp_path / "acme"
    flags = ["--company", "Acme & Söhne: GmbH", "--currency", "usd", "--timezone", "America/New_York", "--locale", "ru"]

    code, out, _ = invoke("init", str(acme), "--yes", *flags, "--source", "hubspot", "--source", "google_ads", "--json")
    settings = load_settings(acme)

    assert code == 0
    assert json.loads(out)["workspace"] == str(acme)
    assert settings.company == "Acme & Söhne: GmbH"
    assert (settings.reporting.currency, settings.reporting.timezone, settings.reporting.locale) == (
        "USD",
        "America/New_York",
        "ru",
    )
    assert sorted(settings.sources) == ["google_ads", "hubspot"]
    assert (acme / "extracts" / "hubspot").is_dir()
    assert "warehouse.duckdb*" in (acme / ".gitignore").read_text()


def test_by_answers_where_nothing_typed_is_the_default(tmp_path: Path) -> None:
    code, _, asked = invoke("init", str(tmp_path / "blue_shop"), answers="\nCHF\n\n\nhubspot, ga4\n")
    settings = load_settings(tmp_path / "blue_shop")

    assert code == 0
    assert "Company [Blue Shop]" in asked
    assert (settings.company, settings.reporting.currency) == ("Blue Shop", "CHF")
    assert settings.reporting.timezone == "Europe/Berlin"
    assert sorted(settings.sources) == ["ga4", "hubspot"]


def test_nobody_there_to_answer(tmp_path: Path) -> None:
    code, _, err = invoke("init", str(tmp_path / "acme"))

    assert code == 2
    assert "--yes" in err
    assert not (tmp_path / "acme").exists()


@pytest.mark.parametrize("flags", [[], ["--example"], ["--source", "hubspot"]])
def test_what_it_makes_validates(tmp_path: Path, flags: list[str]) -> None:
    assert invoke("init", str(tmp_path), "--yes", *flags)[0] == 0

    assert invoke("validate", "-w", str(tmp_path))[0] == 0


def test_the_commented_examples_are_valid_where_the_comment_marks_are_taken_away(tmp_path: Path) -> None:
    invoke("init", str(tmp_path), "--yes")
    text = (tmp_path / "funnelmart.yml").read_text()
    lines = []
    for line in text.replace("sources: {}", "sources:").replace("channels: []", "channels:").splitlines():
        lines.append(line[1:] if line.startswith(("#  ", "#   ")) else line)
    (tmp_path / "funnelmart.yml").write_text("\n".join(lines).replace("stages: {}", "stages:"))

    settings = load_settings(tmp_path)

    assert [sheet.entity for sheet in settings.sheets] == ["leads", "deals", "ad_spend"]
    assert settings.stages["Offer sent"] == "opportunity"
    assert [rule.channel for rule in settings.channels] == ["Google Ads", "Newsletter"]


def test_a_workspace_is_never_written_over(tmp_path: Path) -> None:
    invoke("init", str(tmp_path), "--yes")
    (tmp_path / "funnelmart.yml").write_text("company: Mine\n")

    code, _, err = invoke("init", str(tmp_path), "--yes")

    assert code == 2
    assert "exists already" in err
    assert yaml.safe_load((tmp_path / "funnelmart.yml").read_text()) == {"company": "Mine"}


def test_extracts_that_are_there_stay_and_the_example_does_not_write_over_them(tmp_path: Path) -> None:
    (tmp_path / "extracts").mkdir()
    (tmp_path / "extracts" / "leads.csv").write_text("Id\n1\n")

    code, _, err = invoke("init", str(tmp_path), "--yes", "--example")

    assert code == 2
    assert "leads.csv: exists already" in err
    assert not (tmp_path / "funnelmart.yml").exists()


def test_an_impossible_answer_leaves_no_settings_behind(tmp_path: Path) -> None:
    code, out, _ = invoke("init", str(tmp_path), "--yes", "--timezone", "Moon", "--json")

    assert code == 2
    assert "reporting.timezone: unknown time zone" in json.loads(out)["message"]
    assert not (tmp_path / "funnelmart.yml").exists()
    assert invoke("init", str(tmp_path), "--yes", "--source", "faxes")[0] == 2


def folder_of(path: Path) -> dict[str, bytes]:
    return {str(file.relative_to(path)): file.read_bytes() for file in sorted(path.rglob("*")) if file.is_file()}


@pytest.mark.parametrize("name", ["replace", "mkdir"])
def test_the_same_command_finishes_what_a_kill_left(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = tmp_path / "made"
    assert invoke("init", str(made), "--yes", "--example", "--company", "Acme")[0] == 0
    real, place = {"replace": (os.replace, os), "mkdir": (os.mkdir, os)}[name]
    for number in range(1, 6):
        folder, calls = tmp_path / f"killed{number}", count(1)

        def killed(*given: object, calls: Iterator[int] = calls, last: int = number, **more: object) -> None:
            if next(calls) == last:
                raise KeyboardInterrupt
            real(*given, **more)

        with monkeypatch.context() as patch:
            patch.setattr(place, name, killed)
            invoke("init", str(folder), "--yes", "--example", "--company", "Acme")
        finished, *_ = invoke("init", str(folder), "--yes", "--example", "--company", "Acme")

        assert finished == (2 if name == "mkdir" and number > 2 else 0)  # 2: it was never killed
        assert folder_of(folder) == folder_of(made)


def test_a_name_that_is_no_text_is_refused_and_nothing_is_left(tmp_path: Path) -> None:
    code, _, err = invoke("init", str(tmp_path / "acme"), "--yes", "--company", "Acme \udcff")

    assert code == 2
    assert "not readable as YAML" in err
    assert not (tmp_path / "acme").exists()


def test_a_folder_that_can_be_no_workspace_is_not_made(tmp_path: Path) -> None:
    code, _, err = invoke("init", str(tmp_path / "acme?"), "--yes")

    assert code == 2
    assert "expected a folder whose path has no ?" in err
    assert not (tmp_path / "acme?").exists()


@pytest.mark.parametrize("name", ["a[/b]", "ws [draft]"])
def test_the_name_of_the_folder_is_no_markup(tmp_path: Path, name: str) -> None:
    code, out, _ = invoke("init", str(tmp_path / name), "--yes")

    assert code == 0
    assert f"funnelmart run -w {shlex.quote(str(tmp_path / name))}" in out
