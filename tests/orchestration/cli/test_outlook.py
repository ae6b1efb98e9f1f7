"""What comes next on a terminal: the forecast beside its record, what a budget buys, paths, as text and as JSON."""

import json
from pathlib import Path

import duckdb
import pytest

from orchestration.cli.outlook_tables import _share
from orchestration.publish import RunInfo, publish
from orchestration.settings import load_settings
from tests.orchestration.cli.test_figures import MART, SETTINGS, invoke
from tests.orchestration.publish.conftest import DESCRIPTIONS, PASSED, STARTED

NEXT = """
    insert into mart.dim_kpi values ('won_deals', 4, 'Won deals', 'Выигранные сделки', 'won_deals', 'count', 'higher');
    create table mart.kpi_forecast as
        select * from (values
            ('revenue', date '2024-12-01', date '2024-11-30', 1, 100.00, 250.00, 350.00, 700.00, 600.00, 800.00, true,
                null),
            ('leads', date '2024-12-01', date '2024-11-30', 1, 7.00, 0.00, 0.00, null, null, null, false, null),
            ('revenue', date '2024-10-01', date '2024-09-30', 1, 0.00, 0.00, 0.00, 110.00, null, null, true, 10.00),
            ('revenue', date '2024-11-01', date '2024-10-31', 1, 0.00, 0.00, 0.00, 80.00, null, null, true, -20.00)
        ) as t (kpi, month, as_of, months_ahead, closed, from_pipeline, from_new_leads, value, low, high,
            enough_history, error);
    alter table mart.kpi_forecast add column actual decimal(28, 2) default 100;
    create table mart.channel_response as
        select channel, 'leads' as outcome, verdict, 60 as weeks, 1000.0 as spend_now, now as outcome_now,
            last as last_10_percent, last - 1 as last_10_percent_low, last + 1 as last_10_percent_high,
            next as next_10_percent, next - 1 as next_10_percent_low, next + 1 as next_10_percent_high,
            20.0 as average_cost, 30.0 as marginal_cost, null as average_roi, null as marginal_roi
        from (values ('Ads', 'fitted', 50.0, 4.0, 3.0), ('Fairs', 'not enough variation', null, null, null),
            ('Radio', 'no spend any more', null, null, null)) as t
            (channel, verdict, now, last, next);
    create table mart.budget_moves as
        select 'leads' as outcome, * from (values
            ('Ads', 'Mail', 100.0, 4.0, 7.0, 3.0, 1.0, 5.0, 'more'),
            ('Mail', 'Ads', 50.0, 4.0, 3.0, -1.0, -3.0, 1.0, 'cannot be told')
        ) as t (from_channel, to_channel, moved_spend, lost, gained, change, change_low, change_high, verdict);
    create table mart.attribution_paths as
        select * from (values ('Ads > Mail', 2, 9, 3, 6, 900.00, 14.0), ('Fairs', 1, 4, 0, 4, 0.00, null)) as t
            (path, steps, journeys, won_deals, lost_journeys, revenue, median_days_to_win);
"""


@pytest.fixture
def workspace(tmp_path: Path) -> str:
    (tmp_path / "funnelmart.yml").write_text(SETTINGS)
    settings = load_settings(tmp_path)
    with duckdb.connect(str(settings.warehouse_path)) as warehouse:
        warehouse.execute(MART + NEXT)
    publish(settings, RunInfo("run1", STARTED, STARTED.date(), "0.1.0"), PASSED, DESCRIPTIONS)
    return str(tmp_path)


def lines(*arguments: str) -> list[str]:
    code, out, err = invoke("kpis", *arguments)
    assert code == 0, err
    return [" ".join(line.split()) for line in out.splitlines() if line.strip()]


def test_the_forecast_with_its_range_and_its_record(workspace: str) -> None:
    """Off by 10 and 20 of 100 each: 15 % on average, 5 % too little."""
    shown = lines("-w", workspace, "--forecast")

    assert "2024-12 700 600 – 800 100 250 350" in shown
    assert "1 month before: Mean error 15%, Bias -5% (Forecasts: 2)" in shown
    assert any("takes at least 12 whole months and 30 won deals. Leads so far" in line for line in shown)


def test_numbers_are_marked_as_the_language_does(workspace: str) -> None:
    """`1,000` in Russian is one, and `12.5` is no number."""
    forecast = lines("-w", workspace, "--forecast", "--locale", "ru")
    budget = lines("-w", workspace, "--budget", "--locale", "ru")

    assert "за 1 месяц: Средняя ошибка 15 %, Смещение -5 % (Прогнозов: 2)" in forecast
    assert "Ads Да, в пределах диапазона 1 000 4 (3 – 5) 3 (2 – 4)" in budget
    assert "Переносов между каналами, которые изменили бы показатель «Лиды» заметнее случайности: 1 из 2." in " ".join(
        budget
    )


def test_what_a_tenth_brings_and_what_moving_it_would_change(workspace: str) -> None:
    shown = lines("-w", workspace, "--budget")

    assert "Ads Yes, within the range 1,000 4 (3 – 5) 3 (2 – 4)" in shown
    assert "Fairs Not enough variation 1,000 – –" in shown
    assert "Radio No spend any more 1,000 – –" in shown
    assert "Ads Mail 100 3 (1 – 5)" in shown
    assert "1 of 2 moves between channels would change “Leads” by more than chance" in " ".join(shown)
    assert "beyond any weekly spend" not in " ".join(shown)
    assert "not a promise" in " ".join(shown)


def test_paths_in_russian(workspace: str) -> None:
    shown = lines("-w", workspace, "--paths", "--locale", "ru")

    assert shown[0].startswith("Путь Выигранные сделки")
    assert shown[1:] == ["Ads > Mail 3 900 6 14", "Fairs 0 0 4 –"]


@pytest.mark.parametrize(
    ("question", "tables"),
    [("forecast", ["forecast", "record"]), ("budget", ["response", "moves"]), ("paths", ["paths"])],
)
def test_as_json_they_are_one_document(workspace: str, question: str, tables: list[str]) -> None:
    code, out, _ = invoke("kpis", "-w", workspace, f"--{question}", "--json")

    assert code == 0
    found = json.loads(out)
    assert list(found) == tables
    assert all(found.values())


@pytest.mark.parametrize(("share", "said"), [(0.003, "0%"), (-0.003, "0%"), (0.006, "+1%"), (-0.05, "-5%")])
def test_a_bias_that_rounds_to_nothing_has_no_plus(share: float, said: str) -> None:
    assert _share(share, "en", sign=True) == said
