"""Which files are found, and which table takes each."""

import os
import re

import fsspec
import pytest

from orchestration.errors import SettingsError
from orchestration.extracts.find.discover import discover_sheet, discover_source
from orchestration.extracts.find.listing import list_files
from orchestration.extracts.find.state import extracts_state
from orchestration.extracts.source_specs import SourceSpec, TableSpec
from tests.orchestration.extracts.conftest import SOURCES, Workspace, stats

BROAD_FIRST = ("*stats*", "*ad_group_stats*", "*campaign_stats*")


def found(workspace: Workspace, path: str, *patterns: str) -> tuple[dict[str, list[str]], list[str]]:
    tables = {f"t{n}": TableSpec("ads", f"t{n}", files=(pattern,)) for n, pattern in enumerate(patterns)}
    source = SourceSpec("ads", "", None, (), None, None, tables)
    discovery = discover_source(workspace.settings(sources={"ads": {"path": path}}), source)
    return {name: [file.name for file in files] for name, files in discovery.by_table.items()}, discovery.unmatched


def test_the_most_specific_pattern_wins_over_a_broader_one_before_it(workspace: Workspace) -> None:
    for name in ("campaign_stats.csv", "ad_group_stats.csv.gz", "stats.csv", "geo.csv"):
        workspace.write(f"extracts/{name}", "x")
    assert found(workspace, "extracts", *BROAD_FIRST) == (
        {"t0": ["stats.csv"], "t1": ["ad_group_stats.csv.gz"], "t2": ["campaign_stats.csv"]},
        ["geo.csv"],
    )


def test_in_a_shared_folder_a_source_takes_only_its_own_files(workspace: Workspace) -> None:
    for name in ("ads_stats.csv", "other_stats.csv"):
        workspace.write(f"extracts/{name}", "x")
    assert found(workspace, "extracts", "*stats*") == ({"t0": ["ads_stats.csv"]}, ["other_stats.csv"])


def test_litter_is_passed_over_and_folders_are_searched(workspace: Workspace) -> None:
    for name in (".DS_Store", "~$stats.xlsx", "2024/stats.csv", "stats.csv.part", ".tmp/stats.csv", "_SUCCESS"):
        workspace.write(f"extracts/{name}", "x")
    assert found(workspace, "extracts", "*stats*") == ({"t0": ["2024/stats.csv"]}, [])


@pytest.mark.parametrize("path", ["extracts/b*.csv", "extracts/b.csv", "extracts/[b]*"])
def test_a_path_may_be_a_pattern_or_one_file(workspace: Workspace, path: str) -> None:
    workspace.write("extracts/a.csv", "x")
    workspace.write("extracts/b.csv", "x")
    assert found(workspace, path, "*.csv") == ({"t0": ["b.csv"]}, [])


def test_a_url_is_read_like_a_folder(workspace: Workspace) -> None:
    with fsspec.open("memory://bucket/ads/2024/stats.csv", "w") as file:
        file.write("account,date,spend\nA,2024-01-01,1\n")
    assert found(workspace, "memory://bucket/ads", "*stats*")[0] == {"t0": ["2024/stats.csv"]}
    workspace.write("funnelmart.yml", "")
    with fsspec.open("memory://sheets/spend_1.csv", "w") as file:
        file.write("date,spend\n2024-01-01,1.5\n")
    assert workspace.land("ad_spend", {"files": "memory://sheets/spend_*.csv"}).rows_landed == 1


def test_a_path_that_is_not_there_is_a_mistake_in_the_settings(workspace: Workspace) -> None:
    with pytest.raises(SettingsError, match=r"sources\.ads\.path: nowhere matches no file"):
        found(workspace, "nowhere", "*")
    with pytest.raises(SettingsError, match=r"sources\.sheets\[0\]\.files: extracts/\*\.csv matches no file"):
        workspace.land("deals", {"files": "extracts/*.csv"})


