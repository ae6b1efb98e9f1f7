"""Extracts in sftp://, read from a real server on the loopback."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sshfs import SSHFileSystem

from orchestration.errors import RemoteError, SettingsError
from orchestration.extracts.find.discover import discover_source
from orchestration.extracts.source_specs import SourceSpec
from tests.orchestration.extracts.conftest import Workspace, stats
from tests.orchestration.extracts.find.remote.servers import sftp_server

SOURCE = SourceSpec("ads", "", None, (), None, None, {"stats": stats()})


@pytest.fixture
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    (tmp_path / "served" / "ads" / "2024").mkdir(parents=True)
    monkeypatch.setenv("SFTP_USERNAME", "anna")
    monkeypatch.setenv("SFTP_PASSWORD", "made-up-password")
    monkeypatch.setenv("SFTP_KNOWN_HOSTS", str(tmp_path / "known_hosts"))
    with sftp_server(tmp_path / "served", tmp_path / "known_hosts") as port:
        yield f"sftp://127.0.0.1:{port}/ads"
        SSHFileSystem.clear_instance_cache()


def names(workspace: Workspace, url: str) -> list[str]:
    found = discover_source(workspace.settings(sources={"ads": {"path": url}}), SOURCE)
    return [file.name for file in found.by_table["stats"]]


def test_a_folder_is_landed_once_and_again_when_it_changes(workspace: Workspace, url: str) -> None:
    file = workspace.write("served/ads/2024/stats.csv", "account,date,spend\nA,2024-01-01,1\n")
    sheet = {"files": f"{url}/2024/stats*.csv", "constants": {"platform": "ads"}, "fields": {"account_id": "account"}}

    assert workspace.land("ad_spend", sheet).rows_landed == 1
    assert len(workspace.land("ad_spend", sheet).unchanged) == 1
    file.write_text("account,date,spend\nA,2024-01-01,12\n")
    assert workspace.land("ad_spend", sheet).rows_landed == 1
    assert workspace.rows("select spend from raw_sheets.ad_spend") == [("12",)]
    assert names(workspace, url) == ["2024/stats.csv"]


def test_links_to_files_are_followed_and_links_to_folders_are_not(workspace: Workspace, url: str) -> None:
    file = workspace.write("served/ads/2024/stats.csv", "account,date,spend\nA,2024-01-01,1\n")
    (file.parent / "stats_link.csv").symlink_to("stats.csv")
    (file.parent / "again").symlink_to("../2024")
    assert names(workspace, url) == ["2024/stats.csv", "2024/stats_link.csv"]


def test_a_folder_that_may_not_be_read_fails_the_listing(workspace: Workspace, url: str) -> None:
    """fsspec itself leaves such a folder out without a word, and its files would count as gone."""
    workspace.write("served/ads/2024/stats.csv", "account,date,spend\n")
    workspace.write("served/ads/2023/forbidden/stats.csv", "account,date,spend\n")
    with pytest.raises(RemoteError, match="/ads can't be listed: SFTPPermissionDenied: Permission denied") as caught:
        names(workspace, url)
    assert not caught.value.may_pass


def test_a_wrong_password_is_one_line_that_does_not_show_it(
    workspace: Workspace, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SFTP_PASSWORD", "mistyped-password")
    with pytest.raises(RemoteError, match="can't be reached: ") as caught:
        names(workspace, url)
    assert "mistyped" not in str(caught.value)
    assert not caught.value.may_pass


def test_an_unknown_host_is_not_given_the_password(
    workspace: Workspace, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace.write("other_hosts", "")
    monkeypatch.setenv("SFTP_KNOWN_HOSTS", str(workspace.path / "other_hosts"))
    with pytest.raises(RemoteError, match=r"can't be reached: .*[Hh]ost key is not trusted"):
        names(workspace, url)


def test_a_password_in_the_url_is_refused_and_not_repeated(workspace: Workspace, url: str) -> None:
    with pytest.raises(SettingsError, match="a password stands in the URL") as caught:
        names(workspace, url.replace("//", "//anna:made-up-password@"))
    assert "made-up-password" not in str(caught.value)
