"""The KPIs as every face names them: profit and what is made of it say so while no cost of goods is known."""

from typing import Any

import duckdb

from orchestration.views.reader import rows

# Without a margin below 1 and without costs of goods gross profit is revenue, on every day. The KPIs that rest on
# profit are told by their numerator.
CATALOGUE = """
    with costs as (
        select coalesce(bool_and(gross_profit = revenue), false) as are_missing
        from kpi_total
        where grain = 'day' and revenue <> 0
    ),

    marked as (
        select dim_kpi.*, coalesce(costs.are_missing and dim_kpi.numerator like '%profit%', false) as is_before_costs
        from dim_kpi
        cross join costs
    )

    select * replace (
        name_en || case when is_before_costs then ' (before cost of goods)' else '' end as name_en,
        name_ru || case when is_before_costs then ' (до вычета себестоимости)' else '' end as name_ru
    )
    from marked
    order by position
"""


def kpi_catalogue(mart: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """The rows of `dim_kpi` in their order, with `is_before_costs`, which the names say too."""
    return rows(mart, CATALOGUE)
