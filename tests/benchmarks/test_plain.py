"""The yardstick's figures, against the demo's files read with plain Python."""

import csv
import datetime as dt
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from benchmarks.compare import differences, totals
from benchmarks.plain import build
from demo.generate import generate


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bench")
    generate(folder, scale=0.1)
    build(folder, folder / "plain.duckdb")
    return folder


def table(path: Path, delimiter: str = ",") -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines(), delimiter=delimiter))


def test_meta_spend_is_what_the_newest_extract_of_each_day_says(workspace: Path) -> None:
    days: dict[str, Decimal] = {}
    for path in sorted((workspace / "extracts" / "facebook_ads").glob("facebook_ads_basic_ad_data_2*.csv")):
        extract: dict[str, Decimal] = {}
        for row in table(path):
            readable = row["spend"] != "#ERROR!" and not row["spend"].startswith("-") and row["date"] < "2042"
            extract[row["date"]] = extract.get(row["date"], Decimal(0)) + (Decimal(row["spend"]) if readable else 0)
        days |= extract
    with duckdb.connect(str(workspace / "plain.duckdb"), read_only=True) as connection:
        query = "select sum(ad_spend) from kpi_by_channel where grain = 'year' and channel = 'Meta Ads'"
        assert connection.execute(query).fetchall() == [(sum(days.values()),)]


def test_google_spend_is_converted_at_the_rate_of_its_day(workspace: Path) -> None:
    rates = {
        row["Date"]: Decimal(row["EUR per unit"])
        for row in table(workspace / "extracts" / "sheets" / "fx_rates.csv")
        if row["Currency"] == "USD"
    }

    def rate(day: str) -> Decimal:
        date = dt.date.fromisoformat(day)
        return next(rates[key] for back in range(8) if (key := (date - dt.timedelta(days=back)).isoformat()) in rates)

    newest: dict[str, Decimal] = {}
    for path in sorted((workspace / "extracts" / "google_ads").glob("google_ads_campaign_stats_data_*.csv")):
        for row in table(path):
            eur = Decimal(row["cost_micros"]) / 1_000_000 * rate(row["date"])
            newest[row["_fivetran_id"]] = eur.quantize(Decimal("0.000001"))
    with duckdb.connect(str(workspace / "plain.duckdb"), read_only=True) as connection:
        query = "select sum(ad_spend) from kpi_by_channel where grain = 'year' and channel = 'Google Ads'"
        found = connection.execute(query).fetchall()[0][0]
    assert abs(found - sum(newest.values())) < Decimal("0.01")


def test_sums_over_members_equal_the_total(workspace: Path) -> None:
    total = totals(workspace / "plain.duckdb", "main")
    with duckdb.connect(str(workspace / "plain.duckdb"), read_only=True) as connection:
        for member in ("kpi_by_channel", "kpi_by_campaign", "kpi_by_sales_rep", "kpi_by_product"):
            query = f"select sum(leads), sum(won_deals), sum(revenue) from {member} where grain = 'month'"
            assert connection.execute(query).fetchall() == [(total["leads"], total["won_deals"], total["revenue"])]


def test_figures_that_differ_are_named() -> None:
    one = {"leads": Decimal(10), "won_deals": Decimal(2), "revenue": Decimal("100.00"), "ad_spend": Decimal("7.000004")}
    other = {**one, "revenue": Decimal("99.00"), "ad_spend": Decimal("7.000001")}
    assert differences(one, other) == ["revenue: 100.00 and 99.00"]


def test_of_a_thousand_millions_some_cents_are_the_rounding_of_doubles() -> None:
    one = {"revenue": Decimal("1040216084.94"), "ad_spend": Decimal("290608728.11")}
    assert differences(one, {"revenue": Decimal("1040216084.92"), "ad_spend": Decimal("290608728.09")}) == []
    assert len(differences(one, {"revenue": Decimal("1040216084.74"), "ad_spend": Decimal("290608728.07")})) == 2
