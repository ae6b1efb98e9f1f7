"""`notify` in funnelmart.yml."""

from pathlib import Path

import pytest

from orchestration.errors import SettingsError
from orchestration.settings import notify_addresses, parse_settings


def test_addresses_come_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHAT", "json://chat.test")
    said = "company: Acme\nnotify: {to: [CHAT, MAIL], digest: friday, about: run_failed, link: 'https://m.test/r/'}\n"
    with pytest.raises(SettingsError, match=r"notify\.about"):
        parse_settings(said, tmp_path)
    notify = parse_settings(said.replace("about: run_failed", "about: [run_failed]"), tmp_path).notify
    assert (notify.to, notify.digest, notify.link) == (["CHAT", "MAIL"], "friday", "https://m.test/r")
    assert notify_addresses(notify.to) == {"CHAT": "json://chat.test"}


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        ("to", "slack://token@room", "an address holds a secret"),
        ("link", "https://user:password@mart.test", "expected an address of the reports"),
        ("digest", "someday", "monday"),
    ],
)
def test_a_mistake_names_its_key(tmp_path: Path, key: str, value: str, expected: str) -> None:
    with pytest.raises(SettingsError, match=f"notify.{key}.*{expected}"):
        parse_settings(f"company: Acme\nnotify: {{{key}: '{value}'}}\n", tmp_path)
