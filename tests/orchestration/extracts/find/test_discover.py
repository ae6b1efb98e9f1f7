"""Which files are found, and which table takes each."""

import fsspec
import pytest

from orchestration.errors import SettingsError
from orchestration.extracts.find.discover import discover_source
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
