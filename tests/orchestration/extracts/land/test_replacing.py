"""Which rows a newer extract replaces; that nothing is loaded twice; that order and splitting of files don't matter."""

import random
import zipfile
from typing import Any

import pytest

from orchestration.extracts.land import landing_threads
from tests.orchestration.extracts.conftest import Workspace, stats

HEADER = "account,date,campaign,spend,_synced\n"
KEPT = "select account, date, campaign, spend from raw_ads.stats order by all"
ACCOUNTING = """select sum(rows_in), sum(rows_empty + rows_filtered + rows_refused + rows_replaced + rows_landed)
from landing.files"""


def balanced(workspace: Workspace, table: str = "raw_ads.stats") -> bool:
    """In = empty + filtered + refused + replaced + landed, and landed is what the raw table holds."""
    (sums,) = workspace.rows(ACCOUNTING)
    landed = workspace.rows("select load_id, rows_landed from landing.files where rows_landed > 0 order by 1")
    held = workspace.rows(f"select _load_id, count(*) from {table} group by 1 order by 1")
    current = workspace.rows("select sum(rows_landed) from landing.files where is_current")
    return sums[0] == sums[1] and landed == held and current == workspace.rows(f"select count(*) from {table}")


def test_the_same_files_again_load_nothing(workspace: Workspace) -> None:
    workspace.write("extracts/ads/stats.csv", HEADER + "A,2024-01-01,x,1,\n")
    first = workspace.land_table(stats())
    before = workspace.rows("select * from raw_ads.stats"), workspace.rows("select * from landing.files")
    second = workspace.land_table(stats())
    assert (first.loaded, second.loaded, second.unchanged) == (["stats.csv"], [], ["stats.csv"])
    assert (workspace.rows("select * from raw_ads.stats"), workspace.rows("select * from landing.files")) == before


def test_by_file_the_same_path_replaces_and_other_paths_add_up(workspace: Workspace) -> None:
    workspace.write("extracts/ads/stats_1.csv", HEADER + "A,2024-01-01,x,1,\nA,2024-01-01,y,2,\n")
    workspace.write("extracts/ads/stats_2.csv", HEADER + "A,2024-01-01,x,1,\n")
    workspace.land_table(stats())
    workspace.write("extracts/ads/stats_1.csv", HEADER + "A,2024-01-01,x,7,\n")
    result = workspace.land_table(stats())
    assert (result.loaded, result.unchanged) == (["stats_1.csv"], ["stats_2.csv"])
    assert workspace.rows(KEPT) == [("A", "2024-01-01", "x", "1"), ("A", "2024-01-01", "x", "7")]
    assert balanced(workspace)


def test_by_key_the_newest_synced_copy_wins_whatever_the_order_of_the_files(workspace: Workspace) -> None:
    table = stats(replace_by="key", newest_by="_synced")
    workspace.write("extracts/ads/stats_1.csv", HEADER + "A,2024-01-01,x,5,2024-02-02 00:00:00\nA,2024-01-02,x,1,\n")
    workspace.write("extracts/ads/stats_2.csv", HEADER + "A,2024-01-01,x,4,2024-02-01 00:00:00\nA,2024-01-02,x,2,\n")
    result = workspace.land_table(table)
    assert workspace.rows(KEPT) == [("A", "2024-01-01", "x", "5"), ("A", "2024-01-02", "x", "2")]
    assert (result.rows_in, result.table_rows) == (4, 2)
    assert balanced(workspace)


def test_by_key_one_row_stays_of_equal_keys_within_one_extract(workspace: Workspace) -> None:
    table = stats(replace_by="key", newest_by="_synced")
    older, newer = "A,2024-01-01,x,4,2024-02-01 00:00:00\n", "A,2024-01-01,x,5,2024-02-01 00:00:00.5\n"
    workspace.write("extracts/ads/stats.csv", HEADER + newer + older)
    workspace.land_table(table)
    assert workspace.rows(KEPT) == [("A", "2024-01-01", "x", "5")]
    assert balanced(workspace)


def test_by_key_without_a_date_of_change_the_newer_extract_wins_and_its_finer_rows_stay(workspace: Workspace) -> None:
    table = stats(replace_by="key")
    workspace.write("extracts/ads/stats_1.csv", HEADER + "A,2024-01-01,x,1,\nA,2024-01-02,x,2,\n")
    workspace.land_table(table)
    workspace.write("extracts/ads/stats_2.csv", HEADER + "A,2024-01-01,x,3,\nA,2024-01-01,x,4,\n")
    workspace.land_table(table)
    assert workspace.rows("select spend from raw_ads.stats order by spend") == [("2",), ("3",), ("4",)]
    assert balanced(workspace)


