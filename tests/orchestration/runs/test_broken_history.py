"""A history that is damaged begins anew instead of stopping every command."""

import sqlite3
from pathlib import Path

import pytest

from orchestration.runs.broken_history import damage, set_aside_if_broken


def database(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with sqlite3.connect(path) as connection:
        connection.execute("create table runs (body text)")
        connection.executemany("insert into runs values (?)", [("x" * 500,)] * 200)
    connection.close()


@pytest.mark.parametrize("name", ["runs.db", "schedules.db", "events/index.db"])
@pytest.mark.parametrize("size", [8000, 100, 40])
def test_a_file_that_is_cut_off_sets_the_history_aside(tmp_path: Path, name: str, size: int) -> None:
    home = tmp_path / "dagster"
    for each in ("runs.db", "schedules.db", "events/index.db"):
        database(home / each)
    assert set_aside_if_broken(home) is None

    (home / name).write_bytes((home / name).read_bytes()[:size])

    said = set_aside_if_broken(home)
    assert said is not None
    assert f"({name}: " in said
    assert list(home.iterdir()) == []
    (aside,) = tmp_path.glob("dagster.broken-*")
    assert (aside / "runs.db").exists()
    assert set_aside_if_broken(home) is None


def test_a_log_that_another_process_closes_meanwhile_is_no_damage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "runs.db"
    writer = sqlite3.connect(path)
    writer.execute("pragma journal_mode = wal")
    writer.execute("create table runs (body text)")
    writer.executemany("insert into runs values (?)", [("x" * 500,)] * 200)
    writer.commit()
    stat, looked = Path.stat, list[Path]()

    def look(self: Path, **options: bool) -> object:
        found = stat(self, **options)
        if self == path:
            looked.append(self)
        if len(looked) == 2:  # the first looks whether it is there
            writer.close()  # which writes the log into the file, and removes it
        return found

    monkeypatch.setattr(Path, "stat", look)
    assert damage(path) is None
    assert not path.with_name("runs.db-wal").exists()
    assert damage(path) is None
