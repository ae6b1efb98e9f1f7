"""Run the suites of checks over the working database: the only entry that other steps use."""

import datetime as dt
import threading
from collections.abc import Sequence

from data_checks.results import CheckResult
from orchestration.settings import Settings

SUITES = ("leads", "spend", "deals", "kpis")


def run_suite(name: str, settings: Settings, *, now: dt.datetime | None = None) -> list[CheckResult]:
    """Run one suite; see `run_suites`."""
    return run_suites([name], settings, now=now)


def run_suites(names: Sequence[str], settings: Settings, *, now: dt.datetime | None = None) -> list[CheckResult]:
    """Run suites together, on one connection opened read-only and closed before this returns.

    Data Docs are written to `<workspace>/reports/data_docs/index.html`.

    Args:
        names: some of `SUITES`; running several at once is cheaper than one after the other.
        settings: the workspace; `settings.checks` overrides thresholds and severities.
        now: start of the run (aware); by default the current time.

    Returns:
        One result for each check, failed ones included; `results.blocking` gives those that stop the publication.

    Raises:
        SettingsError: `settings.checks` names a check that does not exist.
    """
    raise NotImplementedError("suites land within the hour")


def known_checks() -> list[str]:
    """Return the names that `checks` in funnelmart.yml may have, sorted."""
    return []


def warm_up() -> threading.Thread:
    """Import Great Expectations (5 to 10 s) in the background, while dbt runs; returns the started thread."""
    thread = threading.Thread(target=_import_great_expectations, name="import great_expectations", daemon=True)
    thread.start()
    return thread


def _import_great_expectations() -> None:
    import great_expectations  # noqa: F401
