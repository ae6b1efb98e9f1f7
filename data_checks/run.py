"""Run the suites of checks over the working database: the only entry that other steps use."""

import dataclasses
import datetime as dt
import importlib
import io
import threading
from collections.abc import Collection, Mapping, Sequence
from contextlib import redirect_stdout

from data_checks.checks import with_settings
from data_checks.delivered import delivered_sql
from data_checks.docs import write_docs
from data_checks.lake import Lake
from data_checks.on_demand import absent, on_demand
from data_checks.published_text import people_sql
from data_checks.results import CheckResult
from data_checks.suites import ALL
from data_checks.validate import validate
from data_checks.warehouse import data_source
from orchestration.for_good import for_good
from orchestration.settings import Settings, mistake, near

SUITES = tuple(ALL)


def run_suites(
    names: Sequence[str],
    settings: Settings,
    *,
    now: dt.datetime | None = None,
    only: Collection[str] | None = None,
    accepted: Mapping[str, str] | None = None,
    lake: Lake | None = None,
) -> list[CheckResult]:
    """Run suites together, on one data source opened read-only and let go of before this returns.

    Data Docs are written to `<workspace>/reports/data_docs/index.html` for whole suites.

    Args:
        names: some of `SUITES`; running several at once is cheaper than one after the other.
        settings: the workspace; `settings.checks` overrides thresholds and severities.
        now: when the checks ran (aware), for the Data Docs; ages are counted to the run's own day in
            `settings.workspace` of the warehouse.
        only: names of the checks to run; None runs all of the suites.
        accepted: reasons by the name of a critical check: where it fails, it does not stop the publication this once.
        lake: where tables lie that are not in the warehouse; None where all are, or are read from there.

    Returns:
        One result for each check that ran, failed ones included; `results.blocking` gives those that stop the
        publication.

    Raises:
        SettingsError: `settings.checks` names a check that does not exist, or a limit that it does not have.
        FunnelmartError: there is no warehouse.
    """
    check_settings(settings)
    suites = {name: [c for c in with_settings(ALL[name], settings) if only is None or c.name in only] for name in names}
    delivered = delivered_sql(settings)
    if any("{people_in_text}" in check.rows for checks in suites.values() for check in checks):
        delivered |= people_sql(settings)
    found: list[CheckResult] = []
    # Great Expectations prints advice for each query; the command line's own output must stay clean.
    with redirect_stdout(io.StringIO()), data_source(settings) as (context, source):
        for name, checks in suites.items():
            results, validations = validate(name, checks, context, source, delivered, lake)
            results = [_accepted(result, accepted or {}) for result in results]
            if only is None:
                write_docs(settings, name, results, validations, now or dt.datetime.now(dt.UTC))
            found += results
    return found


def _accepted(result: CheckResult, accepted: Mapping[str, str]) -> CheckResult:
    if not result.blocks or result.hindered_by or result.check not in accepted:
        return result
    return dataclasses.replace(result, accepted_because=accepted[result.check])


def known_checks() -> list[str]:
    """Return the names that `checks` in funnelmart.yml may have, sorted."""
    return sorted(check.name for checks in ALL.values() for check in checks)


def check_settings(settings: Settings) -> None:
    """Raise a SettingsError if `checks` in funnelmart.yml names an unknown check, or a limit that one doesn't have."""
    known = known_checks()
    for name in settings.checks:
        if name not in known:
            problem = f"unknown check; expected one of {', '.join(known)}{near(name, known)}"
            raise mistake(settings, f"checks.{name}", problem)
    for checks in ALL.values():
        with_settings(checks, settings)


def warm_up() -> threading.Thread:
    """Import Great Expectations (5 to 10 s) in the background, while dbt runs; returns the started thread.

    SQLAlchemy's orm first, in the caller's thread: once a part of it is there, every statement of Dagster's history
    asks it about its values, and one that another thread had imported by half failed the run.
    """
    importlib.import_module("sqlalchemy.orm")
    thread = threading.Thread(target=_import_great_expectations, name="import great_expectations", daemon=True)
    thread.start()
    return thread


def _import_great_expectations() -> None:
    on_demand("scipy.stats")  # a second to import, for tests of distributions that no check here makes
    on_demand("altair")  # for their pictures
    # Of whoever has them for extracts that lie elsewhere; for data sources that no check here has.
    with for_good(), absent("boto3", "google.api_core", "google.auth", "google.cloud", "google.oauth2"):
        for module in ("great_expectations", "great_expectations.expectations", "great_expectations.render.renderer"):
            importlib.import_module(module)
