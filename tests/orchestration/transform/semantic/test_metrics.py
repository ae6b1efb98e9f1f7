"""The committed semantic layer is what the catalogue gives; each KPI has its metric, named and described alike."""

import yaml

from orchestration.extracts.sources import DBT_PROJECT
from orchestration.transform.semantic.catalogue import read_catalogue
from orchestration.transform.semantic.metrics import SEMANTIC_FILE, semantic_yaml

COMMITTED = (DBT_PROJECT / SEMANTIC_FILE).read_text(encoding="utf-8")
METRICS = {metric["name"]: metric for metric in yaml.safe_load(COMMITTED)["metrics"]}


def test_the_committed_file_is_what_the_catalogue_gives() -> None:
    assert semantic_yaml() == COMMITTED, "run `make semantic` after a change of the catalogue"


def test_every_kpi_is_a_metric_under_its_id() -> None:
    catalogue = read_catalogue()
    # its probabilities move every day: no sum of changes up to a day, so no metric (DECISIONS.md)
    assert {kpi.id for kpi in catalogue} - set(METRICS) == {"weighted_pipeline"}
    for kpi in catalogue:
        if kpi.id not in METRICS:
            continue
        metric = METRICS[kpi.id]
        assert metric["label"] == kpi.name_en
        assert metric["description"].split("\n\n") == [
            kpi.description_en, f"Formula: {kpi.formula}.", f"{kpi.name_ru}: {kpi.description_ru}",
        ]  # fmt: skip
        assert metric["config"]["meta"]["name_ru"] == kpi.name_ru
        assert metric["config"]["meta"]["formula"] == kpi.formula


def test_a_kpi_of_sales_representatives_is_a_metric_of_their_own_table() -> None:
    assert METRICS["win_rate_by_sales_rep"]["type_params"] == {
        "expr": "cast(recorded_won_deals as double) / nullif(cast(recorded_won_deals + lost_deals as double), 0)",
        "metrics": [
            {"name": "recorded_won_deals_by_sales_rep", "alias": "recorded_won_deals"},
            {"name": "lost_deals_by_sales_rep", "alias": "lost_deals"},
        ],
    }
    assert "ad_spend_by_sales_rep" not in METRICS  # has no meaning for a sales representative


def test_a_sum_over_a_sum_is_a_ratio_metric() -> None:
    assert METRICS["cpl"]["type"] == "ratio"
    assert METRICS["cpl"]["type_params"] == {"numerator": "marketing_cost", "denominator": "leads"}


def test_a_median_comes_from_the_facts_without_days_to_come() -> None:
    assert METRICS["median_response_minutes"]["type_params"] == {"measure": "median_response_minutes"}
    assert METRICS["median_response_minutes"]["filter"] == "{{ Dimension('calendar_day__is_future') }} = false"
