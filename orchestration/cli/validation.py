"""Everything about a workspace that can be found wrong before anything is written."""

from data_checks.run import check_settings as check_check_settings
from orchestration.dbt import dbt_vars
from orchestration.extracts.validate import check_settings as check_source_settings
from orchestration.settings import Settings


def check_workspace(settings: Settings) -> None:
    """Check sources, fields, files and their headers, and the names and limits of checks; writes nothing.

    Raises:
        SettingsError: something of it is wrong.
    """
    dbt_vars(settings)
    check_source_settings(settings)
    check_check_settings(settings)
