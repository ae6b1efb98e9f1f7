"""What can't be read is refused with its reason, loudly, and the other files go on."""

import gzip
import io
import zipfile
from typing import Any

import pytest
import zstandard

from orchestration.extracts.land import work
from tests.orchestration.extracts.conftest import Workspace, stats

GOOD = "account,date,campaign,spend\nA,2024-01-01,x,1.5\n"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty"),
        (b"\n\n", "is empty: not even a header"),
        (b"account,campaign\nA,x\n", "lacks required columns: date, spend; its columns are account, campaign"),
        (b"a" * 1000 + b"\xff\xfe\x98", "is neither UTF-8, UTF-16 nor Windows-1251"),
        (b"account,date,spend\nA,2024-01-01,\x00\n", "NUL"),
        (gzip.compress(GOOD.encode() * 1000)[:-20], "compressed data is broken or cut off"),
        (zstandard.compress(bytes(range(256)) * 1000)[:-20], "compressed data is broken or cut off"),
        (b"PK\x03\x04 this is no workbook", "is no readable workbook"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "is a PDF document"),
        (b"\xef\xbb\xbf\n<!DOCTYPE html><html><title>Sign in</title></html>", "is a web page: one to sign in"),
        (b"<table><tr><td>date</td></tr></table>", "is a web page: one to sign in or an error"),
        (b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>', "is XML; where a spreadsheet opens it"),
        (
            b"account,date,campaign,spend\nA,2024-01-01,x,115\nA,2024-01-02,1",
            "seems to be cut off: line 3 ends after 3 of 4",
        ),
        (
            b"Report\n\naccount,date,campaign,spend\nA,2024-01-01,x,115\nA,2024-01-02,1",
            "seems to be cut off: line 5 ends",
        ),
        (b"PAR1 this is no parquet file PAR1", "is no readable Parquet file"),
        (b'account,date,spend\nA,2024-01-01,"1\nB,2024-01-01,2\n', "lines 2 to 3: unexpected end of data"),
        (b'account,date,spend\nA,2024-01-01,1\nB,"2024"-01-01,2\n', "line 3: ',' expected after '\"'"),
    ],
)
def test_broken_file_is_refused_and_the_others_go_on(workspace: Workspace, content: bytes, reason: str) -> None:
    workspace.write("extracts/ads/stats_a.csv", content)
    workspace.write("extracts/ads/stats_b.csv", GOOD)
    result = workspace.land_table(stats())
    assert reason in result.refused["stats_a.csv"]
    assert result.loaded == ["stats_b.csv"]
    assert workspace.rows("select file from landing.refused_files") == [("stats_a.csv",)]
    assert workspace.rows("select spend from raw_ads.stats") == [("1.5",)]


def test_refused_file_stays_refused_until_it_changes(workspace: Workspace) -> None:
    workspace.write("extracts/ads/stats.csv", "account\nA\n")
    first, second = workspace.land_table(stats()), workspace.land_table(stats())
    assert first.refused == second.refused
    assert "date, spend" in second.refused["stats.csv"]
    workspace.write("extracts/ads/stats.csv", GOOD)
    assert workspace.land_table(stats()).refused == {}
    assert workspace.rows("select count(*) from landing.refused_files") == [(0,)]


def test_a_good_file_that_breaks_keeps_what_it_gave(workspace: Workspace) -> None:
    path = workspace.write("extracts/ads/stats.csv", GOOD)
    workspace.land_table(stats())
    path.write_text("account\nA\n")
    assert workspace.land_table(stats()).refused
    assert workspace.rows("select spend from raw_ads.stats") == [("1.5",)]
    path.write_text(GOOD)
    assert workspace.land_table(stats()).unchanged == ["stats.csv"]
    assert workspace.rows("select count(*) from landing.refused_files") == [(0,)]


