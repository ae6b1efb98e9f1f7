"""dbt as two steps of assets: what the data checks look at, and everything that is built on it."""

import json
from collections.abc import Collection, Generator, Iterator, Mapping, Sequence
from contextlib import ExitStack
from typing import Any

import dagster as dg

from data_checks.run import SUITES, warm_up
from orchestration.defs.dbt_results import Event, Events, refuse_failures
from orchestration.defs.dbt_specs import UNIQUE_ID, asset_specs, check_specs, seeds_of, tests_of
from orchestration.defs.profile import profiles
from orchestration.defs.report import are_docs_made
from orchestration.defs.workspace import WorkspaceRun
from orchestration.extracts.land.known_people import hide_known_people
from orchestration.progress import say
from orchestration.runs.history import together
from orchestration.runs.runs import FULL
from orchestration.settings import Settings
from orchestration.transform import build_record
from orchestration.transform.blank.made import forget_made
from orchestration.transform.blank.plan import begin, begin_part, finish
from orchestration.transform.build_record import BuildRecord
from orchestration.transform.command import dbt_target_path
from orchestration.transform.concurrency import models_at_a_time
from orchestration.transform.dbt import WITHOUT_UNIT_TESTS, running
from orchestration.transform.manifest import prepare_manifest
from orchestration.transform.memory import give_all, lacked, note_size
from orchestration.transform.serving import end_serving
from orchestration.warehouse import engine_config, open_warehouse


def load_manifest(settings: Settings) -> dict[str, Any]:
    """Return dbt's manifest of the workspace; one that is damaged is made again."""
    manifest: dict[str, Any] = json.loads(prepare_manifest(settings).read_bytes())
    return manifest


def dbt_step(
    name: str, manifest: Mapping[str, Any], shown: Mapping[str, Any], nodes: set[str], starts_build: bool = False
) -> dg.AssetsDefinition:
    """One dbt invocation over a part of the project, tests included; the first one starts the build record.

    Args:
        name: of the step.
        manifest: dbt's.
        shown: what Dagster shows of it.
        nodes: models and seeds by dbt's ids. A test over both parts belongs to the later one, where all its tables are
            new.
        starts_build: whether it is the first part.
    """
    tests = {test for test, models in tests_of(manifest, nodes).items() if models <= nodes or not starts_build}

    @dg.multi_asset(
        name=name,
        specs=asset_specs(shown, nodes & shown["nodes"].keys()),
        check_specs=list(check_specs(shown, nodes & shown["nodes"].keys())),
        can_subset=True,
    )
    def step(
        context: dg.AssetExecutionContext, run: WorkspaceRun
    ) -> Iterator[dg.MaterializeResult | dg.AssetCheckResult]:
        settings = run.settings
        is_full = context.run.tags.get(FULL) == "true"
        if starts_build:
            warm_up()
            with open_warehouse(settings.warehouse_path, config=engine_config(settings, "landing")) as warehouse:
                hide_known_people(warehouse, settings)
                note_size(warehouse, settings)
                if settings.engine.target != "duckdb":  # elsewhere nothing lies ready
                    forget_made(warehouse)
                elif not context.is_subset:
                    begun = begin(warehouse, manifest, settings, is_full)
                    run.build_by(begun, profiles(warehouse, seeds_of(manifest, begun.left_out)))
            rows = sum(result.rows_landed for result in run.landed)
            today = settings.today(run.started_at)
            build_record.save(settings, BuildRecord(context.run_id, run.started_at, today, rows))
        else:
            build_record.reopen(settings, SUITES[-1:])
        if context.is_subset and settings.engine.target == "duckdb":
            with open_warehouse(settings.warehouse_path, config=engine_config(settings, "landing")) as warehouse:
                begin_part(warehouse, manifest, settings)
        plan = None if context.is_subset else run.plan
        left_out: frozenset[str] = plan.left_out if plan else frozenset()
        args = ["build", *WITHOUT_UNIT_TESTS, *(["--full-refresh"] if is_full else [])]
        events = Events(context, left_out)
        events.know(run.seeds)
        if context.is_subset:
            results, output = yield from _build(settings, events, [*args, *_chosen(context)])
        else:
            by = plan.by if plan else None
            results, output = yield from _build(settings, events, args, (nodes | tests) - left_out, by)
        with ExitStack() as stack:
            unknown, is_last = events.unknown(results), plan is not None and not starts_build
            if unknown or is_last:  # to open it takes as long as to build two models
                warehouse = stack.enter_context(
                    open_warehouse(settings.warehouse_path, config=engine_config(settings, "landing"))
                )
                events.know(profiles(warehouse, unknown))
            with together(context.instance):
                yield from events.rest(results)
            refuse_failures(results, output)
            if plan:
                compiled = {one["unique_id"]: one["compiled_code"] for one in results if one["compiled_code"]}
                plan.compiled.update(compiled)
            if not starts_build:
                build_record.complete(settings)
                if settings.engine.target == "duckdb" and are_docs_made(settings):
                    end_serving(settings)  # nothing asks dbt any more, and checks and publication need its memory
                if plan:
                    finish(warehouse, manifest, settings, plan)

    return step


def _build(
    settings: Settings,
    events: Events,
    args: Sequence[str],
    nodes: Collection[str] | None = None,
    by: str | None = None,
    at_a_time: int | None = None,
) -> Generator[Event, None, tuple[list[dict[str, Any]], str]]:
    """Dbt's results and what it printed; what lacked memory once more one model at a time, then with all memory.

    Gives the events of nodes while others are still being built.
    """
    path = dbt_target_path(settings) / "run_results.json"
    path.unlink(missing_ok=True)
    models = at_a_time or models_at_a_time(settings)
    threads = ["--threads", str(models)]
    building = running(settings, [*args, *threads], on_line=say, accept=(0, 1), nodes=nodes, by=by)
    output = (yield from events.of(building)).output
    results: list[dict[str, Any]] = json.loads(path.read_bytes())["results"] if path.exists() else []
    if not lacked(results):
        return results, output
    if models > 1:  # two that ask for much at the same moment, which the next run may well be spared
        say("dbt: two models at a time lacked memory; once more, one at a time")
    elif give_all(settings):
        say(f"dbt: needs more memory than such companies do; once more with {settings.engine.memory_limit}")
    else:
        return results, output
    ended = [result for result in results if result["status"] not in ("error", "skipped")]
    left = None if nodes is None else set(nodes) - {result["unique_id"] for result in ended}
    again, output = yield from _build(settings, events, args, left, by, at_a_time=1)
    return [*(ended if left is not None else []), *again], output


def _chosen(context: dg.AssetExecutionContext) -> list[str]:
    """What dbt is to select in a run of single assets from the UI: those, with their own tests."""
    specs = [spec for spec in context.assets_def.specs if spec.key in context.selected_asset_keys]
    names = (str(spec.metadata[UNIQUE_ID]).split(".")[-1] for spec in specs)
    return ["--indirect-selection", "buildable", "--select", *names]
