"""Attribution on real sessions and conversions: a workspace of YAML alone against the rules in plain Python."""

import csv
import datetime as dt
import shutil
import subprocess
import sys
from collections import defaultdict
from fractions import Fraction
from pathlib import Path

import pytest

from orchestration.settings import Settings, load_settings
from orchestration.views.reader import open_published
from tests.shared_data import shared_data

SETTINGS = """
company: Attribution exercise
reporting: {currency: USD, timezone: UTC, today: 2020-03-01}
sources:
  sheets:
    - entity: touches
      files: extracts/sessions.csv
      formats: {timestamp: "%Y-%m-%d %H:%M:%S"}
      fields: {touch_id: session_id, person_id: customer_id, touched_at: started_at,
               channel: utm_source, utm_source: utm_source, utm_medium: utm_medium, utm_campaign: utm_campaign}
    - entity: deals
      files: extracts/customer_conversions.csv
      formats: {timestamp: "%Y-%m-%d %H:%M:%S"}
      fields: {deal_id: customer_id, customer_id: customer_id, closed_at: converted_at, amount: revenue}
      constants: {status: won}
    - entity: ad_spend
      files: extracts/ad_spend.csv
      fields: {date: date_day, channel: utm_source, utm_source: utm_source, utm_medium: utm_medium,
               utm_campaign: utm_campaign, spend: spend}
attribution: {lookback_days: 30, default_model: linear}
"""
WINDOW = dt.timedelta(days=30)


@pytest.fixture(scope="module")
def extracts() -> Path:
    return shared_data("touches")


@pytest.fixture(scope="module")
def mart(extracts: Path, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    workspace = tmp_path_factory.mktemp("touches")
    shutil.copytree(extracts, workspace / "extracts")
    (workspace / "funnelmart.yml").write_text(SETTINGS)
    run = subprocess.run(
        [sys.executable, "-m", "orchestration.cli", "run", "-w", str(workspace), "--json"],
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stdout[-3000:] + run.stderr[-3000:]
    return load_settings(workspace)


def read(path: Path) -> list[dict[str, str]]:
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def journeys(extracts: Path) -> list[tuple[Fraction, list[str]]]:
    """Revenue and utm_sources in order, for each conversion: sessions in the 30 days before it, both ends included."""
    sessions = defaultdict(list)
    for row in read(extracts / "sessions.csv"):
        sessions[row["customer_id"]].append((_time(row["started_at"]), row["session_id"], row["utm_source"]))
    found = []
    for row in read(extracts / "customer_conversions.csv"):
        end = _time(row["converted_at"])
        within = sorted(session for session in sessions[row["customer_id"]] if end - WINDOW <= session[0] <= end)
        found.append((Fraction(row["revenue"]), [source for _, _, source in within]))
    return found


def _time(text: str) -> dt.datetime:
    return dt.datetime.strptime(text, "%Y-%m-%d %H:%M:%S")


def weights(model: str, touches: int) -> list[Fraction]:
    """Share of each touch by the published rules."""
    places = range(touches)
    match model:
        case "first_touch":
            return [Fraction(place == 0) for place in places]
        case "last_touch":
            return [Fraction(place == touches - 1) for place in places]
        case "linear":
            return [Fraction(1, touches) for _ in places]
    if touches <= 2:
        return [Fraction(1, touches) for _ in places]
    return [Fraction(2, 5) if place in (0, touches - 1) else Fraction(1, 5 * (touches - 2)) for place in places]


@pytest.mark.parametrize("model", ["first_touch", "last_touch", "linear", "position_based"])
def test_models_follow_from_the_rules(extracts: Path, mart: Settings, model: str) -> None:
    conversions: dict[str, Fraction] = defaultdict(Fraction)
    revenue: dict[str, Fraction] = defaultdict(Fraction)
    for amount, sources in journeys(extracts):
        assert sources
        for source, weight in zip(sources, weights(model, len(sources)), strict=True):
            conversions[source] += weight
            revenue[source] += weight * amount
    with open_published(mart) as connection:
        rows = connection.execute(
            "select channel, sum(credit), sum(revenue) from fct_attribution where model = ? group by channel",
            [model],
        ).fetchall()
    # `direct` is spelled as the built-in channel
    rows = [(channel.lower(), credit, money) for channel, credit, money in rows]
    got = {channel: credit for channel, credit, _ in rows if credit}
    assert sum(got.values()) == 21
    assert {channel: float(credit) for channel, credit in got.items()} == pytest.approx(
        {channel: float(credit) for channel, credit in conversions.items() if credit}, abs=21e-9
    )
    assert sum(money for _, _, money in rows) == sum(amount for amount, _ in journeys(extracts))
    # to the cent in each deal, so within a cent for each of them in the sum
    assert {channel: float(money) for channel, credit, money in rows if credit} == pytest.approx(
        {channel: float(money) for channel, money in revenue.items() if money}, abs=0.21
    )


def test_every_model_credits_all_conversions(mart: Settings) -> None:
    with open_published(mart) as connection:
        rows = connection.execute(
            "select model, sum(credit), sum(revenue) from fct_attribution group by model"
        ).fetchall()
    assert {(credit, money) for _, credit, money in rows} == {(21, 275)}
    assert len(rows) == 10


def test_the_default_model_feeds_roas(extracts: Path, mart: Settings) -> None:
    """Linear revenue over spend of the only channels with spend."""
    spend: dict[str, Fraction] = defaultdict(Fraction)
    for row in read(extracts / "ad_spend.csv"):
        spend[row["utm_source"]] += Fraction(row["spend"])
    with open_published(mart) as connection:
        rows = connection.execute(
            """select attribution.channel, sum(attribution.revenue), max(kpi.revenue), max(kpi.ad_spend), max(kpi.roas)
            from fct_attribution as attribution
            inner join kpi_by_channel as kpi on attribution.channel = kpi.channel
            where attribution.model = 'linear' and kpi.grain = 'year' and kpi.ad_spend > 0
            group by attribution.channel"""
        ).fetchall()
    assert {channel for channel, *_ in rows} == set(spend)
    for channel, attributed, revenue, ad_spend, roas in rows:
        assert (revenue, ad_spend) == (attributed, spend[channel])
        assert roas == pytest.approx(float(attributed / ad_spend))
