"""dbt's run results as Dagster events, and as the project's own errors."""

import graphlib
from collections.abc import Collection, Generator, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

import dagster as dg

from orchestration.defs.dbt_specs import UNIQUE_ID
from orchestration.defs.profile import metadata
from orchestration.errors import ChecksFailedError, TransformError
from orchestration.runs.history import together
from orchestration.transform.dbt import NodeEnd
from orchestration.transform.within_dbt.profile import Profile
from orchestration.written import WRITTEN_VIEWS

Result = TypeVar("Result")
Event = dg.MaterializeResult | dg.AssetCheckResult

KEPT = "KEPT"
"""What dbt says of a table that would have come out as it is (dbt_project/macros/engine/kept.sql)."""


class Events:
    """The events of one build, each as early as Dagster takes it: after those of what an asset is made from.

    One materialization for each model built, one check result for each test run, as far as they were asked for. A model
    that was left out or kept by dbt is as it would have been built, and says so; else Dagster would leave out what
    comes after it, too. A test that was left out had nothing to look at, and is shown as skipped.
    """

    def __init__(self, context: dg.AssetExecutionContext, left_out: Collection[str] = ()) -> None:
        """`left_out`: what is not built, by dbt's id."""
        self._context = context
        self._specs = {str(spec.metadata[UNIQUE_ID]): spec for spec in context.assets_def.specs}
        self._checks = {
            str(spec.metadata[UNIQUE_ID]): spec
            for spec in context.assets_def.check_specs
            if spec.key in context.selected_asset_check_keys
        }
        own = {spec.key for spec in self._specs.values()}
        self._order = graphlib.TopologicalSorter(
            {spec.key: {dep.asset_key for dep in spec.deps} & own - {spec.key} for spec in self._specs.values()}
        )
        self._order.prepare()
        self._open: set[dg.AssetKey] = set()  # all that they are made from is told
        self._told: set[dg.AssetKey] = set()
        self._ends: dict[dg.AssetKey, NodeEnd] = {}
        self._verdicts: dict[dg.AssetKey, list[dg.AssetCheckResult]] = {}
        self._profiles: dict[dg.AssetKey, Profile] = {}
        self._left_out = {self._specs[name].key for name in left_out if name in self._specs}
        kinds = {spec.key: spec.metadata["dbt/materialized"] for spec in self._specs.values()}
        # what these show is built meanwhile, and counted after it
        self._shows_others = {key for key, kind in kinds.items() if kind == "view" and key.path[0] in WRITTEN_VIEWS}
        for key in self._left_out:
            if kinds[key] not in ("seed", "view"):  # it is left out because it is empty
                self._profiles[key] = {"rows": 0, "sample": None}
        self._is_over = False
        self._heard: set[str] = set()

    def know(self, profiles: Mapping[dg.AssetKey, Profile]) -> None:
        """Take profiles of tables that have been looked at."""
        self._profiles |= profiles

    def unknown(self, results: Iterable[NodeEnd]) -> set[dg.AssetKey]:
        """Keys of what is to be looked at after the build, of which `results` are dbt's."""
        ended = {one["unique_id"] for one in results if one["status"] == "success"}
        built = {spec.key for name, spec in self._specs.items() if name in ended}
        return (built | self._left_out) - self._told - self._profiles.keys()

    def of(self, ends: Generator[NodeEnd, None, Result]) -> Generator[Event, None, Result]:
        """Events of nodes as they end, and what the build returns."""
        while True:
            try:
                end = next(ends)
            except StopIteration as last:
                result: Result = last.value
                return result
            # The rest is told after the build: what failed may be built once more, some tables are yet to be looked at.
            if end["status"] in ("pass", "warn") or (end["status"] == "success" and "profile" in end):
                with together(self._context.instance):
                    yield from self._hear(end)

    def rest(self, results: Sequence[NodeEnd]) -> Iterator[Event]:
        """Events of all that has not been told, after the build; what failed has none, and holds up none."""
        self._is_over = True
        for end in results:
            yield from self._hear(end)
        yield from self._next()
        while self._open:
            self._order.done(*self._open)
            self._open.clear()
            yield from self._next()
        for verdicts in self._verdicts.values():
            yield from verdicts
        self._verdicts.clear()

    def _hear(self, end: NodeEnd) -> Iterator[Event]:
        name = end["unique_id"]
        if name in self._heard:
            return
        if name in self._specs and end["status"] == "success":
            self._heard.add(name)
            key = self._specs[name].key
            self._ends[key] = end
            if end.get("profile") is not None:
                self._profiles[key] = end["profile"]
            yield from self._next()
        elif name in self._checks and end["status"] != "skipped":
            self._heard.add(name)
            verdict = _verdict(self._checks[name], end)
            if self._checks[name].asset_key in self._told:
                yield verdict
            else:
                self._verdicts.setdefault(self._checks[name].asset_key, []).append(verdict)

    def _next(self) -> Iterator[Event]:
        """Tell what can be told now, and what that lets be told."""
        self._open.update(self._order.get_ready())
        while ready := [key for key in self._open if self._is_known(key)]:
            for key in ready:
                yield from self._tell(key)
            self._open.difference_update(ready)
            self._order.done(*ready)
            self._open.update(self._order.get_ready())

    def _is_known(self, key: dg.AssetKey) -> bool:
        return key in self._ends or (key in self._left_out and (self._is_over or key not in self._shows_others))

    def _tell(self, key: dg.AssetKey) -> Iterator[Event]:
        self._told.add(key)
        end, shown = self._ends.get(key), metadata(self._profiles.get(key))
        if end is None or end.get("message") == KEPT:
            yield dg.MaterializeResult(asset_key=key, metadata={**shown, "kept": True})
        elif key in self._context.selected_asset_keys:
            seconds = round(end["execution_time"], 3)
            yield dg.MaterializeResult(asset_key=key, metadata={**shown, "dbt_seconds": seconds})
        yield from self._verdicts.pop(key, ())


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
