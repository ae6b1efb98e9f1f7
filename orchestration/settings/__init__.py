"""funnelmart.yml as typed settings: the only reader of settings files and of the environment.

Every mistake ends in one `SettingsError` that names the file, the key and what was expected.
"""

from orchestration.settings.engine import Engine
from orchestration.settings.environment import (
    demo_path,
    notify_addresses,
    pull_cron,
    reports_url,
    schedule_cron,
    workspace_path,
)
from orchestration.settings.formats import Formats
from orchestration.settings.limits import Limits
from orchestration.settings.mistake import mistake
from orchestration.settings.origins import CampaignRule, ChannelRule
from orchestration.settings.person_key import key_fingerprint, person_key
from orchestration.settings.place import SETTINGS_FILE, cut, near
from orchestration.settings.read import check_place, load_settings, parse_settings, read_as_written
from orchestration.settings.sources import Pull, Sheet, Source, Unfold
from orchestration.settings.workspace import Check, CustomerIds, Publish, Reporting, Settings, Severity

__all__ = [
    "SETTINGS_FILE",
    "CampaignRule",
    "ChannelRule",
    "Check",
    "CustomerIds",
    "Engine",
    "Formats",
    "Limits",
    "Publish",
    "Pull",
    "Reporting",
    "Settings",
    "Severity",
    "Sheet",
    "Source",
    "Unfold",
    "check_place",
    "cut",
    "demo_path",
    "key_fingerprint",
    "load_settings",
    "mistake",
    "near",
    "notify_addresses",
    "parse_settings",
    "person_key",
    "pull_cron",
    "read_as_written",
    "reports_url",
    "schedule_cron",
    "workspace_path",
]
