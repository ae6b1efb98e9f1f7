"""The same scale and seed give the same bytes; nothing is written twice; nobody's own files are touched."""

import hashlib
import os
import subprocess
import sys
import zlib
from pathlib import Path

import pytest

from demo.generate import PERSON_KEY, generate
from orchestration.settings import load_settings, person_key

ROOT = Path(__file__).parents[2]


def digest(folder: Path) -> str:
    whole = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name != ".generated":
            whole.update(f"{path.relative_to(folder)} {path.stat().st_mtime_ns} ".encode() + path.read_bytes())
    return whole.hexdigest()


def test_two_generations_are_equal_byte_for_byte_whatever_the_machine_does(tmp_path: Path) -> None:
    first = generate(tmp_path / "first", scale=0.05).extracts
    # another process with another hash seed, time zone and locale
    code = "import sys; from pathlib import Path; from demo.generate import generate; generate(Path(sys.argv[1]), 0.05)"
    environment = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "LC_ALL": "C", "PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "second")], env=environment, check=True)
    assert digest(first) == digest(tmp_path / "second" / "extracts")


def test_the_bytes_are_those_of_the_day_the_story_was_written(tmp_path: Path) -> None:
    """Fails when the story changes, on purpose or by another Python's arithmetic: then say so in CHANGELOG.md."""
    folder = generate(tmp_path, scale=0.05).extracts
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != ".generated")
    total = 0
    for path in files:
        total = zlib.crc32(path.relative_to(folder).as_posix().encode() + path.read_bytes(), total)
    assert f"{total:08x}" == "446782b9"


def test_another_seed_is_another_company(tmp_path: Path) -> None:
    one, other = generate(tmp_path / "one", 0.05), generate(tmp_path / "other", 0.05, seed=1)
    assert digest(one.extracts) != digest(other.extracts)


def test_a_second_call_writes_nothing_and_another_scale_replaces_all(tmp_path: Path) -> None:
    first = generate(tmp_path, scale=0.05)
    before = digest(first.extracts)
    again = generate(tmp_path, scale=0.05)
    assert (first.written, again.written) == (True, False)
    assert digest(again.extracts) == before
    larger = generate(tmp_path, scale=0.1)
    assert larger.written
    assert larger.leads is not None
    assert first.leads is not None
    assert 1.5 < larger.leads / first.leads < 2.5
    assert sorted(path.name for path in tmp_path.iterdir()) == [".funnelmart", "extracts", "funnelmart.yml"]


def test_its_person_key_is_the_same_everywhere_and_a_key_that_is_there_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("FUNNELMART_PERSON_KEY", raising=False)
    one, other = tmp_path / "one", tmp_path / "other"
    (other / ".funnelmart").mkdir(parents=True)
    (other / ".funnelmart" / "person.key").write_text("my own key of thirty-two characters")
    for workspace in (one, other):
        generate(workspace, scale=0.05)

    assert person_key(load_settings(one)) == PERSON_KEY.encode()
    assert person_key(load_settings(other)) == b"my own key of thirty-two characters"


def test_settings_that_are_there_are_kept_and_the_copied_ones_are_valid(tmp_path: Path) -> None:
    generate(tmp_path / "new", scale=0.05)
    assert load_settings(tmp_path / "new").company == "Standfest Möbel GmbH"
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "funnelmart.yml").write_text("company: Mine\n")
    generate(tmp_path / "own", scale=0.05)
    assert (tmp_path / "own" / "funnelmart.yml").read_text() == "company: Mine\n"


def test_extracts_of_somebody_else_are_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "extracts").mkdir()
    (tmp_path / "extracts" / "deals.csv").write_text("deal_id\n1\n")
    with pytest.raises(ValueError, match="holds files that the demo didn't write"):
        generate(tmp_path, scale=0.05)


def test_a_scale_of_nothing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="expected a number above 0"):
        generate(tmp_path, scale=0)


def test_size_at_scale_one(tmp_path: Path) -> None:
    report = generate(tmp_path)
    assert report.leads is not None
    assert report.won_deals is not None
    assert 10_000 < report.leads < 15_000
    assert 1_500 < report.won_deals < 2_500
