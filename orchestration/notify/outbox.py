"""Messages on their way: each is kept in the workspace until every receiver has taken it."""

import dataclasses
import datetime as dt
import json
import os
import shutil
import uuid
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from orchestration.notify.told import notify_path
from orchestration.progress import say
from orchestration.settings import Settings, notify_addresses
from orchestration.settings.noted import document, note

_MESSAGE = "message.json"


@dataclasses.dataclass(frozen=True)
class Message:
    """One message; `pictures` are PNG files by name."""

    title: str
    body: str
    pictures: Mapping[str, bytes] = dataclasses.field(default_factory=dict)


def post(settings: Settings, message: Message, now: dt.datetime) -> None:
    """Put a message into the outbox, whole or not at all, for everybody whom the settings name."""
    name = f"{now:%Y%m%dT%H%M%S}-{uuid.uuid4().hex[:8]}"
    folder = _outbox(settings)
    aside = folder / f".{name}"
    aside.mkdir(parents=True)
    for picture, content in message.pictures.items():
        (aside / picture).write_bytes(content)
    said = {"title": message.title, "body": message.body, "to": settings.notify.to}
    _note(aside, said)
    os.replace(aside, folder / name)


def waiting(settings: Settings) -> list[Path]:
    """Return the folders of the messages that somebody has not taken yet, the oldest first."""
    folder = _outbox(settings)
    found = [*folder.iterdir()] if folder.is_dir() else []
    return sorted(path for path in found if path.is_dir() and not path.name.startswith("."))


def deliver(settings: Settings) -> None:
    """Send what waits, each message to those who have not taken it yet; what is not taken waits for the next run.

    The caller holds the lock of the workspace. One that is damaged or can't be read keeps no other from being sent.
    """
    _remove_what_a_kill_left(settings)
    messages = waiting(settings)
    if not messages:
        return
    addresses = notify_addresses(settings.notify.to)
    failed: dict[str, int] = {}
    for folder in messages:
        try:
            said = _said(folder)
        except OSError as error:  # its place, not the message, is wrong
            say(f"notify: {error.filename}: {error.strerror}; the message is kept for the next run")
            continue
        if said is None:
            say(f"notify: {folder} is damaged and is taken away: who has not got it by now gets it no more")
            _remove(folder)
            continue
        pictures = sorted(folder.glob("*.png"))
        # who is no longer named gets nothing more
        left = [name for name in said["to"] if name in settings.notify.to]
        for name in list(left):
            if name not in failed and _send(addresses.get(name), said, pictures):
                left.remove(name)
                _note(folder, {**said, "to": left})
            else:
                failed[name] = failed.get(name, 0) + 1
        if not left:
            _remove(folder)
    for name, count in failed.items():
        why = "is not set" if name not in addresses else "did not answer"
        say(f"notify: {name} {why}; {count} {'message is' if count == 1 else 'messages are'} kept for the next run")


def send_now(settings: Settings, message: Message) -> dict[str, str | None]:
    """Send a message that nothing keeps; returns by receiver why it was not taken, None where it was."""
    addresses = notify_addresses(settings.notify.to)
    said = {"title": message.title, "body": message.body}
    why = {name: "is not set" if name not in addresses else "did not answer" for name in settings.notify.to}
    return {name: None if _send(addresses.get(name), said, ()) else reason for name, reason in why.items()}


def _send(address: str | None, said: Mapping[str, Any], pictures: Sequence[Path]) -> bool:
    if not address:
        return False
    import apprise  # here: it knows eighty services, and most runs have nothing to tell

    asset = apprise.AppriseAsset(app_id="funnelmart", app_desc="funnelmart", app_url="", secure_logging=True)
    receiver = apprise.Apprise(asset=asset)
    if not receiver.add(address):
        return False
    attached = apprise.AppriseAttachment(list(map(str, pictures))) if pictures else None
    return bool(receiver.notify(body=said["body"], title=said["title"], body_format="text", attach=attached))


def _note(folder: Path, said: Mapping[str, Any]) -> None:
    note(folder / _MESSAGE, json.dumps(said, ensure_ascii=False, indent=1))


def _outbox(settings: Settings) -> Path:
    return notify_path(settings) / "outbox"


def _said(folder: Path) -> dict[str, Any] | None:
    """What a message says, and to whom; None of one that is damaged.

    Raises:
        OSError: it can't be read.
    """
    path = folder / _MESSAGE
    is_file = path.is_file()  # a pipe would be waited for
    said = document(path.read_text(encoding="utf-8", errors="replace")) if is_file else None
    kinds = {"title": str, "body": str, "to": list}
    is_whole = isinstance(said, dict) and all(isinstance(said.get(name), kind) for name, kind in kinds.items())
    return said if is_whole else None


def _remove(folder: Path) -> None:
    """Take a message away at once: what a kill leaves of it is no message any more."""
    aside = folder.with_name(f".{folder.name}")
    os.replace(folder, aside)
    _clear(aside)


def _remove_what_a_kill_left(settings: Settings) -> None:
    """Messages that were half written, or half taken away."""
    for path in _outbox(settings).glob(".*"):
        if path.is_dir():
            _clear(path)


def _clear(folder: Path) -> None:
    """Remove what is no message any more; where that fails, it is in nobody's way."""
    try:
        shutil.rmtree(folder)
    except OSError as error:
        say(f"notify: {error.filename} can't be removed: {error.strerror}; what waits is sent all the same")
