"""dbt's run results as Dagster events, and as the project's own errors."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import dagster as dg

from orchestration.errors import ChecksFailedError, TransformError

UNIQUE_ID = "dagster_dbt/unique_id"


def events(
    context: dg.AssetExecutionContext, results: Sequence[Mapping[str, Any]], profiles: Mapping[dg.AssetKey, dict]
) -> Iterator[dg.MaterializeResult | dg.AssetCheckResult]:
    """One materialization for each model built, one check result for each test run, as far as they were asked for."""
    assets = {str(spec.metadata[UNIQUE_ID]): spec.key for spec in context.assets_def.specs}
    checks = {
        str(spec.metadata[UNIQUE_ID]): spec
        for spec in context.assets_def.check_specs
        if spec.key in context.selected_asset_check_keys
    }
    for result in results:
        name, status = result["unique_id"], result["status"]
        if name in assets and assets[name] in context.selected_asset_keys and status == "success":
            metadata = {**profiles.get(assets[name], {}), "dbt_seconds": round(result["execution_time"], 3)}
            yield dg.MaterializeResult(asset_key=assets[name], metadata=metadata)
        elif name in checks and status != "skipped":
            yield _verdict(checks[name], result)


def _verdict(spec: dg.AssetCheckSpec, result: Mapping[str, Any]) -> dg.AssetCheckResult:
    return dg.AssetCheckResult(
        asset_key=spec.asset_key,
        check_name=spec.name,
        passed=result["status"] == "pass",
        severity=dg.AssetCheckSeverity.WARN if result["status"] == "warn" else dg.AssetCheckSeverity.ERROR,
        description=result["message"] or "",
        metadata={"failures": result["failures"] or 0},
    )


def refuse_failures(results: Sequence[Mapping[str, Any]], output: str) -> None:
    """Raise what went wrong: a model or test that could not run is an error of ours, a failed test one of the data.

    Raises:
        TransformError: dbt left no results, or a node ended in an error.
        ChecksFailedError: a test failed.
    """
    if not results:
        raise TransformError(f"dbt built nothing:\n{output[-2000:]}")
    broken = [result for result in results if result["status"] in ("error", "runtime error")]
    if broken:
        raise TransformError("dbt: " + "; ".join(f"{_name(r)}: {r['message']}" for r in broken))
    failed = [result for result in results if result["status"] == "fail"]
    if failed:
        raise ChecksFailedError("dbt tests failed: " + "; ".join(f"{_name(r)}: {r['message']}" for r in failed))


def _name(result: Mapping[str, Any]) -> str:
    return str(result["unique_id"]).split(".")[2]
