"""The forecast on a made-up company whose future is known, and its record as it could have been written down then."""

import datetime as dt
import random
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import duckdb
import pandas as pd
import pytest

from orchestration.settings import Settings

MODELS = (
    "int_forecast_days", "int_forecast_lessons", "int_forecast_deals", "int_forecast_rates", "int_forecast_pipeline",
    "int_forecast_happened", "int_forecast_known", "int_forecast_leads", "int_forecast_new_business",
    "int_forecast_wins_per_lead", "int_forecast_parts", "int_forecasts", "kpi_forecast",
)  # fmt: skip
Company = tuple[pd.DataFrame, pd.DataFrame]
Forecast = Callable[[Company, dt.date], pd.DataFrame]


@pytest.fixture(scope="module")
def forecast(
    empty_workspace: Settings, compiled_models: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Forecast]:
    """kpi_forecast of a company on a day, which knows nothing of later ones."""
    path = tmp_path_factory.mktemp("forecast") / empty_workspace.warehouse_path.name
    shutil.copy(empty_workspace.warehouse_path, path)
    with duckdb.connect(str(path)) as connection:

        def forecasts(company: Company, today: dt.date) -> pd.DataFrame:
            leads, deals = known_on(company, today)  # noqa: RUF059 - read by DuckDB
            connection.execute("delete from settings.workspace")
            connection.execute("insert into settings.workspace (today) values (?)", [today])
            for table, rows in {"int_leads": "leads", "int_deals": "deals"}.items():
                connection.execute(f"delete from intermediate.{table}")
                connection.execute(f"insert into intermediate.{table} by name from {rows}")
            for model in MODELS:
                schema = "mart" if model.startswith("kpi_") else "intermediate"
                connection.execute(f"create or replace table {schema}.{model} as {compiled_models[model]}")
            return connection.execute("from mart.kpi_forecast order by kpi, as_of, month").df()

        yield forecasts


def company(seed: int, years: int = 3, leads_a_day: float = 4) -> Company:
    """Leads of three years from 1 January 2022; a quarter win a deal of 500 to 1500, 5 to 100 days after the lead."""
    dice = random.Random(seed)
    leads, deals = [], []
    for number in range(365 * years):
        day = dt.date(2022, 1, 1) + dt.timedelta(days=number)
        for place in range(round(dice.gauss(leads_a_day, leads_a_day**0.5))):
            key = f"{number}-{place}"
            leads.append({"lead_key": key, "created_date": day, "counts": True, "source": "crm"})
            if dice.random() < 0.5:
                opened = day + dt.timedelta(days=dice.randrange(0, 20))
                closed = opened + dt.timedelta(days=dice.randrange(5, 80))
                won = dice.random() < 0.5
                deals.append(
                    {"deal_key": key, "created_date": opened, "closed_date": closed, "won": won,
                     "amount": dice.randrange(500, 1501)}
                )  # fmt: skip
    return pd.DataFrame(leads), pd.DataFrame(deals)


def known_on(company: Company, today: dt.date) -> Company:
    """What the CRM shows on that day: later leads and deals are not there, deals that close later are open."""
    leads, deals = company
    deals = deals[deals.created_date <= today].copy()
    closed = deals.closed_date <= today
    deals["counts_won"], deals["counts_lost"] = closed & deals.won, closed & ~deals.won
    deals["counts_open"] = ~closed
    deals["closed_date"] = deals.closed_date.where(closed, None)
    return leads[leads.created_date <= today], deals.drop(columns="won")


def truth(company: Company, kpi: str, month: dt.date) -> float:
    leads, deals = company
    if kpi == "leads":
        return float(sum(same_month(day, month) for day in leads.created_date))
    won = [deal for deal in deals.to_dict("records") if deal["won"] and same_month(deal["closed_date"], month)]
    return float(len(won) if kpi == "won_deals" else sum(deal["amount"] for deal in won))


def same_month(day: dt.date, month: dt.date) -> bool:
    return (day.year, day.month) == (month.year, month.month)