def test_an_empty_folder_gives_an_empty_table(workspace: Workspace) -> None:
    (workspace.path / "extracts" / "ads").mkdir(parents=True)
    assert workspace.land_table(stats()).table_rows == 0
    assert workspace.rows("select count(*) from raw_ads.stats") == [(0,)]


def test_every_sheet_table_exists_without_any_sheet(workspace: Workspace) -> None:
    for entity in SOURCES["sheets"].tables:
        assert workspace.land(entity).table_rows == 0
    assert len(workspace.rows("from information_schema.tables where table_schema = 'raw_sheets'")) == len(
        SOURCES["sheets"].tables
    )


def test_a_path_is_no_chain_of_urls_and_no_home_of_nobody(workspace: Workspace) -> None:
    workspace.write("extracts/a::b.csv", "x\n")
    assert found(workspace, "extracts/a::b.csv", "*.csv") == ({"t0": ["a::b.csv"]}, [])
    for path in ("~nobody_of_here/x", "extracts/\0", "extracts/a**b"):
        with pytest.raises(SettingsError, match=rf"sources\.ads\.path: {re.escape(path)} can't be listed"):
            found(workspace, path, "*.csv")


def test_an_archive_that_goes_or_may_not_be_read_is_refused_by_its_name(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace.write("extracts/a.csv", "x\n")
    workspace.write("extracts/b.zip", "x\n")
    for error in (FileNotFoundError(2, "No such file or directory"), PermissionError(13, "Permission denied")):

        def gone(self: object, path: str, mode: str = "rb", error: OSError = error) -> object:
            raise error

        with monkeypatch.context() as patch:
            patch.setattr(fsspec.filesystem("file").__class__, "open", gone)
            settings = workspace.settings(sources={"ads": {"path": "extracts"}})
            first, second = list_files(settings, "sources.ads.path", "extracts")

        assert (first.name, first.problem) == ("a.csv", None)
        assert (second.name, second.problem) == ("b.zip", f"can't be read: {error.strerror}")


@pytest.mark.parametrize("path", ["extracts/a.csv", "extracts/*.csv"])
def test_a_file_that_goes_while_others_are_looked_at_is_not_there(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    inner = Workspace(workspace.path / "of [us]", workspace.connection)
    for name in ("a.csv", "b.csv"):
        inner.write(f"extracts/{name}", "x\n")
    settings = inner.settings(sources={"sheets": [{"entity": "leads", "files": path}]})
    before = extracts_state(settings)
    real = os.stat

    def stat(file: object, **more: bool) -> os.stat_result:
        if str(file).endswith("extracts/a.csv"):
            raise FileNotFoundError(2, "No such file or directory", str(file))
        return real(file, **more)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr("orchestration.extracts.find.state.os.stat", stat)
        if path.endswith("a.csv"):
            with pytest.raises(SettingsError, match="matches no file"):
                extracts_state(settings)
        else:
            assert extracts_state(settings) != before
    assert extracts_state(settings) == before


def test_a_file_that_goes_once_it_is_listed_makes_another_state(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = workspace.write("extracts/a.csv", "x\n")
    settings = workspace.settings(sources={"sheets": [{"entity": "leads", "files": "extracts/*"}]})
    before = extracts_state(settings)
    files = discover_sheet(settings, 0)
    monkeypatch.setattr("orchestration.extracts.find.state.discover_sheet", lambda *_: files)
    path.unlink()

    assert extracts_state(settings) != before


@pytest.mark.parametrize("folder", ["plain", "of [us]"])
def test_a_link_that_leads_nowhere_is_refused_by_name(workspace: Workspace, folder: str) -> None:
    inner = Workspace(workspace.path / folder, workspace.connection)
    inner.write("extracts/a.csv", "x\n")
    (inner.path / "extracts" / "b.csv").symlink_to("nowhere")
    settings = inner.settings(sources={"ads": {"path": "extracts/*.csv"}})
    first, second = list_files(settings, "sources.ads.path", "extracts/*.csv")
    assert (first.name, first.problem) == ("a.csv", None)
    assert second.problem is not None
    assert second.problem.startswith("is a link that leads nowhere")
