"""Profit and what is made of it are said to be before cost of goods while nobody gave any."""

import duckdb
import pytest

from orchestration.views.kpi_catalogue import kpi_catalogue

BEFORE = ["profit", "roi"]


@pytest.mark.parametrize(
    ("days", "before"),
    [
        ("('day', 100.00, 100.00), ('day', -20.00, -20.00), ('day', 0.00, 0.00)", BEFORE),  # a refund, too
        ("('day', 100.00, 100.00), ('day', 50.00, 30.00)", []),  # of one deal the cost is known
        ("('day', 0.00, 0.00), ('month', 100.00, 100.00)", []),  # nothing was sold: nothing to say
    ],
)
def test_names_say_what_profit_leaves_out(days: str, before: list[str]) -> None:
    mart = duckdb.connect()
    mart.execute(f"""
        create table kpi_total as select * from (values {days}) as t (grain, revenue, gross_profit);
        create table dim_kpi as select * from (values
            ('roi', 3, 'Marketing ROI', 'ROI маркетинга', 'gross_profit - marketing_cost'),
            ('revenue', 1, 'Revenue', 'Выручка', 'revenue'), ('profit', 2, 'Profit', 'Прибыль', 'profit'),
            ('sales_cycle', 4, 'Cycle', 'Цикл', null)
        ) as t (kpi, position, name_en, name_ru, numerator)
    """)
    found = kpi_catalogue(mart)

    assert [row["kpi"] for row in found] == ["revenue", "profit", "roi", "sales_cycle"]
    assert [row["kpi"] for row in found if row["is_before_costs"]] == before
    assert [row["kpi"] for row in found if row["name_en"].endswith(" (before cost of goods)")] == before
    assert [row["kpi"] for row in found if row["name_ru"].endswith(" (до вычета себестоимости)")] == before
