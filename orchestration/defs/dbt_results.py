"""dbt's run results as Dagster events, and as the project's own errors."""

import graphlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

import dagster as dg

from orchestration.defs.dbt_specs import UNIQUE_ID
from orchestration.errors import ChecksFailedError, TransformError

KEPT = "KEPT"
"""What dbt says of a table that would have come out as it is (dbt_project/macros/engine/kept.sql)."""


def events(
    context: dg.AssetExecutionContext,
    results: Sequence[Mapping[str, Any]],
    profiles: Mapping[dg.AssetKey, dict],
    left_out: Collection[str] = (),
) -> Iterator[dg.MaterializeResult | dg.AssetCheckResult]:
    """One materialization for each model built, one check result for each test run, as far as they were asked for.

    A model that was left out (by dbt's id) or kept by dbt is as it would have been built, and says so; else Dagster
    would leave out what comes after it, too. A test that was left out had nothing to look at, and is shown as skipped.
    """
    checks = {
        str(spec.metadata[UNIQUE_ID]): spec
        for spec in context.assets_def.check_specs
        if spec.key in context.selected_asset_check_keys
    }
    by_node = {result["unique_id"]: result for result in results}
    for spec in _parents_first(context.assets_def.specs):
        name, metadata = str(spec.metadata[UNIQUE_ID]), profiles.get(spec.key, {})
        result = by_node.get(name, {})
        if name in left_out or result.get("message") == KEPT:
            yield dg.MaterializeResult(asset_key=spec.key, metadata={**metadata, "kept": True})
        elif spec.key in context.selected_asset_keys and result.get("status") == "success":
            seconds = round(result["execution_time"], 3)
            yield dg.MaterializeResult(asset_key=spec.key, metadata={**metadata, "dbt_seconds": seconds})
    for result in results:
        if result["unique_id"] in checks and result["status"] != "skipped":
            yield _verdict(checks[result["unique_id"]], result)


def _parents_first(specs: Iterable[dg.AssetSpec]) -> Iterator[dg.AssetSpec]:
    """In the order in which Dagster wants to hear of them."""
    by_key = {spec.key: spec for spec in specs}
    parents = {spec.key: [dep.asset_key for dep in spec.deps] for spec in by_key.values()}
    for key in graphlib.TopologicalSorter(parents).static_order():
        if key in by_key:
            yield by_key[key]


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
