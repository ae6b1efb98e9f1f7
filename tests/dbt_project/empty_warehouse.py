"""A workspace whose raw and settings tables exist but are empty: what models and unit tests need to be built on."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import yaml

from orchestration.extracts.sources import DBT_PROJECT, load_sources
from orchestration.settings import Settings, load_settings

STAGING = DBT_PROJECT / "models" / "staging"
REGISTRY = load_sources()


def connectors() -> list[str]:
    """Every source with a folder of its own, but `sheets`, which each workspace has."""
    return sorted(path.name for path in STAGING.iterdir() if path.is_dir() and path.name != "sheets")


def create(workspace: Path) -> Settings:
    """Write settings that name every connector and a warehouse with all tables that dbt reads, empty."""
    workspace.mkdir(parents=True, exist_ok=True)
    sources = {name: {"path": "extracts"} for name in connectors()}
    (workspace / "funnelmart.yml").write_text(yaml.safe_dump({"company": "Test", "sources": sources}))
    settings = load_settings(workspace)
    with duckdb.connect(str(settings.warehouse_path)) as connection:
        for statement in statements():
            connection.execute(statement)
    return settings


def statements() -> Iterator[str]:
    """DDL of the settings tables and of every raw table, from the source files of the dbt project."""
    for path in sorted(STAGING.rglob("*__sources.yml")):
        for source in yaml.safe_load(path.read_text())["sources"]:
            yield f"create schema if not exists {source['schema']}"
            for table in source["tables"]:
                columns = _typed_columns(table)
                if source["name"] not in ("settings", "landing"):
                    raw = REGISTRY[source["name"]].tables[table["name"]].raw_columns
                    columns = ", ".join(f'"{name}" {kind}' for name, kind in raw.items())
                yield f'create table {source["schema"]}."{table["name"]}" ({columns})'


def _typed_columns(table: dict[str, Any]) -> str:
    return ", ".join(f'"{column["name"]}" {column["data_type"]}' for column in table["columns"])
