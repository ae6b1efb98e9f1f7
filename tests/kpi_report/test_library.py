"""The charts and the library that draws them are made once for all reports."""

from pathlib import Path

import pytest
import vl_convert

from kpi_report import charts
from kpi_report.library import chart_library, chart_specifications


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The snippets that libraries were made with."""
    snippets: list[str] = []

    def bundle(snippet: str) -> str:
        snippets.append(snippet)
        return f"vega; {snippet}"

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(vl_convert, "javascript_bundle", bundle)
    return snippets


def test_it_is_made_once_for_each_snippet(made: list[str]) -> None:
    libraries = [chart_library(snippet) for snippet in ("embed", "embed", "other", "other")]

    assert made == ["embed", "other"]
    assert libraries[0] == libraries[1]
    assert libraries[3].endswith("vega; other")


def test_without_a_folder_to_keep_it_in_it_is_made_each_time(
    made: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))

    assert [chart_library("embed").endswith("vega; embed") for _ in range(2)] == [True, True]
    assert made == ["embed", "embed"]


def test_one_that_was_cut_off_is_made_again(made: list[str], tmp_path: Path) -> None:
    whole = chart_library("embed")
    (kept,) = (tmp_path / "cache" / "funnelmart").iterdir()
    kept.write_text(whole[:-3])

    assert [chart_library("embed"), kept.read_text()] == [whole] * 2
    assert made == ["embed", "embed"]


def test_charts_are_specified_once_and_again_where_what_is_kept_is_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    specified = charts.chart_specs()
    times: list[str] = []
    monkeypatch.setattr(charts, "chart_specs", lambda: times.append("made") or specified)

    assert [chart_specifications(), chart_specifications()] == [specified] * 2
    assert times == ["made"]

    (kept,) = (tmp_path / "cache" / "funnelmart").iterdir()
    kept.write_text(kept.read_text().replace("bridge", "brdige"))
    assert chart_specifications() == specified
    assert times == ["made"] * 2
