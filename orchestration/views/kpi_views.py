"""What the published mart answers beside its totals: members, the bridge, goals and findings, for the command line."""

import calendar
import datetime as dt
import re
from typing import Any, Literal

import duckdb

from orchestration.errors import UsageError
from orchestration.views.kpi_catalogue import CATALOGUE, kpi_catalogue
from orchestration.views.kpi_summary import Grain, period_name
from orchestration.views.reader import rows

Dimension = Literal["channel", "campaign", "sales_rep", "product"]
Bridged = Literal["revenue", "roi", "average_check"]
Rows = list[dict[str, Any]]


def read_period(text: str) -> tuple[Grain, dt.date]:
    """`2025`, `2025-Q2`, `2025-05`, or `2025-05-12` as grain and first day.

    Raises:
        UsageError: it is none of these.
    """
    found = re.fullmatch(r"(\d{4})(?:-Q([1-4])|-(\d{2})(?:-(\d{2}))?)?", text)
    try:
        if found and found[4]:
            return "day", dt.date.fromisoformat(text)
        if found and found[3]:
            return "month", dt.date(int(found[1]), int(found[3]), 1)
        if found and found[2]:
            return "quarter", dt.date(int(found[1]), int(found[2]) * 3 - 2, 1)
        if found:
            return "year", dt.date(int(found[1]), 1, 1)
    except ValueError as error:
        raise UsageError(f"--period {text}: {error}") from None
    raise UsageError(f"--period {text}: expected a year (2025), quarter (2025-Q2), month (2025-05) or day (2025-05-12)")


def by_member(mart: duckdb.DuckDBPyConnection, dimension: Dimension, grain: Grain, start: dt.date | None) -> Rows:
    """The KPIs of each member of a dimension in one period, most revenue first."""
    query = f"""
        select * exclude (grain, period_start, period_end, is_complete) from kpi_by_{dimension}
        where grain = ? and period_start = ? order by revenue desc nulls last, leads desc"""
    return rows(mart, query, [grain, start])


def why(mart: duckdb.DuckDBPyConnection, kpi: Bridged, grain: Grain, start: dt.date | None) -> Rows:
    """The bridge of a KPI against the period before: factors of the total, in the order of the waterfall.

    Raises:
        UsageError: bridges are by month, quarter and year only.
    """
    if grain in ("day", "week"):
        raise UsageError(f"--why {kpi}: expected a month, quarter or year; there is no bridge of a {grain}")
    query = """
        select factor, owner, kpi_before, kpi_after, contribution, base_period_start, period_start, is_complete,
            last_day, base_last_day
        from kpi_bridge
        left join kpi_comparison_periods using (grain, period_start, comparison, base_period_start, is_complete)
        where kpi = ? and grain = ? and period_start = ? and comparison = 'previous_period' and dimension = 'total'
        order by step, factor"""
    return rows(mart, query, [kpi, grain, start])


def told_periods(mart: duckdb.DuckDBPyConnection, grain: Grain, kpi: Bridged | None = None) -> tuple[str, str] | None:
    """The first and the last period of a length that the mart tells of, or that `why` explains for a KPI."""
    table = "kpi_bridge" if kpi else "kpi_total"
    where = "and kpi = ? and comparison = 'previous_period' and dimension = 'total'" if kpi else ""
    query = f"select min(period_start) as first, max(period_start) as last from {table} where grain = ? {where}"
    found = rows(mart, query, [grain, kpi] if kpi else [grain])[0]
    if found["first"] is None:
        return None
    return period_name(found["first"], grain), period_name(found["last"], grain)


def goals(mart: duckdb.DuckDBPyConnection) -> Rows:
    """All targets as a tree: a parent before its children, with their depth; those of a circle stand for themselves."""
    query = f"""
        with recursive tree as (
            select *, 0 as depth, target_id as path from kpi_targets where parent_target_key is null
            union all
            select child.*, tree.depth + 1, tree.path || ' ' || child.target_id
            from kpi_targets as child inner join tree on child.parent_target_key = tree.target_key
            where tree.depth < 20
        ),
        shown as (
            select * from tree
            union all
            select *, 0, target_id from kpi_targets where target_key not in (select target_key from tree)
        )
        select depth, target_id, kpi, name_en, name_ru, unit, scope, shown.owner, department, direction, start_date,
            due_date, target_value, actual, expected_to_date, projection, projection_low, projection_high, status,
            smart_failing, required_leads, required_qualified_leads, required_average_check, marketing_gap,
            sales_gap, gap_owner
        from shown left join (select kpi, name_en, name_ru, unit from ({CATALOGUE})) using (kpi)
        order by path"""
    return rows(mart, query)


def kpis(mart: duckdb.DuckDBPyConnection) -> Rows:
    """Every KPI with its names and unit."""
    return kpi_catalogue(mart)


def currency(mart: duckdb.DuckDBPyConnection) -> str:
    """The reporting currency."""
    return str(rows(mart, "select reporting_currency from _meta.run")[0]["reporting_currency"])


def last_day(grain: Grain, start: dt.date) -> dt.date:
    """Last day of the period that begins on `start`."""
    days = {"day": 1, "week": 7}
    if grain in days:
        return start + dt.timedelta(days[grain] - 1)
    month = start.month + {"month": 1, "quarter": 3, "year": 12}[grain] - 1
    return start.replace(month=month, day=calendar.monthrange(start.year, month)[1])


def findings(mart: duckdb.DuckDBPyConnection, locale: str, first: dt.date | None, last: dt.date | None) -> Rows:
    """Findings of the days from `first` to `last` (without: of the newest month that has any), the gravest first."""
    query = f"""
        with newest as (select max(period_start) as first from kpi_alignment where grain = 'month')
        select severity, owner, rule, period_start, period_end, message_{locale} as message, action_{locale} as action,
            evidence
        from kpi_alignment cross join newest
        where period_end >= coalesce(?, newest.first) and period_start <= coalesce(?, period_start)
        order by
            case severity when 'critical' then 0 when 'warning' then 1 else 2 end, period_end desc, rule, message"""
    return rows(mart, query, [first, last])
