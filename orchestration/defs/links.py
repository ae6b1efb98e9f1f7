"""What every asset shows beside its own: where its documents are, and until when it counts as fresh."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import dagster as dg

from orchestration.settings import Settings, reports_url

_FRESH = dg.FreshnessPolicy.time_window(
    warn_window=dt.timedelta(hours=26), fail_window=dt.timedelta(hours=50)
)  # a day and the length of a run; two days
_WATCHED = {"extract", "publish"}
DOCUMENTS = {"kpi_report": "kpi_report.html", "data_docs": "data_docs/index.html", "dbt_docs": "dbt_docs.html"}


def with_links(
    assets: list[dg.AssetsDefinition | dg.AssetSpec], settings: Settings, manifest: Mapping[str, Any]
) -> list[Any]:
    """Return `assets` with links to report, Data Docs and their own page of the dbt docs, and freshness policies."""
    pages = {(node["source_name"], node["name"]): f"#!/source/{name}" for name, node in manifest["sources"].items()} | {
        (node["schema"], node["alias"]): f"#!/model/{name}"
        for name, node in manifest["nodes"].items()
        if node["resource_type"] == "model"
    }

    def linked(spec: dg.AssetSpec) -> dg.AssetSpec:
        page = pages.get((spec.key.path[0], spec.key.path[-1]), "")
        spec = spec.merge_attributes(metadata=links(settings, page))
        return spec.replace_attributes(freshness_policy=_FRESH) if spec.group_name in _WATCHED else spec

    return list(dg.map_asset_specs(linked, assets))


def links(settings: Settings, page: str = "") -> dict[str, dg.MetadataValue]:
    """Links that the browser follows where `funnelmart ui` serves the documents, else paths to copy."""
    base = reports_url()
    if base is None:
        return {name: dg.MetadataValue.path(settings.reports_path / file) for name, file in DOCUMENTS.items()}
    return {
        name: dg.MetadataValue.url(f"{base}/{file}{page if name == 'dbt_docs' else ''}")
        for name, file in DOCUMENTS.items()
    }
