"""What an assistant may ask of the published mart: documents with definitions and verdicts beside every figure."""

from collections.abc import Sequence
from typing import Any, Literal

import duckdb

from orchestration.errors import QueryError
from orchestration.views import kpi_views
from orchestration.views.kpi_catalogue import kpi_catalogue
from orchestration.views.kpi_summary import Grain, opening_period
from orchestration.views.kpi_views import read_period
from orchestration.views.reader import rows

Document = dict[str, Any]
Dimension = Literal["total", "channel", "campaign", "sales_rep", "product"]
Comparison = Literal["previous_period", "previous_year"]
MOST = 200  # figures of one answer
_DEFINED = ("kpi", "description", "formula", "unit", "better", "owner", "matures", "is_before_costs")
_FIGURES = """
    select long.member, long.kpi, long.value, long.is_complete, found.value as compared_value, found.base_value,
        found.days_compared, found.is_comparable, periods.base_period_start, periods.last_day, periods.base_last_day
    from kpi_long as long
    left join kpi_comparison as found
        on found.comparison = ? and long.grain = found.grain and long.period_start = found.period_start
        and long.dimension = found.dimension and long.member = found.member and long.kpi = found.kpi
    left join kpi_comparison_periods as periods
        on periods.comparison = ? and long.grain = periods.grain and long.period_start = periods.period_start
    where long.grain = ? and long.period_start = ? and long.dimension = ?
"""


def catalogue(mart: duckdb.DuckDBPyConnection, locale: str) -> list[Document]:
    """Every KPI: id, name, what it means, formula, unit, which direction is good, whose it is, its dimensions."""
    return [
        {"kpi": entry["kpi"], "name": entry[f"name_{locale}"], "description": entry[f"description_{locale}"]}
        | {name: entry[name] for name in _DEFINED[2:]}
        | {"dimensions": entry["dimensions"].split(", ")}
        for entry in kpi_catalogue(mart)
    ]


def figures(
    mart: duckdb.DuckDBPyConnection,
    kpis: Sequence[str],
    period: str | None,
    grain: Grain,
    dimension: Dimension,
    members: Sequence[str],
    comparison: Comparison,
    locale: str,
) -> Document:
    """KPIs of one period by member, each with its definition and whether it compares with its base, and how.

    Without `kpis` all of them, without `members` all; at most 200 figures, the first members by name.

    Raises:
        QueryError: a KPI or member that there is not.
        SettingsError: the period can't be read.
    """
    known = {entry["kpi"]: entry for entry in catalogue(mart, locale)}
    if unknown := [kpi for kpi in kpis if kpi not in known]:
        raise QueryError(f"no KPI {unknown[0]}; expected one of {', '.join(known)}")
    grain, start = read_period(period) if period else (grain, opening_period(mart, grain))
    parameters = [comparison, comparison, grain, start, dimension]
    found = [row for row in rows(mart, _FIGURES, parameters) if not kpis or row["kpi"] in kpis]
    there = sorted({row["member"] for row in found})
    if absent := [member for member in members if member not in there]:
        raise QueryError(f"no {dimension} {absent[0]} in that period; expected one of {', '.join(there[:50])}")
    wanted = [row for row in found if not members or row["member"] in members]
    wanted.sort(key=lambda row: (row["member"], list(known).index(row["kpi"])))
    first = found[0] if found else {}
    return {
        "grain": grain,
        "period_start": start,
        "is_complete": first.get("is_complete"),
        "comparison": comparison,
        "base_period_start": first.get("base_period_start"),
        "last_day_compared": first.get("last_day"),
        "base_last_day_compared": first.get("base_last_day"),
        "dimension": dimension,
        "currency": kpi_views.currency(mart),
        "figures": [_figure(row) for row in wanted[:MOST]],
        "left_out": max(len(wanted) - MOST, 0),
        "definitions": [known[kpi] for kpi in dict.fromkeys(row["kpi"] for row in wanted[:MOST])],
    }


def _figure(row: Document) -> Document:
    figure = {name: row[name] for name in ("member", "kpi", "value")}
    if row["is_comparable"] is None:
        return figure | {"compared": None}
    base, now, comparable = row["base_value"], row["compared_value"], row["is_comparable"]
    difference = now - base if comparable and base is not None and now is not None else None
    return figure | {
        "compared": {
            "value": now,
            "base_value": base,
            "difference": difference,
            "relative_change": difference / abs(base) if difference is not None and base else None,
            "days_compared": row["days_compared"],
            "is_comparable": comparable,
        }
    }


def tables(mart: duckdb.DuckDBPyConnection, name: str | None) -> list[Document]:
    """Every table with what it holds; of one that is named, its columns too.

    Raises:
        QueryError: there is no such table.
    """
    found = rows(
        mart,
        """select schema_name || '.' || name as table_name, comment as description from (
            select database_name, schema_name, table_name as name, comment from duckdb_tables()
            union all
            select database_name, schema_name, view_name, comment from duckdb_views()
        ) where database_name = 'published' and schema_name in ('mart', '_meta') order by 1""",
    )
    if name is None:
        return found
    wanted = name if "." in name else f"mart.{name}"
    chosen = [table for table in found if table["table_name"] == wanted]
    if not chosen:
        raise QueryError(f"no table {name}; expected one of {', '.join(table['table_name'] for table in found)}")
    schema, table = wanted.split(".", 1)
    columns = rows(
        mart,
        """select column_name as name, data_type as type, comment as description from duckdb_columns()
        where database_name = 'published' and schema_name = ? and table_name = ? order by column_index""",
        [schema, table],
    )
    return [chosen[0] | {"columns": columns}]
