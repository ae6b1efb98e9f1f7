"""Everything about a workspace that can be found wrong before anything is written."""

from data_checks.run import check_settings as check_check_settings
from orchestration.extracts.validate import check_settings as check_source_settings
from orchestration.settings import Settings, mistake, near
from orchestration.transform.command import dbt_vars
from orchestration.transform.named import finding_rules, published_facts


def check_workspace(settings: Settings, look_at_remote: bool = True) -> None:
    """Check sources, fields, files and their headers, and the names and limits of checks; writes nothing.

    Raises:
        SettingsError: something of it is wrong.
        RemoteError: a remote place can't be listed.
    """
    check_source_settings(settings, look_at_remote=look_at_remote)
    dbt_vars(settings)
    check_check_settings(settings)
    check_finding_settings(settings)
    check_lake_settings(settings)


def check_finding_settings(settings: Settings) -> None:
    """Check that `findings` names rules that exist, and thresholds that they can have.

    Raises:
        SettingsError: a rule is unknown (the message lists those that exist), or its threshold isn't above 0.
    """
    known = finding_rules()
    for rule, changed in settings.findings.items():
        if rule not in known:
            problem = f"unknown rule; expected one of {', '.join(known)}{near(rule, known)}"
            raise mistake(settings, f"findings.{rule}", problem)
        if changed.threshold is not None and changed.threshold <= 0:
            problem = f"{changed.threshold}; expected a number above 0"
            raise mistake(settings, f"findings.{rule}.threshold", problem)


def check_lake_settings(settings: Settings) -> None:
    """Check that `publish.lake` names facts that are published.

    Raises:
        SettingsError: there is no such fact (the message lists those that exist).
    """
    known = published_facts()
    for number, table in enumerate(settings.publish.lake):
        if table not in known:
            problem = f"{table}: unknown fact; expected some of {', '.join(known)}{near(table, known)}"
            raise mistake(settings, f"publish.lake[{number}]", problem)
