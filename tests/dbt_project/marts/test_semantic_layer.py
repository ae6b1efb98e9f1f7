"""`mf query` answers with the figures of kpi_*: every metric, by channel and month, in total, by each other member."""

import csv
import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from orchestration.settings import Settings
from orchestration.transform.command import dbt_target_path
from orchestration.transform.semantic.catalogue import read_catalogue
from orchestration.transform.semantic.families import FAMILIES
from orchestration.transform.semantic.mf import run_mf, write_project
from tests.dbt_project.marts.conftest import Query

SUFFIXES = {"total": "", "channel": "", "sales_rep": "_by_sales_rep", "product": "_by_product"}
DAILY = {"total": "campaign", "channel": "campaign", "sales_rep": "sales_rep", "product": "product"}
STOCKS = {"open_deals", "open_pipeline"}
WITHOUT = {family.dimension: family.without for family in FAMILIES}


@pytest.fixture(scope="module")
def project(small_company_workspace: Settings, tmp_path_factory: pytest.TempPathFactory) -> Path:
    settings = small_company_workspace
    manifest = dbt_target_path(settings) / "semantic_manifest.json"
    return write_project(tmp_path_factory.mktemp("mf"), manifest, settings.warehouse_path, "warehouse")


def kpis(dimension: str) -> list[str]:
    """KPIs that the dimension has as metrics."""
    medians = {kpi.id for kpi in read_catalogue() if kpi.kind == "median"} if SUFFIXES[dimension] else set()
    left_out = medians | set(WITHOUT.get(dimension, ())) | {"weighted_pipeline"}  # no sum of changes
    return [kpi.id for kpi in read_catalogue() if dimension in kpi.dimensions and kpi.id not in left_out]


def ask(project: Path, answer: Path, metrics: list[str], group_by: str) -> dict[tuple[Any, ...], list[float | None]]:
    """The answer of `mf query` by (month, member)."""
    names = ",".join(metrics)
    result = run_mf(project, ["query", "--metrics", names, "--group-by", group_by, "--csv", str(answer)], capture=True)
    assert result.returncode == 0, result.stdout + result.stderr
    _, *members = group_by.split(",")
    with answer.open(encoding="utf-8", newline="") as file:
        return {
            (dt.date.fromisoformat(row["metric_time__month"][:10]), *(row[member] for member in members)): [
                float(row[metric]) if row[metric] else None for metric in metrics
            ]
            for row in csv.DictReader(file)
        }


@pytest.mark.parametrize("dimension", SUFFIXES)
def test_metrics_are_the_kpis(dimension: str, project: Path, query: Query, tmp_path: Path) -> None:
    member = [] if dimension == "total" else [dimension]
    table = "kpi_total" if dimension == "total" else f"kpi_by_{dimension}"
    ids = kpis(dimension)
    keys = 1 + len(member)

    answer = ask(
        project,
        tmp_path / "answer.csv",
        [f"{kpi}{SUFFIXES[dimension]}" for kpi in ids],
        ",".join(["metric_time__month", *member]),
    )

    month = "cast(date_trunc('month', date) as date)"
    happened = set(query(f"select distinct {', '.join([month, *member])} from mart.kpi_daily_by_{DAILY[dimension]}"))
    rows = query(f"select {', '.join(['period_start', *member, *ids])} from mart.{table} where grain = 'month'")
    expected = {row[:keys]: [None if value is None else float(value) for value in row[keys:]] for row in rows}
    assert len(expected) >= 3
    for key, values in expected.items():
        if key in happened:
            assert dict(zip(ids, answer[key], strict=True)) == pytest.approx(dict(zip(ids, values, strict=True))), key
        else:  # nothing happened: kpi_* has the period with zeros beside its stocks, a query has no row to add up
            assert not any(value for kpi, value in zip(ids, values, strict=True) if kpi not in STOCKS), key
    assert not any(value for key in answer.keys() - expected.keys() for value in answer[key])
