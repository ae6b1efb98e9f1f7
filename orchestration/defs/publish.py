"""The published mart as an asset: the end of the lineage, and what BI reads."""

import importlib.metadata

import dagster as dg

from orchestration.defs.workspace import WorkspaceRun
from orchestration.extracts.find.state import record_landed
from orchestration.publish import RunInfo, publish
from orchestration.publish.descriptions import read_descriptions
from orchestration.publish.publication import moved
from orchestration.transform.build_record import publishable
from orchestration.transform.command import dbt_target_path

PUBLISHED = dg.AssetKey(["published", "mart"])


def publish_asset(marts: list[dg.AssetKey]) -> dg.AssetsDefinition:
    """The asset that swaps the marts `marts` in, once the checks of this very build have passed."""

    @dg.asset(
        key=PUBLISHED,
        deps=marts,
        group_name="publish",
        kinds={"duckdb"},
        owners=["team:shared"],
        description="published/funnelmart.duckdb: what BI reads. Replaced atomically, only after every critical check.",
    )
    def publish_step(context: dg.AssetExecutionContext, run: WorkspaceRun) -> dg.MaterializeResult:
        record = publishable(run.settings)
        info = RunInfo(context.run_id, record.started_at, record.today, version(), record.rows_loaded)
        manifest = dbt_target_path(run.settings) / "manifest.json"
        mart = publish(run.settings, info, record.checks, read_descriptions(manifest))
        warnings = [*mart.warnings, *_note_landed(run)]
        for warning in warnings:
            context.log.warning(warning)
        run.has_published()
        return dg.MaterializeResult(
            metadata={
                "dagster/row_count": sum(mart.rows.values()),
                "tables": dg.MetadataValue.json(mart.rows),
                "size_bytes": mart.size_bytes,
                "path": dg.MetadataValue.path(mart.path),
                "replaced": str(mart.previous or "nothing"),
                **({"moved": moved(mart.moved_from, mart.path)} if mart.moved_from else {}),
                "failed_warnings": sum(not check.success for check in record.checks),
                "today": record.today.isoformat(),
                **({"warnings": dg.MetadataValue.json(warnings)} if warnings else {}),
            }
        )

    return publish_step


def _note_landed(run: WorkspaceRun) -> list[str]:
    """Tell the sensor what is published; where that fails, it starts a run too many, and the mart is published."""
    try:
        if run.landed and run.extracts_state is not None:
            record_landed(run.settings, run.extracts_state)
    except OSError as error:
        return [f"the state of the extracts was not noted, so the sensor will start another run: {error}"]
    return []


def version() -> str:
    """Version of the installed funnelmart; `source` where it runs from a checkout that was not installed."""
    try:
        return importlib.metadata.version("funnelmart")
    except importlib.metadata.PackageNotFoundError:
        return "source"
