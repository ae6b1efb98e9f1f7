"""Semantic models and metrics as dbt reads them, made from the KPI catalogue: a KPI is defined once.

A metric has the KPI's id. MetricFlow ties a metric to one table, so the KPIs of sales representatives and products,
whose costs and deals are shared out in another way, are metrics of their own: `revenue_by_sales_rep`.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from orchestration.extracts.sources import DBT_PROJECT
from orchestration.transform.semantic.catalogue import Kpi, doc_blocks, read_catalogue, read_measures
from orchestration.transform.semantic.families import FAMILIES, LOOKUPS, MEDIANS, Family

SEMANTIC_FILE = Path("models") / "semantic" / "kpis.yml"
_HEAD = "# Written by `make semantic` from the KPI catalogue (macros/kpi/kpi_catalogue.sql).\n"
# Stocks by the changes that they sum. A weighted pipeline sums none: its probabilities move with every day.
STOCKS = {"open_deals": "open_deals_change", "open_pipeline": "open_pipeline_change"}
MEDIAN_NAMES = frozenset(measure["name"] for model in MEDIANS for measure in model["measures"])
Node = dict[str, Any]


def semantic_yaml(project: Path = DBT_PROJECT) -> str:
    """What `models/semantic/kpis.yml` must hold."""
    kpis, measures, docs = read_catalogue(project), read_measures(project), doc_blocks(project)
    content = {
        "version": 2,
        "semantic_models": [*(_events(family, measures) for family in FAMILIES), *MEDIANS, *LOOKUPS],
        "metrics": [metric for family in FAMILIES for metric in _metrics(family, kpis, measures, docs)],
    }
    return _HEAD + yaml.dump(content, sort_keys=False, allow_unicode=True, width=118, Dumper=_Dumper)


class _Dumper(yaml.SafeDumper):
    """Repeated values are written again, not as aliases."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _events(family: Family, measures: list[str]) -> Node:
    """The semantic model over the daily measures of a family."""
    return {
        "name": f"daily{family.suffix or '_by_campaign'}",
        "description": f"Additive measures of a day by {family.title}.",
        "model": f"ref('{family.model}')",
        "defaults": {"agg_time_dimension": "event_day"},
        "primary_entity": f"{family.members[-1]}_day",
        "entities": [{"name": member, "type": "foreign"} for member in family.members],
        "dimensions": [
            {"name": "event_day", "type": "time", "expr": "date", "type_params": {"time_granularity": "day"}}
        ],
        "measures": [{"name": f"{measure}{family.suffix}", "agg": "sum", "expr": measure} for measure in measures],
    }


def _metrics(family: Family, kpis: list[Kpi], measures: list[str], docs: Mapping[str, str]) -> Iterator[Node]:
    """Metrics of the KPIs that have a meaning in the family, after the sums that they divide and nothing else shows."""
    wanted = [
        kpi
        for kpi in kpis
        if family.dimension in kpi.dimensions
        and kpi.id not in family.without
        and (kpi.kind != "stock" or kpi.id in STOCKS)
    ]
    shown = {kpi.id for kpi in wanted if kpi.kind == "sum"}
    parts = {name for kpi in wanted if kpi.kind in ("ratio", "product") for name in _parts(kpi, measures)}
    for measure in measures:
        if measure in parts - shown:
            yield _part(family, measure, docs)
    for kpi in wanted:
        if kpi.kind != "median" or not family.suffix:  # medians stand on leads and deals, whatever the family
            yield _metric(family, kpi, measures)


def _parts(kpi: Kpi, measures: list[str]) -> list[str]:
    """Names in a KPI's formula, in order: measures, stocks and medians."""
    known = {*measures, *STOCKS, *MEDIAN_NAMES}
    words = re.findall(r"\w+", f"{kpi.numerator} {kpi.denominator or ''}")
    return list(dict.fromkeys(word for word in words if word in known))


def _part(family: Family, measure: str, docs: Mapping[str, str]) -> Node:
    text = docs[f"measure_{measure}"]
    return {
        "name": f"{measure}{family.suffix}",
        "label": f"{text.rstrip('.')}{family.label}",
        "description": text,
        "type": "simple",
        "type_params": {"measure": f"{measure}{family.suffix}"},
    }


def _metric(family: Family, kpi: Kpi, measures: list[str]) -> Node:
    return {
        "name": f"{kpi.id}{family.suffix}",
        "label": f"{kpi.name_en}{family.label}",
        "description": f"{kpi.description_en}\n\nFormula: {kpi.formula}.\n\n{kpi.name_ru}: {kpi.description_ru}",
        **_calculation(family, kpi, measures),
        "config": {
            "meta": {
                "formula": kpi.formula,
                "unit": kpi.unit,
                "better": kpi.better,
                "owner": kpi.owner,
                "name_ru": kpi.name_ru,
                "description_ru": kpi.description_ru,
            }
        },
    }


def _calculation(family: Family, kpi: Kpi, measures: list[str]) -> Node:
    """How MetricFlow gets the value: a sum, a median, one sum over another, or the catalogue's SQL over sums."""
    if kpi.kind == "sum":
        return {"type": "simple", "type_params": {"measure": f"{kpi.numerator}{family.suffix}"}}
    if kpi.kind == "stock":  # all changes up to the end of the period
        changes = {"measure": f"{STOCKS[kpi.id]}{family.suffix}", "cumulative_type_params": {"period_agg": "last"}}
        return {"type": "cumulative", "type_params": changes}
    if kpi.kind == "median":
        filters = {"filter": "{{ Dimension('calendar_day__is_future') }} = false"}
        return {"type": "simple", "type_params": {"measure": kpi.numerator}, **filters}
    if kpi.numerator in measures and kpi.denominator in measures:
        named = {"numerator": kpi.numerator, "denominator": kpi.denominator}
        return {"type": "ratio", "type_params": {key: f"{name}{family.suffix}" for key, name in named.items()}}
    numerator, denominator = " ".join(kpi.numerator.split()), kpi.denominator
    inputs = [_input(family, part) for part in _parts(kpi, measures)]
    expression = f"cast({numerator} as double) / nullif(cast({denominator} as double), 0)"
    return {"type": "derived", "type_params": {"expr": expression, "metrics": inputs}}


def _input(family: Family, part: str) -> Node:
    """A metric that a formula names, under the formula's name for it."""
    if not family.suffix or part in MEDIAN_NAMES:
        return {"name": part}
    return {"name": f"{part}{family.suffix}", "alias": part}
