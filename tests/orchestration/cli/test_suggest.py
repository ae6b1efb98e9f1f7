"""`funnelmart suggest` on a published workspace: what it shows, asks and writes."""

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

import orchestration.cli.commands
import orchestration.cli.suggest
from orchestration.cli.app import app


@pytest.fixture
def acme(published_minimal: Path, tmp_path: Path) -> Path:
    """A copy whose settings have forgotten what the stage of the won deal means: the mart was published before that."""
    folder = tmp_path / "acme"
    shutil.copytree(published_minimal, folder, ignore=shutil.ignore_patterns("history", ".funnelmart", "reports"))
    settings = (folder / "funnelmart.yml").read_text()
    (folder / "funnelmart.yml").write_text(settings.replace("New: new, Customer: won, Lost: lost", "Lost: lost"))
    return folder


def test_what_has_no_place_is_shown_with_its_line_and_nothing_is_written(acme: Path) -> None:
    before = (acme / "funnelmart.yml").read_text()

    said = json.loads(CliRunner().invoke(app, ["-w", str(acme), "suggest", "--json"]).stdout)
    shown = CliRunner().invoke(app, ["-w", str(acme), "suggest"]).stdout

    customer = next(one for one in said["suggestions"] if one["kind"] == "stage")
    assert (customer["about"], customer["lines"]) == ("Customer", ["stages: {Customer: won}"])
    assert "stage without a meaning 'Customer': 1 lead, 0.00 EUR" in shown
    assert (acme / "funnelmart.yml").read_text() == before


def test_write_takes_every_line_that_the_data_tells(acme: Path) -> None:
    result = CliRunner().invoke(app, ["-w", str(acme), "suggest", "--write"])

    assert result.exit_code == 0, result.output
    written = (acme / "funnelmart.yml").read_text()
    assert "stages: {Lost: lost, Customer: won}" in written
    CliRunner().invoke(app, ["-w", str(acme), "suggest", "--write"])
    assert (acme / "funnelmart.yml").read_text() == written


def test_on_a_terminal_each_is_asked_about(acme: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(orchestration.cli.suggest, "is_terminal", lambda: True)

    declined = CliRunner().invoke(app, ["-w", str(acme), "suggest"], input="no\n")
    assert "Lost: lost}" in (acme / "funnelmart.yml").read_text(), declined.output
    CliRunner().invoke(app, ["-w", str(acme), "suggest"], input="yes\n")

    assert "Customer: won}" in (acme / "funnelmart.yml").read_text()


@pytest.mark.parametrize(
    ("of", "count", "said"),
    [
        ("leads", 1, "1 lead"),
        ("deals", 2, "2 deals"),
        ("touches", 1, "1 touch"),
        ("touches", 2, "2 touches"),
        ("ad_spend", 1, "1 row of ad spend"),
        ("ad_spend", 7, "7 rows of ad spend"),
        ("ad_spend", 0, "ad spend"),
        ("stage_history", 3, "3 rows of stage history"),
    ],
)
def test_records_are_counted_in_words(of: str, count: int, said: str) -> None:
    assert orchestration.cli.suggest._records(of, count) == said
