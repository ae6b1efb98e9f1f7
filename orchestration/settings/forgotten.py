"""The people who asked to be forgotten, as keyed hashes: whoever holds the list without the key can't say who they are.

Later extracts may name them still; landing compares each e-mail and telephone with the list and blanks what belongs to
them. A hash stays what it was when the key of people is changed, so the key that it was made with is kept beside it.
"""

import json
from dataclasses import dataclass, field
from pathlib import Path

from orchestration.errors import SettingsError, UnusableFileError
from orchestration.settings.person_key import key_fingerprint, write_for_owner
from orchestration.settings.workspace import Settings


@dataclass
class Forgotten:
    """Fingerprint of a key -> kind (email, phone, id) -> hashes; and the keys of before, as far as they are needed.

    `said_in` is the file that says so.
    """

    hashes: dict[str, dict[str, set[str]]] = field(default_factory=dict)
    former_keys: dict[str, str] = field(default_factory=dict)
    said_in: str = "forgotten.json"

    def __bool__(self) -> bool:
        """Whether anybody is on the list."""
        return bool(self.hashes)

    def keys(self, current: bytes) -> list[tuple[bytes, dict[str, set[str]]]]:
        """Return each key that hashes of the list were made with, and those hashes by kind.

        Raises:
            SettingsError: one of them is lost, so that nobody could be told by its hashes.
        """
        here = key_fingerprint(current)
        if lost := sorted(self.hashes.keys() - self.former_keys.keys() - {here}):
            raise SettingsError(
                f"{self.said_in}: who was forgotten can't be told any more without the key of people of fingerprint "
                f"{lost[0]}. {_RESTORE.format(what='that key')}"
            )
        return [
            (current if print_ == here else self.former_keys[print_].encode(), kinds)
            for print_, kinds in self.hashes.items()
        ]

    def all_hashes(self) -> set[str]:
        """Return the hashes of e-mails and telephones, whatever key they were made with."""
        return {one for kinds in self.hashes.values() for kind, many in kinds.items() if kind != "id" for one in many}

    def add(self, key: bytes, kind: str, hashes: set[str]) -> None:
        """Put hashes that were made with `key` on the list."""
        if hashes:
            self.hashes.setdefault(key_fingerprint(key), {}).setdefault(kind, set()).update(hashes)


_RESTORE = (
    "Restore {what} from a backup; or delete this file: then they come back with the next extract that names them, "
    "unless they are forgotten again"
)


def forgotten_path(settings: Settings) -> Path:
    """Return the file of the list."""
    return settings.state_path / "forgotten.json"


def read_forgotten(settings: Settings) -> Forgotten:
    """Return the list; empty where nobody was forgotten.

    Raises:
        SettingsError: the file is damaged; without it people would come back.
        UnusableFileError: the system refuses it.
    """
    path = forgotten_path(settings)
    try:
        if path.exists() and not path.is_file():  # a named pipe would be waited for without an end
            raise ValueError("it is no regular file")
        said = json.loads(path.read_text(encoding="utf-8"))
        hashes = {print_: {kind: set(many) for kind, many in kinds.items()} for print_, kinds in said["hashes"].items()}
        return Forgotten(hashes, dict(said["former_keys"]), str(path))
    except FileNotFoundError:
        return Forgotten(said_in=str(path))
    except OSError as error:  # nothing is known to be wrong with it, so nobody is told to delete it
        raise UnusableFileError(
            f"{path}: the list of people who were forgotten can't be read: {error.strerror}. Nothing was started"
        ) from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise SettingsError(
            f"{path}: the list of people who were forgotten is damaged ({error}). {_RESTORE.format(what='it')}"
        ) from error


def write_forgotten(settings: Settings, forgotten: Forgotten) -> None:
    """Write the list, whole or not at all, for the owner alone."""
    hashes = {p: {kind: sorted(many) for kind, many in kinds.items()} for p, kinds in forgotten.hashes.items()}
    said = {"hashes": hashes, "former_keys": forgotten.former_keys}
    write_for_owner(forgotten_path(settings), json.dumps(said, indent=1))
