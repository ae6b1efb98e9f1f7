"""The catalogue is the one definition: what documentation and tables say about a KPI is what it says."""

import re
from typing import Any

import pytest
import yaml

from orchestration.extracts.sources import DBT_PROJECT
from tests.dbt_project.marts.conftest import Query

CATALOGUE_FILE = DBT_PROJECT / "macros" / "kpi" / "kpi_catalogue.sql"
TABLES = ("kpi_total", "kpi_by_channel", "kpi_by_campaign", "kpi_by_sales_rep", "kpi_by_product")


def catalogue() -> list[dict[str, Any]]:
    text = CATALOGUE_FILE.read_text(encoding="utf-8").split("set text -%}")[1].split("{%- endset")[0]
    return yaml.safe_load(text)


@pytest.mark.parametrize("table", TABLES)
def test_columns_of_a_kpi_table_are_the_catalogue_in_its_order(table: str) -> None:
    [model] = yaml.safe_load((DBT_PROJECT / f"models/marts/kpi/{table}.yml").read_text(encoding="utf-8"))["models"]
    columns = {column["name"]: column["description"] for column in model["columns"]}
    ids = [kpi["id"] for kpi in catalogue()]
    assert list(columns)[-len(ids) :] == ids
    assert all(columns[kpi] == f"{{{{ doc('kpi_{kpi}') }}}}" for kpi in ids)


@pytest.mark.parametrize("kpi", catalogue(), ids=lambda kpi: kpi["id"])
def test_every_kpi_is_described_in_both_languages(kpi: dict[str, Any]) -> None:
    assert all(kpi[name].strip() for name in ("name_en", "description_en", "formula"))
    # CTR, CPC, ROAS and LTV are called so in Russian too
    assert re.search("[а-я]", kpi["name_ru"]) or kpi["name_ru"] == kpi["name_en"] or kpi["name_ru"] == "LTV:CAC"
    assert re.search("[а-я]", kpi["description_ru"])
    assert kpi["kind"] in ("sum", "stock", "ratio", "median", "product")
    assert kpi["better"] in ("higher", "lower", "none")
    assert kpi["owner"] in ("marketing", "sales", "shared")
    assert kpi["dimensions"][0] == "total"


def test_a_kpi_without_meaning_for_a_dimension_is_null_there(query: Query) -> None:
    for table, dimension in zip(TABLES, ("total", "channel", "campaign", "sales_rep", "product"), strict=True):
        counts = ", ".join(f"count({kpi['id']})" for kpi in catalogue())
        [row] = query(f"select {counts} from mart.{table}")
        for kpi, known in zip(catalogue(), row, strict=True):
            assert (known > 0) == (dimension in kpi["dimensions"]), (table, kpi["id"])


def test_dim_kpi_and_kpi_long_know_the_same_kpis(query: Query) -> None:
    """Both ways, dimension by dimension: what dim_kpi says of a dimension is in kpi_long, and nothing else is."""
    described = {
        (kpi, dimension)
        for kpi, dimensions in query("select kpi, dimensions from mart.dim_kpi")
        for dimension in re.findall(r"\w+", str(dimensions))
    }
    assert {kpi for kpi, _ in described} == {kpi["id"] for kpi in catalogue()}
    assert set(query("select distinct kpi, dimension from mart.kpi_long")) == described
