"""Suggestions written into funnelmart.yml: as text, proved to be settings, in one step or not at all."""

from collections.abc import Sequence

from orchestration.add_source.add import Addition, write
from orchestration.add_source.insert import with_entries, with_item
from orchestration.extracts.validate import check_settings
from orchestration.settings import SETTINGS_FILE, Settings, parse_settings
from orchestration.views.suggestions.suggestion import Change


def with_changes(settings: Settings, changes: Sequence[Change]) -> str:
    """The text of funnelmart.yml with all of them.

    Raises:
        SettingsError: the settings would be wrong, or can't be added to; the message holds what to paste.
    """
    text = (settings.workspace / SETTINGS_FILE).read_text(encoding="utf-8")
    for change in changes:
        if change.item is not None:
            text = with_item(text, str(change.path[0]), change.item)
        else:
            text = with_entries(text, change.path, change.entries or {})
    check_settings(parse_settings(text, settings.workspace))
    return text


def write_changes(settings: Settings, changes: Sequence[Change]) -> None:
    """Replace funnelmart.yml at once.

    Raises:
        SettingsError: as above; nothing was written.
    """
    write(settings, Addition(with_changes(settings, changes)))
