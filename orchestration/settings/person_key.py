"""The key of the HMAC over personal data: from the environment or the workspace, never weak, never another unasked.

With another key every person gets another hash: people of earlier extracts would no longer meet those of later ones.
So the workspace remembers the fingerprint of the key that it was landed with.
"""

import errno
import hashlib
import os
import re
from pathlib import Path

from orchestration.errors import SettingsError
from orchestration.settings.workspace import Settings

VARIABLE = "FUNNELMART_PERSON_KEY"
NEXT_VARIABLE = "FUNNELMART_NEXT_PERSON_KEY"
_SHORTEST = 32
_FINGERPRINT = re.compile(r"[0-9a-f]{16}")


def person_key(settings: Settings) -> bytes:
    """The key: FUNNELMART_PERSON_KEY, else `.funnelmart/person.key`, which is made once (mode 0600).

    Raises:
        SettingsError: it is empty, shorter than 32 characters or unreadable, or it is not the one that this workspace
            was landed with.
    """
    path = settings.state_path / "person.key"
    if next_path(settings).exists():
        raise SettingsError(
            f"{next_path(settings)}: a change of the key of people was interrupted; finish it: funnelmart key rotate "
            f"-w {settings.workspace}"
        )
    return _current(settings, path)


def next_path(settings: Settings) -> Path:
    """Return where the new key lies while the old one is replaced by it."""
    return settings.state_path / "person.key.next"


def begin_rotation(settings: Settings) -> tuple[bytes, bytes]:
    """Return the key of now and the new one, which is kept aside until `end_rotation`; may be repeated.

    The new one is FUNNELMART_NEXT_PERSON_KEY, else made.

    Raises:
        SettingsError: one of the keys is wrong, or the key of now comes from the environment and the new one does not.
    """
    path = next_path(settings)
    if path.exists():  # all but the last step of an earlier try
        new = _read(path)
        if _remembered(settings) == key_fingerprint(new.encode()):
            return new.encode(), new.encode()
    old = _current(settings, settings.state_path / "person.key")
    given = _given(NEXT_VARIABLE)
    if VARIABLE in os.environ and not given:
        raise SettingsError(
            f"{VARIABLE} holds the key of now; expected the new one in {NEXT_VARIABLE}, at least {_SHORTEST} characters"
        )
    new = given or (_read(path) if path.exists() else os.urandom(_SHORTEST).hex())
    if not given and len(new) < _SHORTEST:
        raise SettingsError(f"{path}: is no key of people; take it away: the next `key rotate` makes another one")
    if len(new) < _SHORTEST:
        raise SettingsError(f"{NEXT_VARIABLE}: found {len(new)} characters; expected at least {_SHORTEST}")
    if new.encode() == old:
        raise SettingsError(f"{NEXT_VARIABLE}: is the key of now; expected another one")
    write_for_owner(path, new)
    return old, new.encode()


def end_rotation(settings: Settings, new: bytes) -> None:
    """Let the new key be the key of the workspace."""
    write_for_owner(settings.state_path / "person.fingerprint", key_fingerprint(new))
    if VARIABLE in os.environ:
        next_path(settings).unlink()
    else:
        os.replace(next_path(settings), settings.state_path / "person.key")


def _current(settings: Settings, path: Path) -> bytes:
    remembered = settings.state_path / "person.fingerprint"
    known = _remembered(settings)
    if VARIABLE in os.environ:
        key, where = _given(VARIABLE), VARIABLE
    elif os.path.lexists(path):
        key, where = _read(path), str(path)
    elif known:
        raise SettingsError(f"{path}: the key of people is gone; {_meaning(settings, remembered)}")
    else:
        key, where = os.urandom(_SHORTEST).hex(), str(path)
        write_for_owner(path, key)
    if len(key) < _SHORTEST:
        found = f"{len(key)} characters" if key else "nothing"
        raise SettingsError(
            f"{where}: found {found}; expected the key that keeps hashes of e-mail, telephone and names from being "
            f"guessed, at least {_SHORTEST} characters. Restore it from a backup"
        )
    fingerprint = key_fingerprint(key.encode())
    if known is None:
        write_for_owner(remembered, fingerprint)
    elif known != fingerprint:
        raise SettingsError(f"{where}: another key of people than before; {_meaning(settings, remembered)}")
    return key.encode()


def _given(variable: str) -> str:
    """The key that a variable of the environment holds, empty where there is none."""
    key = os.environ.get(variable, "").strip()
    if any("\udc80" <= character <= "\udcff" for character in key):  # how Python says bytes that are no text
        raise SettingsError(f"{variable}: is no text in UTF-8; expected a key of at least {_SHORTEST} characters")
    return key


def _remembered(settings: Settings) -> str | None:
    """The fingerprint of the key that the workspace was landed with; None before the first time.

    Raises:
        SettingsError: it is damaged, so that nobody knows whether the key is still the same.
    """
    path = settings.state_path / "person.fingerprint"
    if not os.path.lexists(path):
        return None
    said = path.read_text(encoding="ascii", errors="replace").strip() if path.is_file() else ""
    if not _FINGERPRINT.fullmatch(said):
        raise SettingsError(
            f"{path}: is damaged; expected the fingerprint of the key of people, which runs note. Take it away where "
            f"{path.with_name('person.key')} or {VARIABLE} is still the key of before: it is noted again then"
        )
    return said


def key_fingerprint(key: bytes) -> str:
    """Says whether two runs used the same key without telling it: another key means that hashes are made anew."""
    return hashlib.sha256(b"funnelmart person key " + key).hexdigest()[:16]


def _meaning(settings: Settings, remembered: Path) -> str:
    return (
        "with another one every e-mail, telephone and name gets another hash, and people of earlier extracts would no "
        f"longer be found. Restore the key; or, if it is lost for good, delete {remembered}: then all extracts that "
        f"are there are read again under the new key, and {settings.warehouse_path.name} keeps old hashes of the rest"
    )


def _read(path: Path) -> str:
    try:
        if path.exists() and not path.is_file():  # a named pipe would be waited for without an end
            raise OSError(errno.EINVAL, "it is no regular file")
        return path.read_bytes().decode("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = "is no text" if isinstance(error, UnicodeDecodeError) else f"can't be read ({error.strerror})"
        raise SettingsError(
            f"{path}: {reason}; expected the key of people that funnelmart has made there. Restore it from a backup"
        ) from error


def write_for_owner(path: Path, text: str) -> None:
    """Write a file whole or not at all, for the owner alone: a crash in between must not leave an empty key."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    aside = path.with_name(f"{path.name}.{os.getpid()}")
    with open(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    os.replace(aside, path)
