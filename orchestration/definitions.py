"""What Dagster loads: the pipeline of one workspace (FUNNELMART_WORKSPACE, else the folder it is started in)."""

import dagster as dg

from orchestration.defs.automation import daily_schedule, extracts_sensor, pipeline, reload_spend_job, republish_job
from orchestration.defs.checks import ENTITY_SUITES, KPI_SUITES, check_step, entity_tables
from orchestration.defs.dbt_specs import models_in, models_of, with_ancestors
from orchestration.defs.extract import extract_assets, landing_specs
from orchestration.defs.hidden import shown, unmapped
from orchestration.defs.links import with_links
from orchestration.defs.publish import publish_asset
from orchestration.defs.pull import pull_jobs, pull_schedules
from orchestration.defs.report import dbt_docs, kpi_report
from orchestration.defs.transform import dbt_step, load_manifest
from orchestration.defs.workspace import WorkspaceRun
from orchestration.publish.records import PUBLISHED_SCHEMAS
from orchestration.settings import Settings, load_settings, workspace_path


def definitions_for(settings: Settings) -> dg.Definitions:
    """Return the whole pipeline of a workspace, wired by names: source table, schema and table, published mart."""
    whole = load_manifest(settings)
    manifest = shown(whole, unmapped(settings))
    # Staging is views: all of it costs next to nothing, and the checks compare the entities with it.
    checked = with_ancestors(whole, models_in(whole, "staging") | models_of(whole, entity_tables()))
    others = with_ancestors(whole, models_in(whole, "intermediate", "marts")) - checked
    entities = dbt_step("entities", whole, manifest, checked, starts_build=True)
    marts = dbt_step("marts", whole, manifest, others)
    entity_checks = check_step(
        "check_entities", ENTITY_SUITES, settings, set(entities.keys), dg.AssetKey(["intermediate", "int_leads"])
    )
    kpi_checks = check_step("check_kpis", KPI_SUITES, settings, set(marts.keys), dg.AssetKey(["mart", "kpi_total"]))
    published = [key for key in (*entities.keys, *marts.keys) if key.path[0] in PUBLISHED_SCHEMAS]
    pulls = pull_jobs(settings)
    return dg.Definitions(
        assets=with_links(
            [
                *extract_assets(settings, manifest),
                *landing_specs(manifest),
                entities,
                marts,
                publish_asset(sorted(published)),
                kpi_report,
                dbt_docs,
            ],
            settings,
            manifest,
        ),
        asset_checks=[entity_checks, kpi_checks],
        jobs=[pipeline, republish_job([entity_checks, kpi_checks]), reload_spend_job(settings), *pulls],
        schedules=[daily_schedule(settings), *pull_schedules(settings, pulls)],
        sensors=[extracts_sensor(settings)],
        resources={"run": WorkspaceRun(path=str(settings.workspace))},
        executor=dg.in_process_executor,
    )


@dg.definitions
def defs() -> dg.Definitions:
    """Return the definitions of the workspace that the environment names."""
    return definitions_for(load_settings(workspace_path()))