def test_by_key_a_delta_under_the_same_name_adds_to_what_came_before(workspace: Workspace) -> None:
    table = stats(replace_by="key")
    workspace.write("extracts/ads/stats.csv", HEADER + "A,2024-01-01,x,1,\nA,2024-01-02,x,1,\n")
    workspace.land_table(table)
    workspace.write("extracts/ads/stats.csv", HEADER + "A,2024-01-02,x,2,\n")
    workspace.land_table(table)
    assert workspace.rows("select spend from raw_ads.stats order by date") == [("1",), ("2",)]
    assert workspace.rows("select is_current from landing.files order by load_id") == [(True,), (True,)]
    assert balanced(workspace)
    workspace.write("extracts/ads/stats.csv", HEADER + "A,2024-01-01,x,3,\n")
    workspace.land_table(table)
    assert workspace.rows("select is_current from landing.files order by load_id") == [(False,), (True,), (True,)]
    assert balanced(workspace)
    assert workspace.land_table(table).unchanged == ["stats.csv"]


def test_by_key_rows_without_any_key_belong_to_their_file(workspace: Workspace) -> None:
    table = stats(replace_by="key", required=("spend",), newest_by="_synced")
    workspace.write("extracts/ads/stats_1.csv", HEADER + ",,,1,\n,,,2,\n")
    workspace.write("extracts/ads/stats_2.csv", HEADER + ",,,3,\n")
    workspace.land_table(table)
    workspace.write("extracts/ads/stats_1.csv", HEADER + ",,,4,\n")
    workspace.land_table(table)
    assert workspace.rows("select spend from raw_ads.stats order by spend") == [("3",), ("4",)]
    assert balanced(workspace)


def test_by_slice_only_the_slices_that_the_new_extract_covers(workspace: Workspace) -> None:
    table = stats(replace_by=("account", "date"))
    workspace.write("extracts/ads/stats_1.csv", HEADER + "A,2024-01-01,x,1,\nA,2024-01-01,y,1,\nA,2024-01-02,x,1,\n")
    workspace.land_table(table)
    workspace.write("extracts/ads/stats_2.csv", HEADER + "A,2024-01-01,x,9,\nB,2024-01-02,x,9,\n")
    workspace.land_table(table)
    assert workspace.rows(KEPT) == [
        ("A", "2024-01-01", "x", "9"),
        ("A", "2024-01-02", "x", "1"),
        ("B", "2024-01-02", "x", "9"),
    ]
    assert balanced(workspace)


def test_snapshot_is_the_newest_extract_alone(workspace: Workspace) -> None:
    table = stats(replace_by="snapshot")
    for day in (1, 2):
        workspace.write(f"extracts/ads/stats_{day}.csv", HEADER + f"A,2024-01-0{day},x,{day},\n")
    workspace.land_table(table)
    assert workspace.rows(KEPT) == [("A", "2024-01-02", "x", "2")]
    (workspace.path / "extracts/ads/stats_2.csv").unlink()
    workspace.land_table(table)
    assert workspace.rows(KEPT) == [("A", "2024-01-01", "x", "1")]
    assert balanced(workspace)


def test_a_snapshot_that_is_refused_replaces_nothing(workspace: Workspace) -> None:
    table, folder = stats(replace_by="snapshot"), workspace.path / "extracts/ads"
    workspace.write("extracts/ads/stats_1.csv", HEADER + "A,2024-01-01,x,1,\n")
    workspace.land_table(table)
    (folder / "stats_1.csv").unlink()
    workspace.write("extracts/ads/stats_2.csv", "cut of")
    result = workspace.land_table(table)
    assert list(result.refused) == ["stats_2.csv"]
    assert result.notes == ["1 landed file is no longer there, the rows stay until another file is landed: stats_1.csv"]
    assert workspace.rows(KEPT) == [("A", "2024-01-01", "x", "1")]

    workspace.write("extracts/ads/stats_2.csv", HEADER + "A,2024-01-02,x,2,\n")
    workspace.land_table(table)
    assert workspace.rows(KEPT) == [("A", "2024-01-02", "x", "2")]
    assert balanced(workspace)


def test_what_an_archive_holds_that_can_not_be_read_now_is_not_gone(workspace: Workspace) -> None:
    table, folder = stats(replace_by="snapshot"), workspace.path / "extracts/ads"
    workspace.write("extracts/ads/stats_1.csv", HEADER + "A,2024-01-01,x,1,\n")
    workspace.land_table(table)
    with zipfile.ZipFile(folder / "stats_2.zip", "w") as archive:
        archive.writestr("stats.csv", HEADER + "A,2024-01-02,x,2,\n")
    workspace.land_table(table)
    whole = (folder / "stats_2.zip").read_bytes()
    (folder / "stats_2.zip").write_bytes(whole[:50])
    assert list(workspace.land_table(table).refused) == ["stats_2.zip"]
    assert workspace.rows(KEPT) == [("A", "2024-01-02", "x", "2")]
    (folder / "stats_2.zip").write_bytes(whole)
    assert workspace.land_table(table).refused == {}
    assert balanced(workspace)


