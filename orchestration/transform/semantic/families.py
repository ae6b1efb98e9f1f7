"""The tables that metrics stand on: daily measures by family of members, facts for medians, lookups for attributes."""

import dataclasses
from typing import Any


@dataclasses.dataclass(frozen=True)
class Family:
    """Members that share one table of daily measures; `suffix` ends its metrics' names, `label` their labels."""

    dimension: str
    model: str
    members: tuple[str, ...]
    title: str
    suffix: str = ""
    label: str = ""
    without: tuple[str, ...] = ()


FAMILIES = (
    Family("campaign", "kpi_daily_by_campaign", ("channel", "campaign"), "channel and campaign"),
    Family(
        "sales_rep",
        "kpi_daily_by_sales_rep",
        ("sales_rep",),
        "sales representative",
        "_by_sales_rep",
        ", by sales representative",
    ),
    Family(
        "product",
        "kpi_daily_by_product",
        ("product",),
        "product",
        "_by_product",
        ", by product",
        # a deal's cycle belongs to the product of each of its lines, which no fact table has
        without=("pipeline_velocity",),
    ),
)


def _median(
    name: str, model: str, key: str, date: str, members: tuple[str, ...], measure: str, expr: str, text: str
) -> dict[str, Any]:
    return {
        "name": name,
        "description": text,
        "model": f"ref('{model}')",
        "defaults": {"agg_time_dimension": date},
        "entities": [
            {"name": key.removesuffix("_key"), "type": "primary", "expr": key},
            {"name": "calendar_day", "type": "foreign", "expr": date},
            *({"name": member, "type": "foreign"} for member in members),
        ],
        "dimensions": [{"name": date, "type": "time", "type_params": {"time_granularity": "day"}}],
        "measures": [{"name": measure, "agg": "median", "expr": expr}],
    }


# A median is no sum of medians: it comes from the facts, whatever is asked for.
MEDIANS = (
    _median(
        "lead_responses",
        "fct_leads",
        "lead_key",
        "created_date",
        ("channel", "campaign", "sales_rep", "product"),
        "median_response_minutes",
        "case when counts then response_seconds / 60.0 end",
        "Time from the creation of a lead to its first genuine response.",
    ),
    _median(
        "sales_cycles",
        "fct_deals",
        "deal_key",
        "closed_date",
        ("channel", "campaign", "sales_rep"),
        "median_sales_cycle_days",
        "case when counts_won then cycle_seconds / 86400.0 end",
        "Time from the creation of a deal to winning it.",
    ),
)


def _lookup(name: str, model: str, key: str, expr: str, dimensions: tuple[str, ...], text: str) -> dict[str, Any]:
    return {
        "name": name,
        "description": text,
        "model": f"ref('{model}')",
        "entities": [{"name": key, "type": "primary", "expr": expr}],
        "dimensions": [{"name": dimension, "type": "categorical"} for dimension in dimensions],
    }


LOOKUPS = (
    _lookup("days", "dim_date", "calendar_day", "date", ("is_future",), "Every day of the data."),
    _lookup("channels", "dim_channel", "channel", "channel", ("is_paid", "is_known"), "What is known of a channel."),
    _lookup(
        "sales_reps",
        "dim_sales_rep",
        "sales_rep",
        "sales_rep",
        ("name", "team", "manager"),
        "What is known of a sales representative.",
    ),
    _lookup("products", "dim_product", "product", "product", ("name", "category"), "What is known of a product."),
)
