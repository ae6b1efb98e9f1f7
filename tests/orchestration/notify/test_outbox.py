"""Messages that wait: what a kill leaves of one, or what somebody did to it, keeps no other from being sent."""

import errno
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from orchestration.notify.outbox import Message, deliver, post, waiting
from orchestration.notify.tell import tell_anyway
from orchestration.notify.told import notify_path
from orchestration.settings import Settings
from tests.orchestration.notify.conftest import MailServer, WebHook
from tests.orchestration.notify.test_tell import NOW, STOPPED

PICTURE = {"leads.png": b"\x89PNG\r\n\x1a\n"}
DAMAGE: dict[str, Callable[[Path], object]] = {
    "a cut off message": lambda path: path.write_text('{"title": "Ac'),
    "an empty one": lambda path: path.write_text(""),
    "another document": lambda path: path.write_text(json.dumps({"title": 1, "body": None, "to": "CHAT"})),
    "none": Path.unlink,
    "a folder": lambda path: (path.unlink(), path.mkdir()),
    "a named pipe": lambda path: (path.unlink(), os.mkfifo(path)),
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=list(DAMAGE))
def test_a_damaged_message_is_taken_away_and_the_others_are_sent(
    settings: Settings, hook: WebHook, damage: Callable[[Path], object], capsys: pytest.CaptureFixture[str]
) -> None:
    post(settings, Message("first", "…"), NOW)
    (first,) = waiting(settings)
    damage(first / "message.json")
    post(settings, Message("second", "…"), NOW.replace(year=2026))
    (first.parent / "a note of somebody").write_text("not ours")

    deliver(settings)

    assert [message["title"] for message in hook.posted] == ["second"]
    assert waiting(settings) == []
    assert f"notify: {first} is damaged and is taken away" in capsys.readouterr().out


def test_a_kill_while_a_message_is_taken_away_leaves_none_that_stops_the_others(
    settings: Settings, hook: WebHook, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed_by_half(folder: Path) -> None:
        (folder / "message.json").unlink()
        raise KeyboardInterrupt

    post(settings, Message("first", "…", PICTURE), NOW)
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "rmtree", killed_by_half)
        with pytest.raises(KeyboardInterrupt):
            deliver(settings)
    post(settings, Message("second", "…"), NOW)
    deliver(settings)

    assert [message["title"] for message in hook.posted] == ["first", "second"]
    assert list((notify_path(settings) / "outbox").iterdir()) == []


def test_a_message_that_can_not_be_read_now_is_kept_and_the_others_are_sent(
    settings: Settings, hook: WebHook, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    post(settings, Message("first", "…"), NOW)
    (first,) = waiting(settings)
    post(settings, Message("second", "…"), NOW.replace(year=2026))
    real = Path.read_text

    def read_text(path: Path, **more: str) -> str:
        if path.parent == first:
            raise OSError(errno.EIO, os.strerror(errno.EIO), str(path))
        return real(path, **more)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_text", read_text)
        deliver(settings)
    assert [message["title"] for message in hook.posted] == ["second"]
    assert "the message is kept for the next run" in capsys.readouterr().out

    deliver(settings)
    assert [message["title"] for message in hook.posted] == ["second", "first"]


def test_what_can_not_be_removed_stops_no_message(
    settings: Settings, hook: WebHook, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (notify_path(settings) / "outbox" / ".left").mkdir(parents=True)
    for title in ("first", "second"):
        post(settings, Message(title, "…"), NOW)

    def refused(folder: Path) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(folder))

    monkeypatch.setattr(shutil, "rmtree", refused)
    deliver(settings)

    assert sorted(message["title"] for message in hook.posted) == ["first", "second"]
    assert "can't be removed: Permission denied; what waits is sent all the same" in capsys.readouterr().out


def test_what_a_kill_left_half_written_is_removed_and_sent_to_nobody(settings: Settings, mail: MailServer) -> None:
    settings = settings.model_copy(update={"notify": settings.notify.model_copy(update={"to": ["MAIL"]})})
    post(settings, Message("first", "…", PICTURE), NOW)
    (first,) = waiting(settings)
    (first / "message.tmp").write_text('{"title": "fi')  # of a note of who has got it
    (first.parent / ".20250630T060000-half").mkdir()

    deliver(settings)

    (sent,) = mail.mails
    assert [part.get_filename() for part in sent.iter_attachments()] == ["leads.png"]
    assert list(first.parent.iterdir()) == []


def test_what_can_not_be_noted_as_told_is_sent_all_the_same(settings: Settings, hook: WebHook) -> None:
    (notify_path(settings) / "told.json").mkdir(parents=True)
    warnings: list[str] = []

    tell_anyway(settings, NOW, STOPPED, warnings.append)

    assert len(hook.posted) == 1
    assert waiting(settings) == []
    assert "told.json" in warnings[0]
