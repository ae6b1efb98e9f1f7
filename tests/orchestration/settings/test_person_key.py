"""The key of people: never weak, never another one unasked, never half written."""

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from orchestration.errors import SettingsError
from orchestration.settings import Settings, person_key
from orchestration.settings.person_key import begin_rotation, next_path

OTHER = "a key of somebody else, thirty-two"


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.delenv("FUNNELMART_PERSON_KEY", raising=False)
    return Settings(workspace=tmp_path, company="Acme")


def test_what_an_editor_adds_at_its_end_changes_nothing(settings: Settings) -> None:
    key = person_key(settings)
    path = settings.state_path / "person.key"
    path.write_text(path.read_text() + "\n")
    assert person_key(settings) == key


def test_the_folder_of_the_key_is_the_owners(settings: Settings) -> None:
    person_key(settings)
    assert stat.S_IMODE(settings.state_path.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in settings.state_path.iterdir()} == {0o600}


SPOILT: dict[str, tuple[Callable[[Path], object], str]] = {
    "empty": (lambda path: path.write_text(""), "found nothing; expected the key"),
    "blank": (lambda path: path.write_text(" \n"), "found nothing; expected the key"),
    "short": (lambda path: path.write_text("secret"), "found 6 characters; expected .* at least 32"),
    "binary": (lambda path: path.write_bytes(b"\xff\xfe" * 40), "is no text; expected the key"),
    "another": (lambda path: path.write_text(OTHER), "another key of people than before; .* Restore the key"),
    "gone": (lambda path: path.unlink(), "is gone; with another one every e-mail"),
    "a folder": (lambda path: (path.unlink(), path.mkdir()), "can't be read .*; expected the key"),
    "a named pipe": (
        lambda path: (path.unlink(), os.mkfifo(path)),
        "can't be read .*no regular file.*; expected the key",
    ),
}


@pytest.mark.parametrize(("spoil", "said"), SPOILT.values(), ids=list(SPOILT))
def test_a_key_that_is_not_the_one_is_refused(settings: Settings, spoil: Callable[[Path], object], said: str) -> None:
    person_key(settings)
    spoil(settings.state_path / "person.key")
    with pytest.raises(SettingsError, match=said):
        person_key(settings)


@pytest.mark.parametrize("value", ["", "  ", "short"])
def test_a_weak_key_of_the_environment_is_refused(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("FUNNELMART_PERSON_KEY", value)
    with pytest.raises(SettingsError, match="FUNNELMART_PERSON_KEY: found"):
        person_key(settings)


def test_a_key_lost_for_good_is_replaced_where_somebody_says_so(settings: Settings) -> None:
    lost = person_key(settings)
    for name in ("person.key", "person.fingerprint"):
        (settings.state_path / name).unlink()
    assert person_key(settings) != lost


NO_FINGERPRINT: dict[str, Callable[[Path], object]] = {
    "empty": lambda path: path.write_text(""),
    "cut off": lambda path: path.write_text(path.read_text()[:7]),
    "binary": lambda path: path.write_bytes(bytes(range(256))),
    "a folder": lambda path: (path.unlink(), path.mkdir()),
    "a named pipe": lambda path: (path.unlink(), os.mkfifo(path)),
}


@pytest.mark.parametrize("spoil", NO_FINGERPRINT.values(), ids=list(NO_FINGERPRINT))
def test_a_damaged_fingerprint_is_named_and_no_other_key_is_taken(
    settings: Settings, spoil: Callable[[Path], object]
) -> None:
    key, path = person_key(settings), settings.state_path / "person.fingerprint"
    spoil(path)
    with pytest.raises(SettingsError, match=rf"^{path}: is damaged; expected the fingerprint"):
        person_key(settings)
    path.rmdir() if path.is_dir() else path.unlink()
    assert person_key(settings) == key


def test_a_key_of_the_environment_that_is_no_text_is_refused(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FUNNELMART_PERSON_KEY", "\udcff" * 40)
    with pytest.raises(SettingsError, match="FUNNELMART_PERSON_KEY: is no text"):
        person_key(settings)


def test_a_next_key_that_is_cut_off_is_named(settings: Settings) -> None:
    person_key(settings)
    path = next_path(settings)
    path.write_text("")
    with pytest.raises(SettingsError, match=rf"^{path}: is no key of people; take it away"):
        begin_rotation(settings)
    path.unlink()
    assert begin_rotation(settings)[0] == person_key_of(settings)


def person_key_of(settings: Settings) -> bytes:
    return (settings.state_path / "person.key").read_bytes().strip()
