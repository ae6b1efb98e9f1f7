"""Extracts in s3://, read from a real server on the loopback: whole, or not at all."""

import io
import sys
import zipfile
from collections.abc import Iterable
from typing import Any

import pytest
from fsspec.registry import _registry as registered

from orchestration.errors import MissingExtraError, RemoteError, SettingsError
from orchestration.extracts.find.state import extracts_state
from orchestration.extracts.land.land import land_source_table
from orchestration.extracts.land.landing_result import LandingResult
from orchestration.extracts.source_specs import SourceSpec
from tests.orchestration.extracts.conftest import Workspace, stats
from tests.orchestration.extracts.find.remote.servers import S3, Environ, answer, s3_error

HEADER = "account,date,campaign,spend\n"


def land(workspace: Workspace, path: str = "s3://acme/ads") -> LandingResult:
    table = stats()
    settings = workspace.settings(sources={"ads": {"path": path}})
    return land_source_table(
        workspace.connection, settings, SourceSpec("ads", "", None, (), None, None, {"stats": table}), table
    )


def is_listing(environ: Environ) -> bool:
    return "list-type=2" in environ["QUERY_STRING"]


def test_every_page_of_a_listing_is_loaded(workspace: Workspace, s3: S3, monkeypatch: pytest.MonkeyPatch) -> None:
    for day in range(1, 10):
        s3.put(f"ads/2024/stats_{day}.csv", f"{HEADER}A,2024-01-0{day},Brand,1.5\n")
    pages_of(s3, 4)

    assert land(workspace).rows_landed == 9
    assert workspace.rows("select sum(spend::decimal(9, 2)) from raw_ads.stats") == [("13.5",)]
    assert sum("list-type=2" in path for path in s3.seen) >= 3


def pages_of(s3: S3, size: int) -> None:
    """Make the server give `size` names a page, as Amazon gives a thousand."""

    def fault(environ: Environ) -> None:
        if is_listing(environ):
            environ["QUERY_STRING"] += f"&max-keys={size}"

    s3.fault = fault


def test_a_listing_that_fails_on_its_second_page_loads_nothing(workspace: Workspace, s3: S3) -> None:
    for day in range(1, 6):
        s3.put(f"ads/stats_{day}.csv", f"{HEADER}A,2024-01-0{day},Brand,1\n")

    def fault(environ: Environ) -> Any:
        if is_listing(environ) and "continuation-token" in environ["QUERY_STRING"]:
            return s3_error("403 Forbidden", "AccessDenied")
        environ["QUERY_STRING"] += "&max-keys=2" if is_listing(environ) else ""
        return None

    s3.fault = fault
    with pytest.raises(RemoteError, match=r"sources\.ads\.path: s3://acme/ads can't be listed: .*spoiled") as caught:
        land(workspace)
    assert not caught.value.may_pass
    assert "\n" not in str(caught.value)
    assert workspace.rows("select count(*) from information_schema.tables where table_schema = 'raw_ads'") == [(0,)]

    s3.fault = lambda environ: None
    assert land(workspace).rows_landed == 5


def test_a_truncated_download_is_refused_and_loaded_whole_later(workspace: Workspace, s3: S3) -> None:
    s3.put("ads/stats_1.csv", f"{HEADER}A,2024-01-01,Brand,1\n")
    whole = f"{HEADER}A,2024-01-02,Brand,2\nA,2024-01-03,Brand,3\n"
    s3.put("ads/stats_2.csv", whole)
    cut = whole[
        : whole.index("A,2024-01-03")
    ].encode()  # a whole number of lines: nothing in the text says that it is cut

    def fault(environ: Environ) -> Any:
        if environ["REQUEST_METHOD"] == "GET" and environ["PATH_INFO"].endswith("stats_2.csv"):
            return answer("200 OK", cut, Content_Length=str(len(cut)))
        return None

    s3.fault = fault
    result = land(workspace)
    assert result.loaded == ["stats_1.csv"]
    assert result.refused == {
        "stats_2.csv": f"the download was cut off: {len(cut)} of {len(whole)} bytes came, 3 times"
    }
    assert workspace.rows("select file from landing.refused_files") == [("stats_2.csv",)]

    s3.fault = lambda environ: None
    assert land(workspace).loaded == ["stats_2.csv"]
    assert workspace.rows("select sum(spend::int) from raw_ads.stats") == [(6,)]
    assert workspace.rows("from landing.refused_files") == []


