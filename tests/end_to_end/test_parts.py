"""On the demo: the parts of each table that is built in parts are, built by themselves, what they are in the whole."""

import json
from pathlib import Path
from typing import Any

import duckdb
import pytest
from jinja2 import Environment, FileSystemLoader

from orchestration.extracts.sources import DBT_PROJECT
from orchestration.settings import load_settings
from orchestration.transform.command import dbt_target_path

MACROS = Environment(loader=FileSystemLoader(DBT_PROJECT / "macros" / "engine"), extensions=["jinja2.ext.do"])
part_key = MACROS.get_template("in_parts.sql").module.part_key  # type: ignore[attr-defined]


@pytest.fixture(scope="module")
def manifest(published_demo: Path) -> dict[str, Any]:
    target = dbt_target_path(load_settings(published_demo))
    found: dict[str, Any] = json.loads((target / "manifest.json").read_bytes())
    return found


def test_every_part_by_itself_is_what_it_is_in_the_whole(published_demo: Path, manifest: dict[str, Any]) -> None:
    """Half of the parts, with the rows of that half alone in each input that is read in parts."""
    settings = load_settings(published_demo)
    built = [node for node in manifest["nodes"].values() if node["config"].get("meta", {}).get("parts")]
    differing = {}
    with duckdb.connect(str(settings.warehouse_path), read_only=True) as warehouse:
        for node in built:
            parts, table = node["config"]["meta"]["parts"], node["relation_name"]
            path = dbt_target_path(settings) / "compiled" / "funnelmart" / node["original_file_path"]
            sql = path.read_text()
            for name, expressions in {**parts["of"], **parts.get("watched", {})}.items():
                relation = manifest["nodes"][f"model.funnelmart.{name}"]["relation_name"]
                half = f"(select * from {relation} where hash({part_key(expressions)}) % 2 = 0)"
                assert relation in sql, f"{node['name']} does not read {name}"
                sql = sql.replace(relation, half)
            whole = f"select * from {table} where hash({part_key(parts['by'])}) % 2 = 0"
            made = f"select columns from ({sql})".replace("columns", ", ".join(_columns(warehouse, table)))
            found = warehouse.execute(f"""
                select (select count(*) from ({whole})),
                    (select count(*) from ({whole} except all {made})),
                    (select count(*) from ({made} except all {whole}))""").fetchone()
            assert found
            assert found[0] > 0, node["name"]
            if found[1:] != (0, 0):
                differing[node["name"]] = found
    assert len(built) > 8
    assert differing == {}


def _columns(warehouse: duckdb.DuckDBPyConnection, table: str) -> list[str]:
    return [f'"{column[0]}"' for column in warehouse.execute(f"select * from {table} limit 0").description or ()]