def test_a_file_that_is_gone_when_it_is_opened_is_refused(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = workspace.write("extracts/ads/stats.csv", GOOD)
    listed = work.discover_source

    def gone_after_listing(*arguments: Any) -> Any:
        found = listed(*arguments)
        path.unlink()
        return found

    monkeypatch.setattr(work, "discover_source", gone_after_listing)
    assert workspace.land_table(stats()).refused == {"stats.csv": "can't be read: No such file or directory"}


def test_broken_and_locked_archives_are_refused(workspace: Workspace) -> None:
    workspace.write("extracts/ads/stats_a.zip", b"PK\x05\x06nothing")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("stats.csv", GOOD * 100)
    broken = bytearray(buffer.getvalue())
    broken[60:70] = b"\xff" * 10
    workspace.write("extracts/ads/stats_b.zip", bytes(broken))
    assert sorted(workspace.land_table(stats()).refused) == ["stats_a.zip", "stats_b.zip/stats.csv"]


@pytest.mark.parametrize("quoted", [False, True], ids=["fast reader", "exact reader"])
def test_rows_with_more_fields_than_the_header_are_refused_one_by_one(workspace: Workspace, quoted: bool) -> None:
    note = '"two\nlines"' if quoted else "note"
    content = f"account,date,campaign,spend\nA,2024-01-01,{note},1\nB,2024-01-01,x,2,too,many\nC,2024-01-01\n"
    workspace.write("extracts/ads/stats.csv", content + "D,2024-01-01,x,3,\n,,,\n")
    result = workspace.land_table(stats())
    shift = 1 if quoted else 0
    assert (result.rows_in, result.rows_landed, result.rows_refused, result.rows_empty) == (5, 2, 2, 1)
    assert workspace.rows("select file, line, reason from landing.refused_rows order by line") == [
        ("stats.csv", 3 + shift, "more fields than the 4 of the header"),
        ("stats.csv", 5 + shift, "more fields than the 4 of the header"),
    ]
    assert workspace.rows("select account, spend, _row from raw_ads.stats order by _row") == [
        ("A", "1", 2),
        ("C", None, 4 + shift),
    ]


def test_one_field_too_many_is_refused_even_where_it_is_empty(workspace: Workspace) -> None:
    """One of the fields before it may hold an unquoted comma: all that follows stands one column too far right."""
    workspace.write("extracts/ads/stats.csv", "account,date,spend\nA,2024-01-01,1\nB,Inc,2024-01-01,\n")
    result = workspace.land_table(stats())
    assert (result.rows_in, result.rows_landed, result.rows_refused) == (2, 1, 1)


def test_files_of_an_archive_are_each_their_own(workspace: Workspace) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("2024/stats_1.csv", GOOD)
        archive.writestr("2024/stats_2.csv", "account,date\n")
    workspace.write("extracts/ads/export.zip", buffer.getvalue())
    result = workspace.land_table(stats())
    assert result.loaded == ["export.zip/2024/stats_1.csv"]
    assert list(result.refused) == ["export.zip/2024/stats_2.csv"]


def test_the_newest_day_is_that_of_rows_that_could_be_read(workspace: Workspace) -> None:
    workspace.write("deals.csv", "deal_id,created_at,amount\nd1,2026-02-01,10\nd2,2026-03-01,much\n")
    workspace.land("deals", {"files": "deals.csv"})
    assert [str(row[0]) for row in workspace.rows("select newest_data from landing.files")] == ["2026-02-01"]


@pytest.mark.parametrize(
    "content",
    [
        "account,date,campaign,spend\nA,2024-01-01,x,1.5",
        "account,date,spend,campaign\nA,2024-01-02,1\nA,2024-01-01,1.5",  # leaves out what is empty
        "account,date,spend,campaign\nA,2024-01-01,1.5,x\nTotal,,1.5",
        "account,date,spend,campaign\rA,2024-01-01,1.5,x\rA,2024-01-02,,\r",
    ],
)
def test_a_file_without_a_line_end_is_not_cut_off(workspace: Workspace, content: str) -> None:
    workspace.write("extracts/ads/stats_a.csv", content)
    assert workspace.land_table(stats()).refused == {}
