"""A mistake in the settings of a workspace, found after they were read."""

from orchestration.errors import SettingsError
from orchestration.settings.place import SETTINGS_FILE, line_and_column
from orchestration.settings.workspace import Settings


def mistake(settings: Settings, key: str, problem: str) -> SettingsError:
    """The error for a key of the settings: `…/funnelmart.yml:12:5: sources.sheets[0].entity: problem`."""
    path = settings.workspace / SETTINGS_FILE
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):  # gone since it was read: the key alone has to do
        text = ""
    return SettingsError(f"{path}{line_and_column(text, key)}: {key}: {problem}")
