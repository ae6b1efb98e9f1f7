"""Whatever lies in the place of a note, the next command takes it as if nothing were noted, and waits for nothing."""

import datetime as dt
import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from data_checks.history import recent
from orchestration.extracts.find.state import landed_state, record_landed
from orchestration.notify.told import Told, notify_path
from orchestration.settings import Settings
from orchestration.settings.noted import note, noted, noted_json
from orchestration.transform.build_record import BuildRecord, load, record_path, save
from orchestration.transform.memory import landed_rows
from orchestration.transform.nothing_new import published_already

PUT: dict[str, Callable[[Path], object]] = {
    "a folder": Path.mkdir,
    "a named pipe": os.mkfifo,
    "a link to itself": lambda path: path.symlink_to(path.name),
    "a link to a device that never ends": lambda path: path.symlink_to("/dev/zero"),
    "a socket": lambda path: socket.socket(socket.AF_UNIX).bind(str(path)),
    "bytes": lambda path: path.write_bytes(bytes(range(256))),
    "lists in lists": lambda path: path.write_text("[" * 100_000 + "]" * 100_000),
    "another document": lambda path: path.write_text('["a"]'),
}
NOW = dt.datetime(2024, 3, 31, tzinfo=dt.UTC)


@pytest.fixture(params=PUT)
def put(request: pytest.FixtureRequest) -> Callable[[Path], object]:
    return PUT[request.param]


def test_it_counts_as_none(tmp_path: Path, put: Callable[[Path], object], monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings(workspace=tmp_path, company="Acme")
    notify_path(settings).mkdir(parents=True)
    monkeypatch.chdir(settings.state_path)  # the path of a socket is short
    for name in ("build.json", "publication.json", "raw_rows", "check_history.jsonl", "notify/told.json"):
        put(Path(name))
    assert load(settings) is None
    assert published_already(settings, NOW) is None
    assert landed_rows(settings) is None
    assert recent(settings) == {}
    assert Told(settings).digest() is None


def test_extracts_are_new_where_no_file_says_what_was_landed(tmp_path: Path) -> None:
    settings = Settings(workspace=tmp_path, company="Acme")
    path = settings.state_path / "extracts.state"
    path.parent.mkdir()
    os.mkfifo(path)
    assert landed_state(settings) is None
    record_landed(settings, "abc")
    assert (landed_state(settings), path.is_file()) == ("abc", True)


def test_a_build_is_noted_in_the_place_of_what_is_no_note(tmp_path: Path) -> None:
    settings = Settings(workspace=tmp_path, company="Acme")
    settings.state_path.mkdir()
    os.mkfifo(record_path(settings))
    record = BuildRecord("run1", NOW, NOW.date())
    save(settings, record)
    assert load(settings) == record


def test_a_note_is_there_whole(tmp_path: Path) -> None:
    path = tmp_path / "new" / "note.json"
    assert (noted(path), noted_json(path)) == ("", None)
    note(path, '{"a": 1}')
    assert noted_json(path) == {"a": 1}
    assert [entry.name for entry in path.parent.iterdir()] == ["note.json"]
