"""Report, terminal and findings say the same of the same KPI: its name, its figures, which way it went."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from kpi_report.document import read_document
from orchestration.settings import load_settings
from orchestration.views import kpi_views, outlook
from orchestration.views.kpi_summary import Grain, summarise
from orchestration.views.reader import open_published

Document = dict[str, Any]
LANGUAGES = ("en", "ru")


@pytest.fixture(scope="module")
def mart(published_demo: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with open_published(load_settings(published_demo)) as connection:
        yield connection


@pytest.fixture(scope="module")
def document(mart: duckdb.DuckDBPyConnection, published_demo: Path) -> Document:
    return read_document(mart, load_settings(published_demo))


def records(document: Document, table: str) -> list[dict[str, Any]]:
    return [dict(zip(document[table]["columns"], row, strict=True)) for row in document[table]["rows"]]


@pytest.mark.parametrize("locale", LANGUAGES)
@pytest.mark.parametrize("grain", ["month", "quarter", "year"])
def test_kpis_have_one_name_one_value_and_one_change(
    mart: duckdb.DuckDBPyConnection, document: Document, grain: Grain, locale: str
) -> None:
    """The report shows what the totals say of both periods, but where like is compared with like (`comparison`)."""
    summary = summarise(mart, grain, locale=locale)
    names = {row["kpi"]: row[f"name_{locale}"] for row in records(document, "kpis")}
    [opening] = [row["period_start"] for row in records(document, "opening") if row["grain"] == grain]
    totals = {row["period_start"]: row for row in records(document, "totals") if row["grain"] == grain}
    like = {
        row["kpi"]: row
        for row in records(document, "comparison")
        if (row["grain"], row["period_start"], row["comparison"]) == (grain, opening, "previous_period")
    }
    assert str(summary.current_start) == opening
    assert summary.lines
    for line in summary.lines:
        own = like.get(line.kpi) or {
            "value": totals[opening][line.kpi], "base_value": totals[str(summary.previous_start)][line.kpi],
            "is_comparable": True,
        }  # fmt: skip
        assert names[line.kpi] == line.name
        for mine, theirs in ((line.current, own["value"]), (line.previous, own["base_value"])):
            assert (mine is None) == (theirs is None), line.kpi
            assert mine is None or float(mine) == pytest.approx(theirs), line.kpi
        assert line.is_comparable == own["is_comparable"], line.kpi


def test_findings_are_the_same_sentences_in_both(mart: duckdb.DuckDBPyConnection, document: Document) -> None:
    for locale in LANGUAGES:
        shown = kpi_views.findings(mart, locale, dt.date(2000, 1, 1), dt.date(2100, 1, 1))
        in_report = records(document, "findings")
        assert shown
        assert sorted((row["severity"], row["owner"], row["message"], row["action"]) for row in shown) == sorted(
            (row["severity"], row["owner"], row[f"message_{locale}"], row[f"action_{locale}"]) for row in in_report
        )


def test_a_finding_says_which_way_the_kpis_went(document: Document) -> None:
    """Where a finding tells of a loss or a fall of a channel's month, the figures beside it show one."""
    told = [row for row in records(document, "findings") if (row["dimension"], row["grain"]) == ("channel", "month")]
    months = {
        (row["period_start"], row["member"]): row
        for row in records(document, "breakdown")
        if (row["grain"], row["dimension"]) == ("month", "channel")
    }
    losses = [row for row in told if row["rule"] == "roi_negative_while_cost_grows"]
    assert losses
    assert all(months[row["period_start"], row["member"]]["roi"] < 0 for row in losses)
    falls = [row for row in told if row["rule"] == "revenue_down_with_steady_leads"]
    assert falls
    for row in falls:
        day = dt.date.fromisoformat(row["period_start"])
        before = str((day - dt.timedelta(days=1)).replace(day=1))
        now, then = (months[start, row["member"]]["revenue"] for start in (row["period_start"], before))
        assert now < then, row


def test_whose_levers_they_were_is_one_sum(mart: duckdb.DuckDBPyConnection, document: Document) -> None:
    [opening] = [row["period_start"] for row in records(document, "opening") if row["grain"] == "month"]
    told = {
        row["factor"]: (row["owner"], Decimal(str(row["contribution"])))
        for row in records(document, "bridge")
        if (row["kpi"], row["grain"], row["period_start"], row["comparison"])
        == ("revenue", "month", opening, "previous_period")
    }
    shown = kpi_views.why(mart, "revenue", "month", dt.date.fromisoformat(opening))
    assert {row["factor"]: (row["owner"], row["contribution"]) for row in shown} == told


def test_what_comes_next_is_the_same(mart: duckdb.DuckDBPyConnection, document: Document) -> None:
    shown = {(row["kpi"], str(row["month"])): row["value"] for row in outlook.forecast(mart)}
    told = {(row["kpi"], row["month"]): row["value"] for row in records(document, "forecast")}
    assert {key: float(value) for key, value in shown.items()} == pytest.approx(told)
    moves = {(row["outcome"], row["from_channel"], row["to_channel"]): row["verdict"] for row in outlook.moves(mart)}
    in_report = records(document, "moves")
    assert moves == {(row["outcome"], row["from_channel"], row["to_channel"]): row["verdict"] for row in in_report}
