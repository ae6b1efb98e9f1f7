"""Mistakes that show only beside the registry and the files: found before anything is written."""

from collections.abc import Iterable
from typing import Any

import pytest

from orchestration.errors import SettingsError
from orchestration.extracts.land.land import land_source_table
from orchestration.extracts.source_specs import ColumnSpec, SourceSpec, TableSpec
from orchestration.extracts.sources import SHEETS
from orchestration.extracts.validate import check_settings
from tests.orchestration.extracts.conftest import SOURCES, Workspace

CRM = SourceSpec(
    "crm",
    "",
    None,
    (),
    None,
    None,
    {
        "deal": TableSpec(
            "crm",
            "deal",
            files=("*deal*",),
            required=("id",),
            entity="deals",
            columns=(ColumnSpec("id"), ColumnSpec("property_amount", "decimal", canonical="amount")),
        )
    },
)
REGISTRY = {SHEETS: SOURCES[SHEETS], "crm": CRM}


def check(workspace: Workspace, sheets: Iterable[dict[str, Any]] = (), **data: Any) -> None:
    sources = {**data.pop("sources", {}), SHEETS: list(sheets)}
    check_settings(workspace.settings(sources=sources, **data), REGISTRY)


@pytest.fixture
def deals(workspace: Workspace) -> dict[str, Any]:
    workspace.write("extracts/deals.csv", "Id,Amount,Stage\n1,2,Won\n")
    return {"entity": "deals", "files": "extracts/deals.csv", "fields": {"deal_id": "Id"}}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"entity": "orders"}, "sources.sheets[0].entity: unknown entity 'orders'; expected one of leads, deals"),
        ({"files": "extracts/nothing*.csv"}, "sources.sheets[0].files: extracts/nothing*.csv matches no file"),
        ({"fields": {"deal_id": "Id", "prise": "Amount"}}, "fields.prise: deals has no column prise; expected one of"),
        ({"fields": {"deal_id": "Nr"}}, "fields.deal_id: no file has a column 'Nr'; its columns are Id, Amount, Stage"),
        ({"fields": {}}, "fields: nothing fills the required column deal_id; its columns are Id, Amount, Stage"),
        ({"where": {"Phase": ["Won"]}}, "where.Phase: no file has a column 'Phase'"),
        ({"constants": {"colour": "red"}}, "constants.colour: deals has no column colour"),
        ({"constants": {"deal_id": "1"}}, "constants.deal_id: deal_id is among fields too"),
        ({"defaults": {"units": "one"}}, "defaults.units: 'one' is no value of units; expected a number"),
        ({"constants": {"closed_at": "01.02.2024"}}, "'01.02.2024' is no value of closed_at"),
        ({"constants": {"amount": "1000000000000000"}}, "'1000000000000000' is no value of amount"),
        ({"values": {"amount": {"free": "nil"}}}, "values.amount.free: 'nil' is no value of amount"),
        ({"key": ["nr"]}, "key.nr: deals has no column nr"),
        ({"replace_by": ["day"]}, "replace_by.day: deals has no column day"),
    ],
)
def test_mistakes_of_a_sheet(workspace: Workspace, deals: dict[str, Any], change: dict[str, Any], message: str) -> None:
    with pytest.raises(SettingsError) as error:
        check(workspace, [{**deals, **change}])
    assert "funnelmart.yml: " in str(error.value)
    assert message in str(error.value)


def test_what_is_right_passes_and_writes_nothing(workspace: Workspace, deals: dict[str, Any]) -> None:
    before = sorted(workspace.path.rglob("*"))
    check(workspace, [{**deals, "where": {"Stage": ["Won"]}, "constants": {"closed_at": "2024-02-01"}}])
    assert sorted(workspace.path.rglob("*")) == before


def test_a_column_that_only_some_files_have_is_no_mistake_of_the_settings(workspace: Workspace) -> None:
    workspace.write("extracts/deals_1.csv", "Id\n1\n")
    workspace.write("extracts/deals_2.csv", "Id,Amount\n1,2\n")
    fields = {"deal_id": "Id", "amount": "Amount"}
    check(workspace, [{"entity": "deals", "files": "extracts/deals_*.csv", "fields": fields}])


def test_spend_without_any_date_is_a_mistake(workspace: Workspace) -> None:
    workspace.write("extracts/spend.csv", "spend,start_date\n1,2024-01-01\n")
    with pytest.raises(SettingsError, match="nothing fills date or start_date, end_date"):
        check(workspace, [{"entity": "ad_spend", "files": "extracts/spend.csv"}])


def test_columns_of_records_that_stand_deeper_are_looked_for_there(workspace: Workspace) -> None:
    workspace.write("extracts/deals.json", '{"page": 1, "found": {"deals": [{"Id": 1}, {"Id": 2}]}}')
    sheet = {"entity": "deals", "files": "extracts/deals.json", "formats": {"records": "found.deals"}}
    check(workspace, [{**sheet, "fields": {"deal_id": "Id"}}])
    with pytest.raises(SettingsError, match="no file has a column 'Nr'; its columns are Id"):
        check(workspace, [{**sheet, "fields": {"deal_id": "Nr"}}])


def test_a_broken_file_is_left_to_landing(workspace: Workspace) -> None:
    workspace.write("extracts/deals.xlsx", b"PK\x03\x04 no workbook")
    check(workspace, [{"entity": "deals", "files": "extracts/deals.xlsx", "fields": {"deal_id": "Id"}}])


def test_mistakes_of_a_connector(workspace: Workspace) -> None:
    workspace.write("extracts/crm/deal.csv", "id\n1\n")
    path = {"path": "extracts/crm"}
    check(workspace, sources={"crm": {**path, "fields": {"deals.amount": "own_amount"}}})
    for sources, message in (
        ({"kremlin": path}, "sources.kremlin: unknown source; expected one of crm"),
        ({"crm": {"path": "extracts/none"}}, "sources.crm.path: extracts/none matches no file"),
        ({"crm": {**path, "fields": {"deals.colour": "x"}}}, "no such field; expected one of deals.amount"),
    ):
        with pytest.raises(SettingsError) as error:
            check(workspace, sources=sources)
        assert message in str(error.value)


def test_rules_about_columns_that_no_entity_has(workspace: Workspace) -> None:
    with pytest.raises(SettingsError, match=r"test_when\.colour: no entity has a column colour"):
        check(workspace, test_when={"colour": ["red"]})


def test_a_workspaces_own_field_fills_the_raw_column(workspace: Workspace) -> None:
    workspace.write("extracts/crm/deal.csv", "id,property_amount,own_amount\n1,5,7.5\n")
    settings = workspace.settings(sources={"crm": {"path": "extracts/crm", "fields": {"deals.amount": "own_amount"}}})
    land_source_table(workspace.connection, settings, CRM, CRM.tables["deal"])
    assert workspace.rows("select property_amount, own_amount from raw_crm.deal") == [("7.5", "7.5")]
