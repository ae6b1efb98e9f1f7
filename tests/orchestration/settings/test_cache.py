"""What is kept for a user is kept where that can be, and missed nowhere else."""

import os
import pwd
from pathlib import Path

import pytest

from orchestration.settings import cache


def test_a_user_without_a_home_keeps_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a container whose user no file names."""

    def unknown(uid: int) -> object:
        raise KeyError(f"getpwuid(): uid not found: {uid}")

    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.delenv("HOME")
    monkeypatch.setattr(pwd, "getpwuid", unknown)

    path = cache.cache_path() / "text"
    assert isinstance(cache.keep_text(path, "kept"), OSError)
    assert (cache.kept_text(path), cache.is_kept(path)) == (None, False)


@pytest.mark.parametrize("named", ["", "not/absolute"])
def test_the_current_folder_is_no_place_for_it(named: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", named)
    monkeypatch.setenv("HOME", "/home/eva")
    assert cache.cache_path() == Path("/home/eva/.cache/funnelmart")


def test_where_nobody_may_even_look_nothing_is_kept(tmp_path: Path) -> None:
    path = tmp_path / ("x" * 300) / "text"  # as of another user's home, the system says more than "not there"
    with pytest.raises(OSError, match="too long"):
        path.exists()
    assert isinstance(cache.keep_text(path, "kept"), OSError)
    assert (cache.kept_text(path), cache.is_kept(path)) == (None, False)


def test_processes_of_two_containers_with_one_number_write_two_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, written = tmp_path / "text", list[str]()
    replace = os.replace

    def look(source: Path, target: Path) -> None:
        written.append(source.name)
        replace(source, target)

    monkeypatch.setattr(os, "replace", look)
    assert [cache.keep_text(path, text) for text in ("one", "other")] == [None, None]
    assert len(set(written)) == 2
    assert (cache.kept_text(path), path.stat().st_mode & 0o777) == ("other", 0o600)
    assert [one.name for one in tmp_path.iterdir()] == ["text"]
