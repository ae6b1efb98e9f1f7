"""Suggestions written into funnelmart.yml: as text, proved to be settings, in one step or not at all."""

from collections.abc import Sequence

from orchestration.add_source.add import Addition, begun, write
from orchestration.add_source.insert import with_entries, with_item
from orchestration.extracts.validate import check_settings
from orchestration.settings import Settings, parse_settings
from orchestration.views.suggestions.suggestion import Change


def with_changes(settings: Settings, changes: Sequence[Change]) -> Addition:
    """The settings with all of them.

    Raises:
        SettingsError: the settings would be wrong, or can't be added to; the message holds what to paste.
    """
    addition = begun(settings)
    for change in changes:
        if change.item is not None:
            addition.text = with_item(addition.text, str(change.path[0]), change.item)
        else:
            addition.text = with_entries(addition.text, change.path, change.entries or {})
    check_settings(parse_settings(addition.text, settings.workspace))
    return addition


def write_changes(settings: Settings, changes: Sequence[Change]) -> None:
    """Replace funnelmart.yml at once.

    Raises:
        SettingsError: as above; nothing was written.
    """
    write(settings, with_changes(settings, changes))
