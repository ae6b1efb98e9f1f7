"""What Dagster does not show: tables that models read though the workspace has nothing for them."""

from collections.abc import Mapping, Set
from typing import Any

from orchestration.extracts.sources import SHEETS, load_sources
from orchestration.settings import Settings


def unmapped(settings: Settings) -> set[str]:
    """Return the entities of `sheets` that no sheet of the workspace holds: their tables are there, but empty."""
    return set(load_sources()[SHEETS].tables) - {sheet.entity for sheet in settings.sheets}


def shown(manifest: Mapping[str, Any], hidden: Set[str]) -> dict[str, Any]:
    """Return the manifest as Dagster shows it: without tables and staging of the `hidden` entities of sheets."""
    gone = {
        name
        for name, node in {**manifest["sources"], **manifest["nodes"]}.items()
        if (node["resource_type"] == "source" and node["source_name"] == SHEETS and node["name"] in hidden)
        or (node["resource_type"] == "model" and node["name"] in {f"stg_{SHEETS}__{entity}" for entity in hidden})
    }
    gone |= {name for name, node in manifest["nodes"].items() if node.get("attached_node") in gone}

    def kept(node: dict[str, Any]) -> dict[str, Any]:
        if gone.isdisjoint(node.get("depends_on", {}).get("nodes", [])):
            return node
        left = [name for name in node["depends_on"]["nodes"] if name not in gone]
        return {**node, "depends_on": {**node["depends_on"], "nodes": left}}

    return {
        **manifest,
        "nodes": {name: kept(node) for name, node in manifest["nodes"].items() if name not in gone},
        "sources": {name: node for name, node in manifest["sources"].items() if name not in gone},
        **{
            way: {
                name: [other for other in others if other not in gone]
                for name, others in manifest[way].items()
                if name not in gone
            }
            for way in ("parent_map", "child_map")
        },
    }
