"""What a budget buys: weeks made with a known curve give it back, noise gives no answer."""

import datetime as dt
import math
import random
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import duckdb
import pytest

from orchestration.settings import Settings

Answers = dict[str, dict[str, Any]]
Fit = Callable[[dict[str, list[tuple[float, float]]]], Answers]


@pytest.fixture(scope="module")
def fit(
    empty_workspace: Settings, compiled_models: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Fit]:
    """Weeks of each channel as (spend, leads) -> its row of channel_response for leads."""
    path = tmp_path_factory.mktemp("response") / empty_workspace.warehouse_path.name
    shutil.copy(empty_workspace.warehouse_path, path)
    with duckdb.connect(str(path)) as connection:

        def fitted(channels: dict[str, list[tuple[float, float]]]) -> Answers:
            connection.execute("delete from intermediate.int_channel_weeks")
            first = dt.date(2023, 1, 2)
            rows = [
                (channel, first + dt.timedelta(weeks=number), spend, leads)
                for channel, weeks in channels.items()
                for number, (spend, leads) in enumerate(weeks)
            ]
            connection.executemany(
                """insert into intermediate.int_channel_weeks (channel, week, is_whole, is_mature, ad_spend, leads,
                qualified_leads, won_value) values (?, ?, true, false, ?, ?, 0, 0)""",
                rows,
            )
            connection.execute(
                f"create or replace table intermediate.int_channel_fits as {compiled_models['int_channel_fits']}"
            )
            found = connection.execute(f"from ({compiled_models['channel_response']}) where outcome = 'leads'")
            names = [column[0] for column in found.description]
            return {row[0]: dict(zip(names, row, strict=True)) for row in found.fetchall()}

        yield fitted


def spends(dice: random.Random, weeks: int = 104) -> list[float]:
    return [float(dice.randrange(200, 3000)) for _ in range(weeks)]


def leads(spend: float) -> float:
    """The truth: 20 without spend, at most 180 more, half of them at a spend of 1200."""
    return 20 + 180 * spend / (spend + 1200)


def test_the_curve_that_the_weeks_were_made_with_is_found(fit: Fit) -> None:
    dice = random.Random(1)
    weeks = [(spend, round(dice.gauss(leads(spend), math.sqrt(leads(spend))))) for spend in spends(dice)]
    found = fit({"Ads": weeks})["Ads"]

    now = sum(spend for spend, _ in weeks[-4:]) / 4
    brought = leads(now) - leads(0.9 * now)
    marginal = 180 * 1200 / (now + 1200) ** 2
    assert found["verdict"] == "fitted"
    assert found["spend_now"] == pytest.approx(now)
    assert found["outcome_now"] == pytest.approx(leads(now), rel=0.05)
    assert found["average_cost"] == pytest.approx(now / leads(now), rel=0.05)
    assert found["last_10_percent"] == pytest.approx(brought, rel=0.25)
    assert found["last_10_percent_low"] < brought < found["last_10_percent_high"]
    assert found["next_10_percent_low"] < leads(1.1 * now) - leads(now) < found["next_10_percent_high"]
    assert found["marginal_cost_low"] < 1 / marginal < found["marginal_cost_high"]
    assert found["marginal_cost"] > found["average_cost"]


def test_a_line_is_found_as_a_line(fit: Fit) -> None:
    weeks = [(spend, 5 + spend / 50) for spend in spends(random.Random(2), weeks=40)]
    found = fit({"Ads": weeks})["Ads"]
    assert found["half_saturation_spend"] is None
    assert found["marginal_cost"] == pytest.approx(50, rel=0.01)
    assert found["base"] == pytest.approx(5, rel=0.05)


def test_nothing_is_said_of_noise(fit: Fit) -> None:
    dice = random.Random(3)
    channels = {
        f"Noise {number}": [(spend, round(dice.gauss(60, 12))) for spend in spends(dice)] for number in range(12)
    }
    found = fit(channels)
    assert sum(row["verdict"] == "fitted" for row in found.values()) <= 1, "2.5 % of such channels look like more"
    for row in found.values():
        if row["verdict"] != "fitted":
            assert row["verdict"] == "not enough variation"
            said = {name for name, value in row.items() if value is not None}
            assert said == {"channel", "outcome", "weeks", "verdict", "spend_now"}


@pytest.mark.parametrize(
    "weeks",
    [
        [(float(spend), spend / 10) for spend in range(100, 350, 10)],  # 25 weeks
        [(500.0, 40.0 + number % 7) for number in range(60)],  # a spend that never changes
        [(float(spend), 0.0) for spend in range(100, 700, 10)],  # nothing ever came
    ],
)
def test_without_weeks_variation_or_outcome_there_is_no_answer(fit: Fit, weeks: list[tuple[float, float]]) -> None:
    assert fit({"Ads": weeks})["Ads"]["verdict"] == "not enough variation"


def test_a_channel_that_has_ended_has_no_budget_today(fit: Fit) -> None:
    weeks = [(spend, leads(spend)) for spend in spends(random.Random(5), weeks=60)]
    found = fit({"Ads": weeks, "Last year": weeks[:51], "Last month": weeks[:52]})
    assert found["Ads"]["verdict"] == found["Last month"]["verdict"] == "fitted"
    assert found["Last year"]["verdict"] == "no spend any more"
    assert found["Last year"]["spend_now"] == 0
    assert found["Last year"]["last_10_percent"] is None
    assert found["Last month"]["spend_now"] == pytest.approx(sum(spend for spend, _ in weeks[48:52]) / 4)


def test_the_same_weeks_in_any_order_give_the_same_figures(fit: Fit) -> None:
    dice = random.Random(4)
    channels = {
        name: [(spend, round(dice.gauss(leads(spend), 9))) for spend in spends(dice, 60)] for name in ("A", "B")
    }
    assert fit(channels) == fit(dict(reversed(channels.items())))
