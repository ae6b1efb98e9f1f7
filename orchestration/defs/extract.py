"""Raw data: the settings tables, and one asset for each source table, made from the sources' own yml files."""

from collections.abc import Iterator, Mapping, Set
from typing import Any

import dagster as dg

from orchestration.defs.hidden import unmapped
from orchestration.defs.reload import RELOAD_CONFIG, reload_rule
from orchestration.defs.workspace import WorkspaceRun
from orchestration.errors import RemoteError
from orchestration.extracts.find.archive import prune
from orchestration.extracts.land.ahead import reading_ahead
from orchestration.extracts.land.archive_index import named_copies
from orchestration.extracts.land.land import land_source_table
from orchestration.extracts.land.land_settings import land_settings
from orchestration.extracts.land.landing_memory import landing_config
from orchestration.extracts.land.landing_result import LandingResult
from orchestration.extracts.land.layout import bring_up_to_date
from orchestration.extracts.source_specs import SourceSpec, TableSpec
from orchestration.extracts.sources import SHEETS, load_sources
from orchestration.extracts.type.in_text import masked
from orchestration.progress import FileProgress
from orchestration.settings import Settings
from orchestration.transform.build_record import invalidate
from orchestration.warehouse import open_warehouse

_REMOTE_RETRIES = 3


def extract_assets(settings: Settings, manifest: Mapping[str, Any]) -> list[dg.AssetsDefinition]:
    """Assets of all sources that the workspace names, and of the entities that its sheets hold."""
    sources = load_sources()
    hidden = unmapped(settings)
    enabled = [sources[name] for name in sorted(settings.sources) if name in sources]
    sheets = [] if hidden >= set(sources[SHEETS].tables) else [_source_assets(sources[SHEETS], hidden)]
    return [_settings_assets(manifest, sources[SHEETS], hidden), *map(_source_assets, enabled), *sheets]


def landing_specs(manifest: Mapping[str, Any]) -> list[dg.AssetSpec]:
    """Describe the manifest of landed files, which every extract step writes to and the meta models read."""
    return [
        dg.AssetSpec(
            ["landing", node["name"]],
            group_name="extract",
            kinds={"duckdb"},
            owners=["team:shared"],
            description=node["description"],
        )
        for node in manifest["sources"].values()
        if node["source_name"] == "landing"
    ]


def _settings_assets(manifest: Mapping[str, Any], sheets: SourceSpec, hidden: Set[str]) -> dg.AssetsDefinition:
    tables = [node for node in manifest["sources"].values() if node["source_name"] == "settings"]
    specs = [
        dg.AssetSpec(
            ["settings", node["name"]],
            group_name="settings",
            kinds={"yaml", "duckdb"},
            owners=["team:shared"],
            description=node["description"],
        )
        for node in tables
    ]

    @dg.multi_asset(name="settings", specs=specs, can_subset=True)
    def settings_step(context: dg.AssetExecutionContext, run: WorkspaceRun) -> Iterator[dg.MaterializeResult]:
        """Write funnelmart.yml into small tables that models join: all of them, whichever was asked for.

        The tables of entities that no sheet holds are there, too, empty, since models read them.
        """
        invalidate(run.settings)
        with open_warehouse(run.settings.warehouse_path, config=landing_config(run.settings)) as warehouse:
            bring_up_to_date(warehouse)
            named = named_copies(warehouse)
            for path in prune(run.settings, named) if named else []:
                context.log.info(f"{path} left the archive: nothing names it any more, or it is older than wanted")
            land_settings(warehouse, run.settings, run.started_at)
            for entity in sorted(hidden):
                run.landed.append(land_source_table(warehouse, run.settings, sheets, sheets.tables[entity]))
            for spec in (spec for spec in specs if spec.key in context.selected_asset_keys):
                table = ".".join(f'"{part}"' for part in spec.key.path)
                row = warehouse.execute(f"select count(*) from {table}").fetchone()
                yield dg.MaterializeResult(asset_key=spec.key, metadata={"dagster/row_count": row[0] if row else 0})

    return settings_step


def _source_assets(source: SourceSpec, hidden: Set[str] = frozenset()) -> dg.AssetsDefinition:
    specs = [_spec(source, table) for table in source.tables.values() if table.name not in hidden]

    @dg.multi_asset(
        name=f"extract_{source.name}", specs=specs, can_subset=True, config_schema=RELOAD_CONFIG,
        description=f"Land new and changed files of {source.name}. {source.description}",
    )  # fmt: skip
    def extract_step(context: dg.AssetExecutionContext, run: WorkspaceRun) -> Iterator[dg.MaterializeResult]:
        rule = reload_rule(context.op_execution_context.op_config.get("reload"))
        progress = FileProgress()
        invalidate(run.settings)
        wanted = [spec for spec in specs if spec.key in context.selected_asset_keys]
        tables = [source.tables[spec.key.path[-1]] for spec in wanted]
        with (
            open_warehouse(run.settings.warehouse_path, config=landing_config(run.settings)) as warehouse,
            reading_ahead(warehouse, run.settings, source, tables, rule) as ahead,
        ):
            for spec, table in zip(wanted, tables, strict=True):
                try:
                    result = land_source_table(warehouse, run.settings, source, table, progress, rule, ahead)
                except RemoteError as error:
                    if not error.may_pass:
                        raise
                    raise dg.RetryRequested(_REMOTE_RETRIES, seconds_to_wait=2**context.retry_number) from error
                run.landed.append(result)
                for file, reason in result.refused.items():
                    context.log.warning(f"{source.name}.{table.name}: {masked(f'{file} refused: {reason}')}")
                newest = warehouse.execute(f"select max(_loaded_at) from {table.relation}").fetchone()
                yield dg.MaterializeResult(
                    asset_key=spec.key, metadata=_metadata(result, newest[0] if newest else None)
                )

    return extract_step


def _spec(source: SourceSpec, table: TableSpec) -> dg.AssetSpec:
    return dg.AssetSpec(
        [source.name, table.name],
        group_name="extract",
        kinds={"duckdb", "file"},
        owners=[f"team:{source.owner or 'shared'}"],
        description=table.description,
        metadata={
            "files": list(table.files) or "named in funnelmart.yml",
            "key": list(table.key),
            "replace_by": table.replace_by if isinstance(table.replace_by, str) else list(table.replace_by),
            "dagster/table_name": f"{table.schema}.{table.name}",
        },
    )


def _metadata(result: LandingResult, newest: object) -> dict[str, Any]:
    metadata: dict[str, Any] = {
        "dagster/row_count": result.table_rows,
        "files_loaded": len(result.loaded),
        "files_unchanged": len(result.unchanged),
        "files_refused": len(result.refused),
        "rows_landed": result.rows_landed,
        "rows_refused": result.rows_refused,
        "rows_unreadable": result.rows_unreadable,
        "rows_empty": result.rows_empty,
        "rows_filtered": result.rows_filtered,
        "rows_totals": result.rows_totals,
    }
    for name in ("loaded", "refused", "new_columns", "notes"):
        if getattr(result, name):
            metadata[name] = dg.MetadataValue.json(_masked(getattr(result, name)))
    if newest is not None:
        metadata["newest_extract_at"] = str(newest)
    return metadata


def _masked(said: Any) -> Any:
    """What Dagster keeps of a landing: reasons and notes may name a value."""
    if isinstance(said, dict):
        return {masked(str(name)): _masked(value) for name, value in said.items()}
    return [_masked(one) for one in said] if isinstance(said, list) else masked(str(said))
