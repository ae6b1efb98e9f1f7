"""The graph that Dagster shows: complete from raw to publish, gated, described."""

import dagster as dg
import pytest

from orchestration.definitions import definitions_for
from orchestration.defs.links import DOCUMENTS
from orchestration.settings import Settings

PUBLISHED = dg.AssetKey(["published", "mart"])


@pytest.fixture(scope="session")
def graph(definitions: dg.Definitions):
    return definitions.resolve_asset_graph()


def steps(definitions: dg.Definitions, job: str) -> list[str]:
    return [node.name for node in definitions.resolve_job_def(job).nodes_in_topological_order]


def test_definitions_load(definitions: dg.Definitions) -> None:
    dg.Definitions.validate_loadable(definitions)


def test_gates_stand_between_the_steps(definitions: dg.Definitions) -> None:
    order = steps(definitions, "funnelmart")

    assert [step for step in order if not step.startswith(("extract_", "settings"))] == [
        "entities", "check_entities", "marts", "check_kpis", "published__mart", "reports__dbt_docs",
        "reports__kpi_report",
    ]  # fmt: skip


def test_republishing_lands_and_builds_nothing(definitions: dg.Definitions) -> None:
    assert sorted(steps(definitions, "republish")) == [
        "check_entities", "check_kpis", "published__mart", "reports__kpi_report",
    ]  # fmt: skip


def test_the_published_mart_descends_from_the_raw_tables_and_settings(graph) -> None:
    ancestors = graph.get_ancestor_asset_keys(PUBLISHED) if hasattr(graph, "get_ancestor_asset_keys") else set()
    pending = [PUBLISHED]
    while pending:
        parents = graph.get(pending.pop()).parent_keys - ancestors
        ancestors |= parents
        pending += parents

    assert dg.AssetKey(["sheets", "leads"]) in ancestors
    assert dg.AssetKey(["settings", "workspace"]) in ancestors
    assert dg.AssetKey(["staging", "stg_sheets__leads"]) in ancestors


def test_the_graph_of_groups_goes_one_way(graph) -> None:
    groups = {key: graph.get(key).group_name for key in graph.get_all_asset_keys()}
    edges = {(groups[parent], groups[key]) for key in groups for parent in graph.get(key).parent_keys}
    order = ["settings", "extract", "staging", "intermediate", "measures", "marts", "insights", "publish"]

    assert sorted(edge for edge in edges if order.index(edge[0]) > order.index(edge[1])) == []


def test_every_asset_has_a_group_a_description_kinds_and_an_owner(definitions: dg.Definitions) -> None:
    specs = definitions.resolve_all_asset_specs()

    assert {spec.group_name for spec in specs} == {
        "settings", "extract", "staging", "intermediate", "measures", "marts", "insights", "publish",
    }  # fmt: skip
    assert [spec.key for spec in specs if not (spec.description and spec.owners and spec.kinds)] == []


def test_sources_that_the_workspace_does_not_name_are_no_assets(definitions: dg.Definitions) -> None:
    assert {spec.key.path[0] for spec in definitions.resolve_all_asset_specs() if spec.group_name == "extract"} == {
        "landing",
        "sheets",
    }


def test_nor_are_they_shown_as_what_something_is_made_of(graph, definitions: dg.Definitions) -> None:
    described = {spec.key for spec in definitions.resolve_all_asset_specs()}

    assert graph.get_all_asset_keys() - described == set()


def test_critical_checks_block(graph) -> None:
    checks = [graph.get(key) for key in graph.asset_check_keys]
    declared = {check.key.name: check.blocking for check in checks}

    assert declared["leads_none_lost"] is True
    assert any(not blocking for blocking in declared.values())


def test_every_asset_can_be_launched_alone(graph) -> None:
    """An asset that others must run with could not be chosen alone: Dagster refuses such a subset."""
    together = {
        key: others
        for key in (*graph.executable_asset_keys, *graph.asset_check_keys)
        if (others := graph.get_execution_set_asset_and_check_keys(key) - {key})
    }

    assert together == {}


@pytest.mark.parametrize("name", ["settings/workspace", "sheets/leads", "intermediate/int_leads", "mart/kpi_total"])
def test_a_single_asset_runs_with_its_own_checks_only(definitions: dg.Definitions, name: str) -> None:
    key = dg.AssetKey(name.split("/"))
    job = definitions.get_repository_def().get_implicit_global_asset_job_def().get_subset(asset_selection={key})

    assert job.asset_layer.executable_asset_keys == {key}
    assert {check.asset_key for check in job.asset_layer.asset_graph.asset_check_keys} <= {key}


def test_raw_tables_and_the_published_mart_have_to_be_fresh(definitions: dg.Definitions) -> None:
    watched = {spec.group_name for spec in definitions.resolve_all_asset_specs() if spec.freshness_policy}

    assert watched == {"extract", "publish"}


def test_every_asset_links_to_report_data_docs_and_its_page_of_the_dbt_docs(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FUNNELMART_REPORTS_URL", "http://127.0.0.1:3001")
    specs = {spec.key.to_user_string(): spec for spec in definitions_for(settings).resolve_all_asset_specs()}

    assert [name for name, spec in specs.items() if not DOCUMENTS.keys() <= spec.metadata.keys()] == []
    assert specs["mart/kpi_total"].metadata["dbt_docs"].value == (
        "http://127.0.0.1:3001/dbt_docs.html#!/model/model.funnelmart.kpi_total"
    )
    assert specs["sheets/leads"].metadata["dbt_docs"].value.endswith("#!/source/source.funnelmart.sheets.leads")


def test_without_a_server_the_documents_are_paths_to_copy(definitions: dg.Definitions, settings: Settings) -> None:
    spec = next(spec for spec in definitions.resolve_all_asset_specs() if spec.key == PUBLISHED)

    assert spec.metadata["kpi_report"] == dg.MetadataValue.path(settings.reports_path / "kpi_report.html")
