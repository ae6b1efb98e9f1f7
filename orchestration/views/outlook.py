"""What the published mart says of what comes next: forecast, what a budget buys, paths to a deal."""

from typing import Any

import duckdb

from orchestration.views.kpi_catalogue import CATALOGUE
from orchestration.views.reader import rows

Rows = list[dict[str, Any]]


def forecast(mart: duckdb.DuckDBPyConnection) -> Rows:
    """Today's forecast of each KPI and month to the end of the year, with its 80 % range."""
    query = f"""
        select forecast.kpi, name_en, name_ru, unit, month, as_of, closed, from_pipeline, from_new_leads, value, low,
            high, enough_history
        from kpi_forecast as forecast left join (select kpi, name_en, name_ru, unit from ({CATALOGUE})) using (kpi)
        where as_of = (select max(as_of) from kpi_forecast)
        order by case forecast.kpi when 'revenue' then 0 when 'won_deals' then 1 else 2 end, month"""
    return rows(mart, query)


def forecast_record(mart: duckdb.DuckDBPyConnection) -> Rows:
    """How right past forecasts were, by KPI and months ahead: mean error and bias as shares of what came."""
    query = """
        select kpi, months_ahead, count(*) as forecasts, sum(abs(error)) / nullif(sum(actual), 0) as mean_error,
            sum(error) / nullif(sum(actual), 0) as bias
        from kpi_forecast where error is not null and months_ahead between 1 and 3
        group by kpi, months_ahead
        order by case kpi when 'revenue' then 0 when 'won_deals' then 1 else 2 end, months_ahead"""
    return rows(mart, query)


def budget(mart: duckdb.DuckDBPyConnection) -> Rows:
    """What the last tenth of each paid channel's weekly budget brings, and what a tenth more would bring."""
    query = """
        select outcome, channel, verdict, weeks, spend_now, outcome_now, last_10_percent, last_10_percent_low,
            last_10_percent_high, next_10_percent, next_10_percent_low, next_10_percent_high, average_cost,
            marginal_cost, average_roi, marginal_roi
        from channel_response
        order by case outcome when 'leads' then 0 when 'qualified_leads' then 1 else 2 end, verdict, spend_now desc"""
    return rows(mart, query)


def moves(mart: duckdb.DuckDBPyConnection) -> Rows:
    """What moving a tenth of one channel's budget to another would change, with its range: the surest first."""
    query = """
        select outcome, from_channel, to_channel, moved_spend, lost, gained, change, change_low, change_high, verdict
        from budget_moves
        order by case outcome when 'leads' then 0 when 'qualified_leads' then 1 else 2 end,
            case verdict when 'more' then 0 when 'cannot be told' then 1 when 'less' then 2 else 3 end,
            change / moved_spend desc, from_channel, to_channel"""
    return rows(mart, query)


def paths(mart: duckdb.DuckDBPyConnection) -> Rows:
    """The twelve paths of channels with most won deals, and the eight that most people went without one."""
    query = """
        select path, steps, journeys, won_deals, lost_journeys, revenue, median_days_to_win
        from attribution_paths
        qualify (won_deals > 0 and row_number() over (order by won_deals desc, revenue desc, path) <= 12)
            or (won_deals = 0
                and row_number() over (partition by won_deals = 0 order by lost_journeys desc, path) <= 8)
        order by won_deals desc, revenue desc, lost_journeys desc, path"""
    return rows(mart, query)