def test_the_future_lies_in_the_range_about_as_often_as_it_says(forecast: Forecast) -> None:
    """On 20 August of the third year, of five companies; a range holds 80 %, months of a company hang together."""
    inside: list[bool] = []
    forecast_and_true: dict[tuple[int, str], list[tuple[float, float]]] = {}
    for seed in range(5):
        made_up = company(seed)
        rows = forecast(made_up, dt.date(2024, 8, 20))
        ahead = rows[rows.as_of == rows.as_of.max()]
        assert sorted({month.month for month in ahead.month}) == [8, 9, 10, 11, 12]
        assert set(ahead.enough_history) == {True}
        for row in ahead.to_dict("records"):
            came = truth(made_up, row["kpi"], row["month"])
            assert row["value"] == pytest.approx(row["closed"] + row["from_pipeline"] + row["from_new_leads"], abs=1e-5)
            inside.append(row["low"] <= came <= row["high"])
            forecast_and_true.setdefault((seed, row["kpi"]), []).append((row["value"], came))
    for months in forecast_and_true.values():
        assert sum(value for value, _ in months) == pytest.approx(sum(came for _, came in months), rel=0.25)
    assert 0.65 <= sum(inside) / len(inside) <= 1


def test_what_is_closed_is_closed(forecast: Forecast) -> None:
    made_up = company(7)
    rows = forecast(made_up, dt.date(2024, 8, 20))
    [row] = rows[(rows.as_of == rows.as_of.max()) & (rows.months_ahead == 0) & (rows.kpi == "won_deals")].to_dict(
        "records"
    )
    days = [deal["closed_date"] for deal in made_up[1].to_dict("records") if deal["won"]]
    assert row["closed"] == sum(dt.date(2024, 8, 1) <= day <= dt.date(2024, 8, 20) for day in days)
    assert row["low"] >= row["closed"]


def test_the_record_is_what_could_be_said_then(forecast: Forecast) -> None:
    """Forecasts made at the end of a month are the same when that month is over and half a year later."""
    made_up = company(8)
    then, now = forecast(made_up, dt.date(2024, 5, 1)), forecast(made_up, dt.date(2024, 11, 15))
    keys = ["kpi", "as_of", "month"]
    both = then[then.as_of < pd.Timestamp(2024, 5, 1)].merge(now, on=keys, suffixes=("_then", "_now"))
    assert both.as_of.max() == pd.Timestamp(2024, 4, 30)
    for column in ("from_pipeline", "from_new_leads", "value", "low", "high", "record_forecasts"):
        assert both[f"{column}_then"].astype(float).equals(both[f"{column}_now"].astype(float)), column


def test_the_record_is_shown(forecast: Forecast) -> None:
    made_up = company(9)
    rows = forecast(made_up, dt.date(2024, 8, 20))
    past = rows[(rows.kpi == "revenue") & (rows.months_ahead == 2) & rows.actual.notna()]
    for row in past.to_dict("records"):
        assert row["actual"] == truth(made_up, "revenue", row["month"])
        assert row["error"] == pytest.approx(row["value"] - row["actual"], abs=1e-5)
    [today] = rows[(rows.as_of == rows.as_of.max()) & (rows.kpi == "revenue") & (rows.months_ahead == 2)].to_dict(
        "records"
    )
    assert today["record_forecasts"] == len(past)
    assert today["record_absolute_error"] == pytest.approx(past.error.abs().sum(), abs=1e-4)
    assert today["record_value"] - today["record_actual"] == pytest.approx(past.error.sum(), abs=1e-4)


@pytest.mark.parametrize(("today", "leads_a_day"), [(dt.date(2022, 12, 20), 4), (dt.date(2023, 6, 20), 0.1)])
def test_a_short_history_or_few_wins_forecast_nothing(forecast: Forecast, today: dt.date, leads_a_day: float) -> None:
    rows: Any = forecast(company(1, leads_a_day=leads_a_day), today)
    assert set(rows.enough_history) == {False}
    assert rows[["value", "low", "high", "from_pipeline", "from_new_leads"]].isna().all(axis=None)
    assert rows.closed.notna().all()
