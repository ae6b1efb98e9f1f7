"""What a run does to the working database, without Dagster, checks and publication: files land, dbt builds."""

import datetime as dt
import json
from typing import Any

import duckdb

from orchestration.extracts.land.known_people import hide_known_people
from orchestration.extracts.land.land import land_source_table
from orchestration.extracts.land.land_settings import land_settings
from orchestration.extracts.land.layout import bring_up_to_date
from orchestration.extracts.sources import SHEETS, load_sources
from orchestration.publish.content import content, content_columns
from orchestration.settings import Settings
from orchestration.transform.blank.plan import begin, finish
from orchestration.transform.command import dbt_target_path
from orchestration.transform.dbt import WITHOUT_UNIT_TESTS, run_dbt
from orchestration.transform.manifest import prepare_manifest
from orchestration.transform.serving import dbt_serving
from orchestration.warehouse import open_warehouse, written_tables


def build(settings: Settings, now: dt.datetime, full: bool = False) -> list[dict[str, Any]]:
    """Land what is new of every source of the workspace and build every model and test; returns dbt's results.

    Within `dbt_serving(settings)` several builds share one dbt process.
    """
    sources = load_sources()
    with dbt_serving(settings):
        manifest = json.loads(prepare_manifest(settings).read_bytes())
        with open_warehouse(settings.warehouse_path) as warehouse:
            bring_up_to_date(warehouse)
            land_settings(warehouse, settings, now)
            for source in [sources[SHEETS], *(sources[name] for name in sorted(settings.sources) if name in sources)]:
                for table in source.tables.values():
                    land_source_table(warehouse, settings, source, table)
            hide_known_people(warehouse, settings)
            plan = begin(warehouse, manifest, settings, full)
        built = {node for node, said in manifest["nodes"].items() if said["resource_type"] in ("model", "seed", "test")}
        two = ["--threads", "2"]  # as models of middling data are built
        args = ["build", *WITHOUT_UNIT_TESTS, *two, *(["--full-refresh"] if full else [])]
        run_dbt(settings, args, nodes=built - plan.left_out, by=plan.by)
        path = dbt_target_path(settings) / "run_results.json"
        results: list[dict[str, Any]] = json.loads(path.read_bytes())["results"]
        plan.compiled.update({one["unique_id"]: one["compiled_code"] for one in results if one["compiled_code"]})
        with open_warehouse(settings.warehouse_path) as warehouse:
            finish(warehouse, manifest, settings, plan)
    return results


def contents(settings: Settings) -> dict[str, tuple[int, str]]:
    """Rows and content hash of every table that dbt has built or that publication writes."""
    with duckdb.connect(str(settings.warehouse_path), read_only=True) as warehouse:
        database = settings.warehouse_path.stem
        tables = [one for one in written_tables(warehouse) if one[0] in ("intermediate", "mart", "_meta")]
        return {
            f"{schema}.{table}": content(
                warehouse, f'{schema}."{table}"', content_columns(warehouse, database, schema)[table]
            )
            for schema, table in tables
        }
