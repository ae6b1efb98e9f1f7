"""What a source declares about its files: answers of an API, unix times, headers of another language."""

import json

import pytest

from orchestration.extracts.read.json_path import parse_path
from orchestration.extracts.source_specs import ColumnSpec, TableSpec
from orchestration.settings import Formats
from tests.orchestration.extracts.conftest import Workspace

DEALS = TableSpec(
    source="crm",
    name="deal",
    files=("*deal*",),
    required=("id",),
    key=("id",),
    columns=(
        ColumnSpec("id", aliases=("ID сделки", "ID")),
        ColumnSpec("created_at", "epoch", aliases=("Дата создания",)),
        ColumnSpec("price", "decimal", aliases=("Бюджет",)),
        ColumnSpec("is_lost", "boolean"),
        ColumnSpec("utm_source", paths=(parse_path("fields[code=UTM_SOURCE].values[0].value"),)),
        ColumnSpec("contact", paths=(parse_path("_embedded.contacts[is_main=true].id"),)),
    ),
    records=(parse_path("_embedded.pipelines[]._embedded.deals"), parse_path("_embedded.deals")),
    formats=Formats(timestamp="%d.%m.%Y %H:%M:%S", decimal=",", thousands=" "),
)
ANNA = {
    "id": 7,
    "created_at": 1710000000,
    "price": 1200.50,
    "fields": [{"code": None, "values": []}, {"code": "utm_source", "values": [{"value": "yandex"}]}],
    "_embedded": {"contacts": [{"id": 1, "is_main": False}, {"id": 2, "is_main": True}]},
}  # fmt: skip
BORIS = {"id": 8, "created_at": 1710000000123, "price": 10, "fields": None, "_embedded": {"contacts": []}}
EXPECTED = [
    ("7", "2024-03-09 16:00:00+00", "1200.5", "yandex", "2"),
    ("8", "2024-03-09 16:00:00.123+00", "10", None, None),
]


def landed(workspace: Workspace) -> list[tuple[object, ...]]:
    result = workspace.land_table(DEALS)
    assert not result.refused
    return workspace.rows("select id, created_at, price, utm_source, contact from raw_crm.deal order by id")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("deals.json", json.dumps({"_page": 1, "_embedded": {"deals": [ANNA, BORIS]}}, indent=1)),
        ("pages.json", json.dumps([{"_embedded": {"deals": [ANNA]}}, {"_embedded": {"deals": [BORIS]}}])),
        ("pages_deal.jsonl", "\n".join(json.dumps({"_embedded": {"deals": [deal]}}) for deal in (ANNA, BORIS))),
        ("records_deal.jsonl", "\n".join(map(json.dumps, (ANNA, BORIS)))),
        (
            "nested_deals.json",
            json.dumps({"_embedded": {"pipelines": [{"_embedded": {"deals": [d]}} for d in (ANNA, BORIS)]}}),
        ),
    ],
)
def test_records_are_found_in_the_answers_of_an_api(workspace: Workspace, name: str, content: str) -> None:
    workspace.write(f"extracts/crm/deal/{name}", content)
    assert landed(workspace) == EXPECTED


def test_an_empty_page_is_an_extract_without_rows(workspace: Workspace) -> None:
    workspace.write("extracts/crm/deals.json", '{"_embedded": {"deals": []}}')
    assert landed(workspace) == []


def test_an_export_with_headers_of_another_language(workspace: Workspace) -> None:
    text = "ID сделки;Дата создания;Бюджет\n7;09.03.2024 19:00:00;1 200,50\n"
    workspace.write("extracts/crm/deals.csv", text.encode("windows-1251"))
    assert not workspace.land_table(DEALS, timezone="Europe/Moscow").refused
    rows = workspace.rows("select id, created_at, price, _unreadable from raw_crm.deal")
    assert rows == [("7", "2024-03-09 16:00:00+00", "1200.5", None)]


def test_what_a_required_column_is_called_is_said_when_it_is_missing(workspace: Workspace) -> None:
    workspace.write("extracts/crm/deals.csv", "Бюджет;Этап\n1;новая\n")
    assert "lacks required columns: id (ID сделки or ID)" in workspace.land_table(DEALS).refused["deals.csv"]


def test_the_workspace_says_where_its_own_field_stands_in_a_list(workspace: Workspace) -> None:
    product = TableSpec(
        **{**DEALS.__dict__, "entity": "deals", "columns": (*DEALS.columns, ColumnSpec("product", canonical="product"))}
    )
    workspace.write("extracts/crm/deals.json", json.dumps({"_embedded": {"deals": [ANNA]}}))
    theirs = "fields[code=UTM_SOURCE].values[0].value"
    more = {"sources": {"crm": {"path": "extracts/crm", "fields": {"deals.product": theirs}}}}
    workspace.land_table(product, more=more)
    assert workspace.rows("select product from raw_crm.deal") == [("yandex",)]


DAYS = TableSpec(
    source="ads",
    name="days",
    files=("*days*",),
    required=("plan_id", "date"),
    columns=(
        ColumnSpec("plan_id", paths=(parse_path("^plan.id"), parse_path("^id"))),
        ColumnSpec("date", "date"),
        ColumnSpec("spent", "decimal", paths=(parse_path("base.spent"),)),
    ),
    records=(parse_path("items[].rows"),),
)


def test_a_column_of_the_object_around_the_list_of_records(workspace: Workspace) -> None:
    """Each plan has a list of its own; an id of the day itself is another column, the plan's totals are no record."""
    first = {"id": "d1", "date": "2024-03-01", "base": {"spent": "30.5"}}
    second = {"id": "d2", "date": "2024-03-02", "base": {"spent": "1"}}
    plans = [
        {"id": 41, "rows": [first, second], "total": {"base": {"spent": "31.50"}}},
        {"plan": {"id": 42}, "id": 7, "rows": [first]},
        {"id": 43, "rows": []},
    ]
    workspace.write("extracts/ads/days.json", json.dumps({"items": plans}))
    assert not workspace.land_table(DAYS).refused
    assert workspace.rows("select plan_id, id, date, spent from raw_ads.days order by _row") == [
        ("41", "d1", "2024-03-01", "30.5"),
        ("41", "d2", "2024-03-02", "1"),
        ("42", "d1", "2024-03-01", "30.5"),
    ]


@pytest.mark.parametrize("written", ["", "^", "a..b", "a[0"])
def test_a_broken_path_is_named(written: str) -> None:
    with pytest.raises(ValueError, match="path"):
        parse_path(written)


def test_a_list_whose_name_differs_in_case_only_is_not_a_second_column(workspace: Workspace) -> None:
    """The first record has no address at all, the second a list of them."""
    people = TableSpec(
        source="crm",
        name="person",
        files=("*person*",),
        required=("id",),
        key=("id",),
        columns=(ColumnSpec("id"), ColumnSpec("email", paths=(parse_path("EMAIL[0].VALUE"),))),
    )
    records = [{"ID": 1, "EMAIL": None}, {"ID": 2, "EMAIL": [{"VALUE": "anna"}]}]
    workspace.write("extracts/crm/persons.json", json.dumps(records))
    assert not workspace.land_table(people).refused
    assert workspace.rows("select id, email from raw_crm.person order by id") == [
        ("1", None),
        ("2", "anna"),
    ]
