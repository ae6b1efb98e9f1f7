"""What was told before: the same condition is told once, until it changes or has been well in between."""

import json
from collections.abc import Iterable
from pathlib import Path

from orchestration.notify.conditions import Condition
from orchestration.settings import Settings
from orchestration.settings.noted import note, noted_json


class Told:
    """The states told of, by the key of their condition; `save` keeps them in the workspace."""

    def __init__(self, settings: Settings) -> None:
        """Read what was told; a damaged file counts as nothing: it is told again rather than not at all."""
        self._path = notify_path(settings) / "told.json"
        found = noted_json(self._path)
        self._states: dict[str, str] = {str(k): str(v) for k, v in found.items()} if isinstance(found, dict) else {}

    def news(self, conditions: Iterable[Condition]) -> list[Condition]:
        """Return those that are new or have changed, and note them as told."""
        new = []
        for condition in conditions:
            if self._states.get(condition.key) != condition.state:
                self._states[condition.key] = condition.state
                new.append(condition)
        return new

    def well_again(self, prefix: str, still: Iterable[Condition] = ()) -> list[str]:
        """What begins with `prefix` and is not among `still` is well: told anew if it comes again; returns the keys."""
        kept = {condition.key for condition in still}
        gone = [key for key in self._states if key.startswith(prefix) and key not in kept]
        for key in gone:
            del self._states[key]
        return gone

    def digest(self) -> str | None:
        """Day of the last digest, in ISO; None where there was none."""
        return self._states.get("digest")

    def note_digest(self, day: str) -> None:
        """The digest of this day is on its way."""
        self._states["digest"] = day

    def save(self) -> None:
        """Write the states, whole or not at all."""
        note(self._path, json.dumps(self._states, indent=1, ensure_ascii=False))


def notify_path(settings: Settings) -> Path:
    """Return the folder of what was told and what is still to be sent."""
    return settings.state_path / "notify"
