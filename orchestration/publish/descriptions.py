"""What tables and columns mean, read from dbt's manifest, for the comments of the published mart."""

import json
from pathlib import Path

from orchestration.publish.aside import PUBLISHED_SCHEMAS
from orchestration.publish.records import TableDescription


def read_descriptions(manifest_path: Path) -> dict[str, TableDescription]:
    """Return the descriptions of all models of the published schemas by `schema.table`."""
    manifest = json.loads(manifest_path.read_text(encoding="utf-8"))
    return {
        f"{node['schema']}.{node['alias']}": TableDescription(
            _one_line(node["description"]),
            {name: _one_line(column["description"]) for name, column in node["columns"].items()},
        )
        for node in manifest["nodes"].values()
        if node["resource_type"] == "model" and node["schema"] in PUBLISHED_SCHEMAS
    }


def _one_line(text: str) -> str:
    return " ".join(text.split())
