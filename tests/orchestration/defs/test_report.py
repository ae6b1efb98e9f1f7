"""The dbt docs of a workspace: made once for all that have the same sources."""

from pathlib import Path

import pytest

from orchestration.defs import report
from orchestration.settings import Settings


def test_another_workspace_takes_the_docs_that_were_made_already(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Path] = []

    def generate(settings: Settings, has_built_all: bool) -> str:
        made.append(settings.workspace)
        return f"<html>page {len(made)}</html>\n"

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(report, "_generate", generate)
    monkeypatch.setattr(report, "project_fingerprint", lambda settings: "code")
    (tmp_path / "cache" / "funnelmart" / "parsed" / "code").mkdir(parents=True)
    one, other = (Settings(workspace=tmp_path / name, company=name) for name in ("one", "other"))
    for settings in (one, other):
        settings.state_path.mkdir(parents=True)

    assert not report.are_docs_made(one)
    assert [report.write_dbt_docs(settings) for settings in (one, other, other)] == [True, True, False]
    assert [
        report.are_docs_made(settings) for settings in (one, other, Settings(workspace=tmp_path, company="third"))
    ] == [True] * 3
    assert made == [one.workspace]
    assert report.docs_path(other).read_text() == "<html>page 1</html>\n"

    assert report.write_dbt_docs(other, force=True)
    assert (made[1:], report.docs_path(other).read_text()) == ([other.workspace], "<html>page 2</html>\n")

    # what was cut off, or is no text, serves nobody
    kept = tmp_path / "cache" / "funnelmart" / "parsed" / "code" / "dbt_docs.html"
    kept.write_text(kept.read_text()[:10])
    (other.state_path / "dbt_docs.fingerprint").write_bytes(b"\xff")
    assert not report.are_docs_made(other)
    assert report.write_dbt_docs(other)
    assert report.docs_path(other).read_text() == kept.read_text() == "<html>page 3</html>\n"


@pytest.mark.parametrize("spoilt", ["", "<html>pa", "\x00" * 300])
def test_docs_that_are_not_whole_are_written_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spoilt: str
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(report, "_generate", lambda settings, has_built_all: "<html>page</html>\n")
    monkeypatch.setattr(report, "project_fingerprint", lambda settings: "code")
    settings = Settings(workspace=tmp_path, company="Acme")
    settings.state_path.mkdir()
    page = report.docs_path(settings)
    assert report.write_dbt_docs(settings)
    assert not report.write_dbt_docs(settings)

    page.write_text(spoilt)

    assert report.write_dbt_docs(settings)
    assert page.read_text() == "<html>page</html>\n"
