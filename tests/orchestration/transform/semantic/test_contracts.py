import shutil
from pathlib import Path

import pytest

from orchestration.extracts.sources import DBT_PROJECT
from orchestration.transform.semantic.catalogue import MACROS
from orchestration.transform.semantic.contracts import CONTRACTS, contract

NEW = """- id: cost_of_goods
  kind: sum
  numerator: cost_of_goods
  unit: currency
  better: none
  owner: sales
  dimensions: [total]
  name_en: Cost of goods
  name_ru: Себестоимость
  description_en: What was sold had cost.
  description_ru: Сколько стоило проданное.
  formula: sum(cost of goods)
"""


@pytest.mark.parametrize("path", CONTRACTS, ids=lambda path: path.stem)
def test_each_contract_is_what_the_catalogue_says(path: Path) -> None:
    assert (DBT_PROJECT / path).read_text(encoding="utf-8") == contract(path), "run `make semantic`"


@pytest.mark.parametrize("path", CONTRACTS, ids=lambda path: path.stem)
def test_a_new_kpi_is_a_column_where_the_catalogue_has_it(path: Path, tmp_path: Path) -> None:
    """It had to be written into five files by hand, else the build ended with a broken contract."""
    shutil.copytree(DBT_PROJECT / MACROS, tmp_path / MACROS)
    (tmp_path / path).parent.mkdir(parents=True)
    before = (DBT_PROJECT / path).read_text(encoding="utf-8")
    (tmp_path / path).write_text(before, encoding="utf-8")
    catalogue = tmp_path / MACROS / "kpi_catalogue.sql"
    catalogue.write_text(catalogue.read_text(encoding="utf-8").replace("- id: ctr\n", f"{NEW}- id: ctr\n"))

    after = contract(path, tmp_path)

    column = (
        '      - {name: cost_of_goods, data_type: "decimal(28, 6)", description: "{{ doc(\'kpi_cost_of_goods\') }}"}\n'
    )
    assert column in after
    assert after.index("{name: sales_cost") < after.index(column) < after.index("{name: ctr")
    assert after.replace(column, "") == before
