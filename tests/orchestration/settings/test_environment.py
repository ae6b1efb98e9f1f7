"""Which folder is the workspace where nobody names one."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from orchestration.errors import NoWorkspaceNamedError
from orchestration.settings import environment
from orchestration.settings.environment import demo_path, mend_timezone, workspace_path

CHECKOUT = Path(__file__).resolve().parents[3]


@pytest.fixture(autouse=True)
def nothing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FUNNELMART_WORKSPACE", raising=False)


def test_it_is_the_nearest_folder_upwards_that_is_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in ("acme", "acme/shops/north"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "funnelmart.yml").touch()
    (tmp_path / "acme" / "shops" / "south").mkdir()

    monkeypatch.chdir(tmp_path / "acme" / "shops" / "north")
    assert workspace_path() == tmp_path / "acme" / "shops" / "north"

    monkeypatch.chdir(tmp_path / "acme" / "shops" / "south")
    assert workspace_path() == tmp_path / "acme"


def test_outside_of_one_nothing_is_taken_and_the_demo_only_by_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    with pytest.raises(NoWorkspaceNamedError, match="no workspace is named") as error:
        workspace_path()
    assert "-w demo" in error.value.next_step
    assert demo_path() == CHECKOUT / "demo"


def test_installed_the_demo_is_in_the_current_folder_never_among_the_packages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packages, here = tmp_path / "lib" / "site-packages", tmp_path / "here"
    (packages / "demo").mkdir(parents=True)
    here.mkdir()
    monkeypatch.setattr(environment, "_CODE", packages)
    monkeypatch.chdir(here)

    assert demo_path() == here / "demo"


def test_what_is_named_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FUNNELMART_WORKSPACE", str(tmp_path / "acme"))

    assert workspace_path() == tmp_path / "acme"
    assert workspace_path(tmp_path / "other") == tmp_path / "other"


@pytest.mark.parametrize("prefix", ["", ":"])
def test_a_time_zone_that_names_any_file_is_utc(tmp_path: Path, prefix: str) -> None:
    """`validate` died of a library that opens it as it is imported."""
    (tmp_path / "funnelmart.yml").write_text("company: Acme\n")
    for named in (tmp_path / "funnelmart.yml", tmp_path):
        ended = subprocess.run(
            [sys.executable, "-m", "orchestration.cli", "validate", "-w", str(tmp_path)],
            env={**os.environ, "TZ": f"{prefix}{named}"},
            cwd=CHECKOUT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert (ended.returncode, ended.stderr) == (0, "")


def test_a_time_zone_that_is_one_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    for named in ("Europe/Berlin", ":Europe/Berlin", "CET-1CEST,M3.5.0,M10.5.0/3", ""):
        monkeypatch.setenv("TZ", named)
        mend_timezone()
        assert os.environ["TZ"] == named


@pytest.mark.parametrize("named", ["~nobody_of_this_machine/acme", "loop/acme"])
def test_what_can_be_no_folder_is_said(named: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "loop").symlink_to("loop")
    if named.startswith("loop") and sys.version_info >= (3, 13):
        assert workspace_path(Path(named)) == tmp_path / named  # a folder that is not there
        return
    for asked in (workspace_path, demo_path):
        with pytest.raises(NoWorkspaceNamedError, match=f"{named}: names no folder"):
            asked(Path(named))


def test_a_current_folder_that_is_gone_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    with pytest.raises(NoWorkspaceNamedError, match="the current folder is not there any more"):
        workspace_path()