def test_a_file_that_changes_after_the_listing_waits_for_the_next_run(workspace: Workspace, s3: S3) -> None:
    s3.put("ads/stats.csv", f"{HEADER}A,2024-01-01,Brand,1\n")

    def fault(environ: Environ) -> Iterable[bytes] | None:
        if environ["REQUEST_METHOD"] == "GET" and environ["PATH_INFO"].endswith("stats.csv"):
            s3.fault = lambda environ: None
            s3.put("ads/stats.csv", f"{HEADER}A,2024-01-01,Brand,7\n")  # as many bytes as before
        return None

    s3.fault = fault
    reason = "changed between listing and download; the next run will read it whole"
    assert land(workspace).refused == {"stats.csv": reason}
    assert land(workspace).loaded == ["stats.csv"]
    assert workspace.rows("select spend from raw_ads.stats") == [("7",)]


def test_what_has_not_changed_is_not_downloaded_again(workspace: Workspace, s3: S3) -> None:
    s3.put("ads/stats.csv", f"{HEADER}A,2024-01-01,Brand,1\n")
    settings = workspace.settings(sources={"google_ads": {"path": "s3://acme/ads"}})
    land(workspace)
    before = extracts_state(settings)
    s3.seen.clear()

    assert land(workspace).unchanged == ["stats.csv"]
    assert [path for path in s3.seen if "stats.csv?" in path] == []

    s3.put("ads/campaign_stats.csv", "id\n")
    assert extracts_state(settings) != before
    before = extracts_state(settings)
    s3.put("ads/campaign_stats.csv", "ID\n")  # the same size, perhaps in the same second
    assert extracts_state(settings) != before


def test_a_file_that_may_not_be_read_is_refused_and_the_others_go_on(workspace: Workspace, s3: S3) -> None:
    s3.put("ads/stats_1.csv", f"{HEADER}A,2024-01-01,Brand,1\n")
    s3.put("ads/stats_2.csv", f"{HEADER}A,2024-01-02,Brand,1\n")

    def fault(environ: Environ) -> Any:
        return s3_error("403 Forbidden", "AccessDenied") if environ["PATH_INFO"].endswith("stats_1.csv") else None

    s3.fault = fault
    result = land(workspace)
    assert result.loaded == ["stats_2.csv"]
    assert result.refused["stats_1.csv"].startswith("can't be downloaded: ")


def test_a_zip_archive_is_looked_into(workspace: Workspace, s3: S3) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("stats_1.csv", f"{HEADER}A,2024-01-01,Brand,1\n")
        archive.writestr("stats_2.csv", f"{HEADER}A,2024-01-02,Brand,2\n")
    s3.put("ads/all.zip", packed.getvalue())

    assert land(workspace).loaded == ["all.zip/stats_1.csv", "all.zip/stats_2.csv"]
    assert land(workspace).unchanged == ["all.zip/stats_1.csv", "all.zip/stats_2.csv"]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("s3://acme/ads/stats_*.csv", ["stats_1.csv", "stats_2.csv"]),
        ("s3://acme/ads/**/stats_3.csv", ["2023/stats_3.csv"]),
        ("s3://acme/ads/*/stats_*.csv", ["2023/stats_3.csv"]),
        ("s3://acme/ads/stats_1.csv", ["stats_1.csv"]),
    ],
)
def test_a_place_may_be_a_pattern_or_one_file(workspace: Workspace, s3: S3, path: str, expected: list[str]) -> None:
    for name in ("stats_1.csv", "stats_2.csv", "2023/stats_3.csv"):
        s3.put(f"ads/{name}", f"{HEADER}A,2024-01-01,{name},1\n")
    assert land(workspace, path).loaded == expected


def test_a_place_where_nothing_is_is_a_mistake_in_the_settings(workspace: Workspace, s3: S3) -> None:
    with pytest.raises(SettingsError, match=r"sources\.ads\.path: s3://acme/nowhere matches no file"):
        land(workspace, "s3://acme/nowhere")
    with pytest.raises(SettingsError, match=r"s3://no-such-bucket/ads matches no file"):
        land(workspace, "s3://no-such-bucket/ads")


def test_no_credentials_is_one_line(workspace: Workspace, s3: S3, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    s3.fault = lambda environ: None if "HTTP_AUTHORIZATION" in environ else s3_error("403 Forbidden", "AccessDenied")
    with pytest.raises(RemoteError, match="s3://acme/ads can't be listed: ") as caught:
        land(workspace)
    assert not caught.value.may_pass


def test_a_server_that_is_down_may_come_back(workspace: Workspace, s3: S3, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")  # of the library below; it would go on for half a minute
    s3.fault = lambda environ: s3_error("503 Service Unavailable", "SlowDown")
    with pytest.raises(RemoteError, match=r"can't be listed: .*spoiled by the test") as caught:
        land(workspace)
    assert caught.value.may_pass


def test_without_the_optional_package_the_error_says_how_to_get_it(
    workspace: Workspace, s3: S3, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "s3fs", None)
    monkeypatch.delitem(registered, "s3", raising=False)
    with pytest.raises(MissingExtraError, match="s3:// needs an optional package: Install s3fs") as caught:
        land(workspace)
    assert "pip install -r requirements.lock" in caught.value.next_step
