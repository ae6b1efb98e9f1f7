"""The page of the dbt docs shows what this workspace has."""

import json

from orchestration.transform.docs_page import of_workspace


def page(manifest: dict, catalog: dict) -> str:
    """As dbt writes it: the documents stand within a script, the manifest first."""
    return f"<script>var n={{manifest:{json.dumps(manifest)},catalog:{json.dumps(catalog)}}}</script>"


def test_sources_that_no_model_reads_are_left_out() -> None:
    on, off = "source.funnelmart.hubspot.contact", "source.funnelmart.zoho_crm.leads"
    unread = "source.funnelmart.hubspot.owner"  # of a source that is on: people look for it
    model = "model.funnelmart.stg_hubspot__leads"
    nodes = {model: {"name": "stg_hubspot__leads"}}
    manifest = {
        "metadata": {},
        "nodes": nodes,
        "sources": {on: {}, off: {}, unread: {}},
        "parent_map": {model: [on], on: [], off: [], unread: []},
        "child_map": {on: [model], off: [], unread: [], model: []},
    }
    catalog = {"metadata": {}, "nodes": nodes, "sources": {on: {}, off: {}}}

    made = of_workspace(page(manifest, catalog))

    assert off not in made
    assert made == page(
        {
            **manifest,
            "sources": {on: {}, unread: {}},
            "parent_map": {model: [on], on: [], unread: []},
            "child_map": {on: [model], unread: [], model: []},
        },
        {**catalog, "sources": {on: {"columns": {}}}},
    )


def test_columns_that_only_this_company_has_are_not_shown() -> None:
    raw, model = "source.funnelmart.hubspot.contact", "model.funnelmart.stg_hubspot__leads"
    manifest = {
        "metadata": {},
        "sources": {raw: {"columns": {"id": {"name": "id"}}}},
        "parent_map": {model: [raw], raw: []},
        "child_map": {raw: [model], model: []},
    }
    columns = {"id": {"type": "VARCHAR"}, "bonus_of_ann": {"type": "DECIMAL"}}
    catalog = {"metadata": {}, "nodes": {model: {"columns": columns}}, "sources": {raw: {"columns": columns}}}

    made = of_workspace(page(manifest, catalog))

    assert made == page(manifest, {**catalog, "sources": {raw: {"columns": {"id": {"type": "VARCHAR"}}}}})
