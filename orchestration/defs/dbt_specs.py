"""dbt's models as Dagster's assets and its tests as their checks, from the manifest alone.

dagster-dbt gives the same, but imports dbt to select nodes: two seconds of every start, where dbt is never run.
"""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

import dagster as dg

UNIQUE_ID = "dbt/unique_id"
_BUILT = ("model", "seed")
_MEASURES = {"bridge", "budget", "cohorts", "comparison", "forecast", "kpi", "pipeline", "response"}
_INSIGHTS = {"alignment", "goals"}

Manifest = Mapping[str, Any]


def models_in(manifest: Manifest, *steps: str) -> set[str]:
    """Models of folders of `dbt_project/models`, by dbt's ids."""
    return {name for name, node in manifest["nodes"].items() if _is_model(node) and node["fqn"][1] in steps}


def models_of(manifest: Manifest, tables: Collection[str]) -> set[str]:
    """Models whose tables (`schema.table`) are among `tables`, by dbt's ids."""
    nodes = manifest["nodes"].items()
    return {name for name, node in nodes if _is_model(node) and f"{node['schema']}.{node['alias']}" in tables}


def with_ancestors(manifest: Manifest, nodes: Iterable[str]) -> set[str]:
    """The nodes and all models and seeds that feed them."""
    found: set[str] = set()
    pending = list(nodes)
    while pending:
        node = pending.pop()
        if node not in found and manifest["nodes"].get(node, {}).get("resource_type") in _BUILT:
            found.add(node)
            pending += manifest["nodes"][node]["depends_on"].get("nodes", ())
    return found


def seeds_of(manifest: Manifest, nodes: Iterable[str]) -> set[dg.AssetKey]:
    """Keys of the seeds among `nodes`."""
    found = (manifest["nodes"][name] for name in nodes)
    return {key_of(node) for node in found if node["resource_type"] == "seed"}


def tests_of(manifest: Manifest, nodes: Collection[str]) -> dict[str, frozenset[str]]:
    """The tests that look at one of `nodes`, each with all models and seeds that it looks at."""
    found = {
        name: frozenset(parent for parent in node["depends_on"]["nodes"] if not parent.startswith("source."))
        for name, node in manifest["nodes"].items()
        if node["resource_type"] == "test"
    }
    return {name: models for name, models in found.items() if not models.isdisjoint(nodes)}


def asset_specs(manifest: Manifest, nodes: Iterable[str]) -> list[dg.AssetSpec]:
    """An asset for each model and seed: key = schema and table, group = step, owner from dbt's meta."""
    return [_asset(manifest, name) for name in sorted(nodes)]


def check_specs(manifest: Manifest, nodes: Collection[str]) -> Iterator[dg.AssetCheckSpec]:
    """A check for each test that belongs to one of `nodes`: a generic one to its model, another to the only one that it
    looks at."""
    for name, models in sorted(tests_of(manifest, nodes).items()):
        test = manifest["nodes"][name]
        subject: str | None = test.get("attached_node") or (next(iter(models)) if len(models) == 1 else None)
        if subject is not None and subject in nodes:
            yield dg.AssetCheckSpec(
                test["name"],
                asset=key_of(manifest["nodes"][subject]),
                description=test["meta"].get("description"),
                additional_deps=[key_of(manifest["nodes"][other]) for other in sorted(models - {subject})],
                metadata={UNIQUE_ID: name},
                blocking=test["config"]["severity"].lower() == "error",
            )


def key_of(node: Mapping[str, Any]) -> dg.AssetKey:
    """The name is the wiring: the same words as in the warehouse; of a source its name and the table."""
    if node["resource_type"] == "source":
        return dg.AssetKey([node["source_name"], node["name"]])
    return dg.AssetKey([node["schema"], node["alias"]])


def _asset(manifest: Manifest, name: str) -> dg.AssetSpec:
    node = manifest["nodes"][name]
    parents = [manifest["nodes"].get(parent) or manifest["sources"][parent] for parent in _parents(node)]
    code = node.get("raw_code") or node["checksum"]["checksum"]
    return dg.AssetSpec(
        key_of(node),
        deps=[key_of(parent) for parent in parents],
        description=node["description"],
        metadata={
            UNIQUE_ID: name,
            "dbt/materialized": node["config"]["materialized"],
            # Spark has no databases above its schemas
            "dagster/table_name": ".".join(filter(None, (node["database"], node["schema"], node["alias"]))),
            **({"dagster/column_schema": _columns(node)} if node["columns"] else {}),
        },
        skippable=True,
        group_name=_group(node),
        code_version=hashlib.sha1(code.encode(), usedforsecurity=False).hexdigest(),
        owners=[f"team:{node['config'].get('meta', {}).get('owner', 'shared')}"],
        kinds={"dbt", str(manifest["metadata"]["adapter_type"])},
    )


def _columns(node: Mapping[str, Any]) -> dg.TableSchema:
    columns = node["columns"].items()
    return dg.TableSchema(
        [dg.TableColumn(name, said.get("data_type") or "?", said.get("description")) for name, said in columns]
    )


def _parents(node: Mapping[str, Any]) -> list[str]:
    """What it reads; an incremental model that reads itself, too, descends from others."""
    return sorted({parent for parent in node["depends_on"].get("nodes", ()) if parent != node["unique_id"]})


def _group(node: Mapping[str, Any]) -> str:
    """The step, so that the graph of groups goes one way: staging, intermediate, measures, marts, insights.

    Measures are what KPI tables are made from, insights what is made from KPI tables.
    """
    if not _is_model(node):
        return "intermediate"
    step, subject, *_ = node["fqn"][1:]
    reads_records = node["name"].endswith(("__rows", "__refused"))
    if subject in _INSIGHTS and not reads_records:
        return "insights"
    return "measures" if step == "intermediate" and subject in _MEASURES else str(step)


def _is_model(node: Mapping[str, Any]) -> bool:
    return bool(node["resource_type"] == "model")
