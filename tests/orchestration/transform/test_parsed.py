from pathlib import Path

import pytest

from orchestration.progress import listening
from orchestration.transform import parsed

FILES = ("manifest.json", "partial_parse.msgpack", "semantic_manifest.json")


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "funnelmart" / "parsed"


def target(folder: Path, content: str = "") -> Path:
    folder.mkdir()
    for name in FILES if content else ():
        (folder / name).write_text(f"{name} {content}")
    return folder


def test_what_one_workspace_read_serves_the_next(tmp_path: Path) -> None:
    parsed.keep(target(tmp_path / "one", "read by one"), "abc")
    other = target(tmp_path / "other")

    assert parsed.fetch(other, "abc")
    assert [(other / name).read_text() for name in FILES] == [f"{name} read by one" for name in FILES]
    assert not parsed.fetch(other, "another project, or other sources")


def test_only_the_owner_may_look_at_it_and_nothing_half_written_lies_there(tmp_path: Path, cache: Path) -> None:
    broken = target(tmp_path / "one", "read by one")
    (broken / FILES[-1]).unlink()
    with listening(lambda message: None):
        parsed.keep(broken, "abc")

    assert list(cache.iterdir()) == []
    assert cache.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("damage", [("manifest.json", b"half of"), ("sha256", b"\xff\xfe"), ("sha256", None)])
def test_what_is_damaged_serves_nobody_and_leaves_nothing_to_build_upon(
    tmp_path: Path, cache: Path, damage: tuple[str, bytes | None]
) -> None:
    read, (name, said) = target(tmp_path / "one", "read by one"), damage
    parsed.keep(read, "abc")
    if said is None:  # a removal was killed by half
        (cache / "abc" / name).unlink()
    else:
        (cache / "abc" / name).write_bytes(said)

    other = target(tmp_path / "other")
    assert not parsed.fetch(other, "abc")
    assert list(cache.iterdir()) == list(other.iterdir()) == []
    parsed.keep(read, "abc")
    assert parsed.fetch(other, "abc")


def test_those_not_used_for_longest_are_thrown_away(tmp_path: Path, cache: Path) -> None:
    read = target(tmp_path / "one", "read")
    for number in range(12):
        parsed.keep(read, str(number))
        assert parsed.fetch(read, "0")  # used again and again
    assert {path.name for path in cache.iterdir()} == {"0", *map(str, range(5, 12))}


def test_a_cache_that_can_not_be_written_stops_nothing(tmp_path: Path, cache: Path) -> None:
    cache.parent.parent.write_text("a file where the folder should be")
    said: list[str] = []
    with listening(said.append):
        parsed.keep(target(tmp_path / "one", "read"), "abc")
        parsed.keep_text("abc", "sent.json", "{}")
    assert len(said) == 1
    assert "not kept for other workspaces" in said[0]
