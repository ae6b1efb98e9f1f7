"""What tables and columns mean, read from dbt's manifest, for the comments of the published mart."""

import json
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from orchestration.publish.records import PUBLISHED_SCHEMAS, Reference, TableDescription


def read_descriptions(manifest_path: Path) -> dict[str, TableDescription]:
    """Return the descriptions of all models of the published schemas by `schema.table`."""
    manifest = json.loads(manifest_path.read_text(encoding="utf-8"))
    nodes = manifest["nodes"]
    references = _references(nodes)
    return {
        _table(node): TableDescription(
            _one_line(node["description"]),
            {name: _one_line(column["description"]) for name, column in node["columns"].items()},
            tuple(references[node["unique_id"]]),
        )
        for node in nodes.values()
        if node["resource_type"] == "model" and node["schema"] in PUBLISHED_SCHEMAS
    }


def _references(nodes: Mapping[str, Any]) -> Mapping[str, list[Reference]]:
    """What the tests called `relationships` prove, by the model whose column holds the keys."""
    found: dict[str, list[Reference]] = defaultdict(list)
    for test in nodes.values():
        if (test.get("test_metadata") or {}).get("name") != "relationships":
            continue
        model = test["attached_node"]
        (to,) = [node for node in test["depends_on"]["nodes"] if node != model]
        if nodes[to]["schema"] in PUBLISHED_SCHEMAS:
            field = test["test_metadata"]["kwargs"]["field"]
            found[model].append(Reference(test["column_name"], _table(nodes[to]), field))
    return found


def _table(node: Mapping[str, Any]) -> str:
    return f"{node['schema']}.{node['alias']}"


def _one_line(text: str) -> str:
    return " ".join(text.split())