def test_rows_of_a_file_that_is_gone_stay_and_are_noted(workspace: Workspace) -> None:
    workspace.write("extracts/ads/stats_1.csv", HEADER + "A,2024-01-01,x,1,\n")
    workspace.write("extracts/ads/stats_2.csv", HEADER + "A,2024-01-02,x,2,\n")
    workspace.land_table(stats())
    (workspace.path / "extracts/ads/stats_1.csv").unlink()
    result = workspace.land_table(stats())
    assert result.notes == ["1 landed file is no longer there, the rows stay: stats_1.csv"]
    assert result.table_rows == 2


@pytest.mark.parametrize("replace_by", ["key", ("account", "date"), "snapshot", "file"])
def test_reading_an_older_extract_again_changes_nothing(workspace: Workspace, replace_by: Any) -> None:
    table = stats(replace_by=replace_by)
    workspace.write("extracts/ads/stats_1.csv", HEADER + "A,2024-01-01,x,1,\nA,2024-01-02,x,1,\n")
    workspace.write("extracts/ads/stats_2.csv", HEADER + "A,2024-01-01,x,2,\n")
    workspace.land_table(table)
    before = workspace.rows(KEPT)
    result = workspace.land_table(table, reload=lambda name: name == "stats_1.csv")
    assert (result.loaded, result.unchanged) == (["stats_1.csv"], ["stats_2.csv"])
    assert workspace.rows(KEPT) == before
    assert balanced(workspace)


def test_other_formats_in_the_settings_read_every_file_again(workspace: Workspace) -> None:
    workspace.write("extracts/deals.csv", "deal_id;amount\n1;1,5\n")
    sheet = {"files": "extracts/deals.csv"}
    assert workspace.land("deals", sheet).rows_unreadable == 1
    result = workspace.land("deals", {**sheet, "formats": {"decimal": ","}})
    assert (result.loaded, result.rows_unreadable) == (["extracts/deals.csv"], 0)
    assert workspace.rows("select amount, _load_id from raw_sheets.deals") == [("1.5", 1)]


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("replace_by", ["key", ("account", "date"), "file"])
def test_shuffled_and_split_rows_give_the_same_table(workspace: Workspace, replace_by: Any, seed: int) -> None:
    table = stats(replace_by=replace_by, newest_by="_synced" if replace_by == "key" else None)
    rows = [
        f"{a},2024-01-0{d},{c},{n},2024-02-0{n} 00:00:00\n"
        for a in "AB" for d in (1, 2, 3) for c in "xy" for n in (1, 2)
    ]  # fmt: skip
    workspace.write("extracts/ads/stats.csv", HEADER + "".join(rows))
    workspace.land_table(table)
    expected = workspace.rows(KEPT)
    (workspace.path / "extracts/ads/stats.csv").unlink()
    workspace.connection.execute("drop schema landing cascade; drop schema raw_ads cascade")
    random.Random(seed).shuffle(rows)
    for day in (3, 1, 2):
        slices = "".join(row for row in rows if f"2024-01-0{day}" in row)
        workspace.write(f"extracts/ads/stats_{day}.csv", HEADER + slices)
    workspace.land_table(table)
    assert workspace.rows(KEPT) == expected


def test_new_columns_are_kept_and_reported(workspace: Workspace) -> None:
    workspace.write("extracts/ads/stats_1.csv", "account,date,spend,own\nA,2024-01-01,1,a\n")
    assert workspace.land_table(stats()).new_columns == {}
    workspace.write("extracts/ads/stats_2.csv", "Account,DATE,spend,Own,later\nA,2024-01-02,1,b,c\n")
    assert workspace.land_table(stats()).new_columns == {"stats_2.csv": ["later"]}
    assert workspace.rows("select own, later from raw_ads.stats order by date") == [("a", None), ("b", "c")]
    assert workspace.rows("select column_name, is_first_extract from landing.new_columns order by load_id") == [
        ("own", True),
        ("later", False),
    ]


def test_the_same_content_twice_is_noted(workspace: Workspace) -> None:
    for name in ("stats.csv", "stats (1).csv"):
        workspace.write(f"extracts/ads/{name}", HEADER + "A,2024-01-01,x,1,\n")
    result = workspace.land_table(stats())
    assert result.notes == ["stats.csv has the same content as stats (1).csv; both count"]


def test_progress_of_a_large_file(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(landing_threads, "SMALL_BYTES", 4_000_000)
    workspace.write("extracts/ads/stats.csv", HEADER + "A,2024-01-01,x,1,\n" * 300_000)
    seen: list[tuple[str, int, int]] = []
    workspace.land_table(stats(), progress=lambda *step: seen.append(step))
    size = (workspace.path / "extracts/ads/stats.csv").stat().st_size
    assert len(seen) > 3
    assert seen[-1] == ("stats.csv", size, size)
