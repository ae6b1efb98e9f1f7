"""dbt as two steps of assets: what the data checks look at, and everything that is built on it."""

import importlib
import json
import threading
from collections.abc import Iterator, Mapping
from typing import Any

import dagster as dg
from dagster_dbt import DagsterDbtTranslator, dbt_assets

from data_checks.run import SUITES, warm_up
from orchestration.defs.dbt_results import UNIQUE_ID, events, refuse_failures
from orchestration.defs.profile import profile_tables
from orchestration.defs.workspace import WorkspaceRun
from orchestration.extracts.land.known_people import hide_known_people
from orchestration.progress import say
from orchestration.runs.runs import FULL
from orchestration.settings import Settings
from orchestration.transform import build_record
from orchestration.transform.build_record import BuildRecord
from orchestration.transform.dbt import WITHOUT_UNIT_TESTS, dbt_target_path, prepare_manifest, run_dbt
from orchestration.warehouse import engine_config, open_warehouse

_MEASURES = {"bridge", "budget", "cohorts", "comparison", "forecast", "kpi", "pipeline", "response"}
_INSIGHTS = {"alignment", "goals"}
EVERYTHING = "+fqn:funnelmart.intermediate +fqn:funnelmart.marts"


class Translator(DagsterDbtTranslator):
    """Asset key = schema and table, for sources source and table; group = step; owner from dbt's meta."""

    def get_asset_key(self, dbt_resource_props: Mapping[str, Any]) -> dg.AssetKey:
        """The name is the wiring: the same words as in the warehouse."""
        if dbt_resource_props["resource_type"] == "source":
            return dg.AssetKey([dbt_resource_props["source_name"], dbt_resource_props["name"]])
        return dg.AssetKey([dbt_resource_props["schema"], dbt_resource_props["alias"]])

    def get_group_name(self, dbt_resource_props: Mapping[str, Any]) -> str | None:
        """Return the step, so that the graph of groups goes one way: staging, intermediate, measures, marts, insights.

        Measures are what KPI tables are made from, insights what is made from KPI tables.
        """
        if dbt_resource_props["resource_type"] != "model":
            return "intermediate"
        step, subject, *_ = dbt_resource_props["fqn"][1:]
        reads_records = dbt_resource_props["name"].endswith(("__rows", "__refused"))
        if subject in _INSIGHTS and not reads_records:
            return "insights"
        return "measures" if step == "intermediate" and subject in _MEASURES else step

    def get_owners(self, dbt_resource_props: Mapping[str, Any]) -> list[str]:
        """Return the team in the model's meta, shared where there is none."""
        meta = dbt_resource_props.get("config", {}).get("meta") or dbt_resource_props.get("meta") or {}
        return [f"team:{meta.get('owner', 'shared')}"]

    def get_description(self, dbt_resource_props: Mapping[str, Any]) -> str:
        """Return the description alone: the SQL is in the dbt docs."""
        return dbt_resource_props.get("description", "")


def load_manifest(settings: Settings) -> dict[str, Any]:
    """Return dbt's manifest of the workspace; one that is damaged is made again."""
    manifest: dict[str, Any] = json.loads(prepare_manifest(settings).read_bytes())
    return manifest


def ancestors_of(tables: list[str], manifest: Mapping[str, Any]) -> str:
    """Return the dbt selection of `tables` (`schema.table`) and all that feeds them."""
    names = [
        node["name"]
        for node in manifest["nodes"].values()
        if node["resource_type"] == "model" and f"{node['schema']}.{node['alias']}" in tables
    ]
    return " ".join(f"+{name}" for name in sorted(names))


def dbt_step(
    name: str, manifest: Mapping[str, Any], select: str, exclude: str = "", starts_build: bool = False
) -> dg.AssetsDefinition:
    """One dbt invocation over a part of the project, tests included; the first one starts the build record."""

    @dbt_assets(manifest=manifest, select=select, exclude=exclude, name=name, dagster_dbt_translator=Translator())
    def step(
        context: dg.AssetExecutionContext, run: WorkspaceRun
    ) -> Iterator[dg.MaterializeResult | dg.AssetCheckResult]:
        settings = run.settings
        if starts_build:
            warm_up()
            with open_warehouse(settings.warehouse_path, config=engine_config(settings, "landing")) as warehouse:
                hide_known_people(warehouse, settings)
            rows = sum(result.rows_landed for result in run.landed)
            today = settings.today(run.started_at)
            build_record.save(settings, BuildRecord(context.run_id, run.started_at, today, rows))
        else:
            # The report's libraries take a second to import, and this process only waits for dbt now.
            threading.Thread(target=importlib.import_module, args=("kpi_report",), daemon=True).start()
            build_record.reopen(settings, SUITES[-1:])
        results_path = dbt_target_path(settings) / "run_results.json"
        results_path.unlink(missing_ok=True)
        # `buildable`: a test over both parts belongs to the later one, where all its tables are new.
        args = ["build", *WITHOUT_UNIT_TESTS, "--indirect-selection", "buildable"]
        args += _selection(context, select, exclude)
        args += ["--full-refresh"] if context.run.tags.get(FULL) == "true" else []
        output = run_dbt(settings, args, on_line=say, accept=(0, 1)).output
        results = json.loads(results_path.read_bytes())["results"] if results_path.exists() else []
        built = [spec.key for spec in context.assets_def.specs]
        yield from events(context, results, profile_tables(settings, built))
        refuse_failures(results, output)
        if not starts_build:
            build_record.complete(settings)

    return step


def _selection(context: dg.AssetExecutionContext, select: str, exclude: str) -> list[str]:
    """The whole part, or in a run of single assets from the UI just those."""
    if not context.is_subset:
        return ["--select", *select.split(), *(["--exclude", *exclude.split()] if exclude else [])]
    chosen = context.selected_asset_keys
    specs = [spec for spec in context.assets_def.specs if spec.key in chosen]
    return ["--select", *(str(spec.metadata[UNIQUE_ID]).split(".")[-1] for spec in specs)]
