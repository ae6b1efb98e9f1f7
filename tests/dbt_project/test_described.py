"""Nothing of the dbt project is undescribed, nothing is described that is not there, everything has an owner."""

import json
import re
from typing import Any

import duckdb
import pytest

from orchestration.extracts.sources import DBT_PROJECT
from orchestration.settings import Settings
from orchestration.transform.command import dbt_target_path
from orchestration.transform.semantic.catalogue import read_catalogue
from orchestration.transform.semantic.pages import KPI_BLOCKS, OVERVIEW, PAGE, kpi_blocks, kpis_page, overview

OWNERS = {"marketing", "sales", "shared"}
MACRO = re.compile(r"{%-? *macro (\w+)")
Node = dict[str, Any]


@pytest.fixture(scope="module")
def manifest(empty_workspace: Settings) -> Node:
    return json.loads((dbt_target_path(empty_workspace) / "manifest.json").read_text(encoding="utf-8"))


def tables(manifest: Node) -> list[Node]:
    """Models, seeds and sources: what has columns."""
    kinds = ("model", "seed", "source", "snapshot")
    nodes = [*manifest["nodes"].values(), *manifest["sources"].values()]
    return [node for node in nodes if node["resource_type"] in kinds]


def test_every_table_and_column_is_described(manifest: Node) -> None:
    nodes = tables(manifest)
    assert len(nodes) > 200
    bare = [node["unique_id"] for node in nodes if not node["description"].strip() or not node["columns"]]
    bare += [
        f"{node['unique_id']}.{name}"
        for node in nodes
        for name, column in node["columns"].items()
        if not column["description"].strip()
    ]
    assert bare == []


def test_columns_described_are_the_columns_there(manifest: Node, empty_workspace: Settings) -> None:
    with duckdb.connect(str(empty_workspace.warehouse_path), read_only=True) as connection:
        found = connection.execute(
            "select schema_name, table_name, list(column_name) from duckdb_columns() group by all"
        ).fetchall()
    columns = {(schema, table): set(names) for schema, table, names in found}
    wrong = {
        node["name"]: sorted(set(node["columns"]) ^ columns[node["schema"], node["alias"]])
        for node in tables(manifest)
        if node["resource_type"] != "source"
    }
    assert {name: names for name, names in wrong.items() if names} == {}


def test_everything_else_is_described(manifest: Node) -> None:
    others = [*manifest["exposures"].values(), *manifest["metrics"].values(), *manifest["semantic_models"].values()]
    assert len(others) > 100
    bare = [node["unique_id"] for node in others if not (node["description"] or "").strip()]
    bare += [node["unique_id"] for node in manifest["sources"].values() if not node["source_description"].strip()]
    assert bare == []


def test_everything_has_one_of_the_owners_of_the_overview(manifest: Node) -> None:
    owners = {
        node["unique_id"]: (node["source_meta"] if node["resource_type"] == "source" else node["config"]["meta"]).get(
            "owner"
        )
        for node in tables(manifest)
    } | {node["unique_id"]: node["owner"]["name"] for node in manifest["exposures"].values()}
    assert {node: owner for node, owner in owners.items() if owner not in OWNERS} == {}
    page = (DBT_PROJECT / OVERVIEW).read_text(encoding="utf-8")
    assert all(f"\n| {owner} | " in page for owner in OWNERS)


def test_every_exposure_has_a_russian_name(manifest: Node) -> None:
    for exposure in manifest["exposures"].values():
        assert re.search("[а-я]", exposure["config"]["meta"]["name_ru"]), exposure["name"]


def test_every_macro_has_its_comment_above() -> None:
    """The versions of a dispatched macro for one engine or another are described by the macro that dispatches."""
    bare = []
    for path in sorted((DBT_PROJECT / "macros").rglob("*.sql")):
        text = path.read_text(encoding="utf-8")
        for macro in MACRO.finditer(text):
            if "__" not in macro[1] and not text[: macro.start()].rstrip().endswith("#}"):
                bare.append(f"{path.name}: {macro[1]}")
    assert bare == []


def test_pages_made_from_the_catalogue_are_up_to_date() -> None:
    assert (DBT_PROJECT / KPI_BLOCKS).read_text(encoding="utf-8") == kpi_blocks(), "run `make semantic`"
    assert (DBT_PROJECT / OVERVIEW).read_text(encoding="utf-8") == overview(), "run `make semantic`"
    assert (DBT_PROJECT.parent / PAGE).read_text(encoding="utf-8") == kpis_page(), "run `make semantic`"


def test_the_page_of_kpis_has_each_of_them_once() -> None:
    """Also one of an owner or kind that the page has no section or word for."""
    page = (DBT_PROJECT.parent / PAGE).read_text(encoding="utf-8")
    assert sorted(re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE)) == sorted(kpi.id for kpi in read_catalogue())
    said = set(re.findall(r"^\| (\w+) \| [^|]+ \|$", page, re.MULTILINE))
    assert {kpi.kind for kpi in read_catalogue()} <= said


def test_links_of_the_overview_lead_to_models(manifest: Node) -> None:
    links = re.findall(r"#!/model/([\w.]+)", (DBT_PROJECT / OVERVIEW).read_text(encoding="utf-8"))
    assert len(links) > 15
    assert [link for link in links if link not in manifest["nodes"]] == []
