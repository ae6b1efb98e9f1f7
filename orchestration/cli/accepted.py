"""`funnelmart run --accept CHECK --reason "…"`: what a person decides about one run."""

from orchestration.errors import UsageError


def accepted_tags(check: str | None, reason: str | None) -> dict[str, str]:
    """The tags of a run that may publish in spite of one failed critical check; none where nothing is accepted.

    Raises:
        SettingsError: one of the two is missing, or there is no such check.
    """
    if check is None and reason is None:
        return {}
    if not check or not (reason or "").strip():
        raise UsageError("--accept CHECK and --reason '…' belong together: who reads the mart must learn why")
    from orchestration.runs.runs import ACCEPTED, ACCEPTED_BECAUSE
    from orchestration.views.explained import known

    known(check)
    return {ACCEPTED: check, ACCEPTED_BECAUSE: str(reason).strip()}
