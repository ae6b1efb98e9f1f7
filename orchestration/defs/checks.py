"""The gates between the steps: suites of data checks as blocking asset checks."""

import json
import re
from collections.abc import Collection, Iterator, Sequence

import dagster as dg

from data_checks.checks import Check, with_settings
from data_checks.history import remember
from data_checks.refused import first_reasons, tells_of_refusals
from data_checks.results import CheckResult, blocking, stopped
from data_checks.run import run_suites
from data_checks.suites import ALL
from orchestration.defs.workspace import WorkspaceRun
from orchestration.errors import ChecksFailedError
from orchestration.progress import say
from orchestration.runs.history import together
from orchestration.runs.runs import accepted_checks
from orchestration.settings import Settings
from orchestration.transform.build_record import add_checks
from orchestration.transform.spark.asked import lake_of

ENTITY_SUITES = ("leads", "spend", "deals", "results")
KPI_SUITES = ("kpis",)
_TABLE = re.compile(r"\bintermediate\.int_\w+")


def entity_tables() -> list[str]:
    """Tables (`schema.table`) that must be built before the entities can be checked: those that the checks name."""
    checks = [check for suite in ENTITY_SUITES for check in ALL[suite]]
    named = {table for check in checks for table in _TABLE.findall(f"{check.rows} {check.measure}")}
    return sorted({check.table for check in checks} | named)


def check_step(
    name: str, suites: Sequence[str], settings: Settings, known: Collection[dg.AssetKey], fallback: dg.AssetKey
) -> dg.AssetChecksDefinition:
    """One step that runs `suites`; a check of a table outside `known` is shown on the asset `fallback`.

    Dagster knows passed and failed alone: a check that had nothing to check is not evaluated, and shown as skipped.
    """
    declared = {
        (suite, check.name): _spec(suite, check, known, fallback)
        for suite in suites
        for check in with_settings(ALL[suite], settings)
    }

    @dg.multi_asset_check(name=name, specs=list(declared.values()), can_subset=True)
    def step(context: dg.AssetCheckExecutionContext, run: WorkspaceRun) -> Iterator[dg.AssetCheckResult]:
        say(f"checks: {', '.join(suites)}")
        asked = {spec.name for spec in declared.values() if spec.key in context.selected_asset_check_keys}
        accepted = accepted_checks(context.run.tags)
        is_whole = len(asked) == len(declared)
        only = None if is_whole else asked
        with lake_of(run.settings) as lake:
            results = run_suites(suites, run.settings, now=run.started_at, only=only, accepted=accepted, lake=lake)
        if is_whole:  # what was asked of single assets proves nothing of the whole, which alone is published
            add_checks(run.settings, suites, results)
            remember(run.settings, context.run.run_id, run.started_at, results)
        with together(context.instance):
            for result in results:
                if result.verdict == "nothing_to_check":
                    context.log.info(f"{result.check}: {result.message}")
                else:
                    yield _verdict(declared[result.suite, result.check], result)
        error = stopped(results)
        if isinstance(error, ChecksFailedError) and tells_of_refusals([found.check for found in blocking(results)]):
            error = ChecksFailedError("\n  ".join([str(error), *first_reasons(run.settings)]))
        if error:
            raise error

    return step


def _spec(suite: str, check: Check, known: Collection[dg.AssetKey], fallback: dg.AssetKey) -> dg.AssetCheckSpec:
    key = dg.AssetKey(check.table.split("."))
    return dg.AssetCheckSpec(
        check.name,
        asset=key if key in known else fallback,
        blocking=check.severity == "critical",
        description=f"{check.expects}. {check.why}.",
        additional_deps=[] if key == fallback or key not in known else [fallback],
        metadata={"suite": suite, "severity": check.severity, "table": check.table},
    )


def _verdict(spec: dg.AssetCheckSpec, result: CheckResult) -> dg.AssetCheckResult:
    return dg.AssetCheckResult(
        check_name=spec.name,
        asset_key=spec.asset_key,
        passed=result.success,
        # Dagster stops the run at a blocking check with this severity: not at one that somebody has accepted.
        severity=dg.AssetCheckSeverity.ERROR
        if result.severity == "critical" and not result.accepted_because
        else dg.AssetCheckSeverity.WARN,
        description=result.message
        + (f" Accepted for this run: {result.accepted_because}" if result.accepted_because else ""),
        metadata={
            "observed": str(result.observed),
            "unexpected_count": result.unexpected_count,
            "threshold": str(result.threshold),
            "samples": dg.MetadataValue.json(json.loads(json.dumps(result.samples, default=str))),
        },
    )
