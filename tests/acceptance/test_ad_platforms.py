"""Google Ads and Meta as a connector lands them: totals of the mart against the same files added up in plain Python."""

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from tests.acceptance.published import Published, read
from tests.shared_data import shared_data

# both platforms lie in one folder, beside nine others; Meta's account is in euros, Google's says dollars itself
SETTINGS = """
company: Advertiser
reporting: {{currency: USD, timezone: America/New_York, today: 2021-12-31}}
sources:
  google_ads: {{path: {folder}}}
  facebook_ads: {{path: {folder}, currency: EUR}}
  sheets:
    - {{entity: fx_rates, files: rates.csv}}
    - {{entity: marketing_costs, files: costs.csv}}
"""
RATES = {dt.date(2020, 11, 30): Decimal("1.1945"), dt.date(2020, 12, 7): Decimal("1.2112")}


@pytest.fixture(scope="module")
def extracts() -> Path:
    return shared_data("ad_platforms")


@pytest.fixture(scope="module")
def published(extracts: Path, tmp_path_factory: pytest.TempPathFactory) -> Published:
    workspace = tmp_path_factory.mktemp("ad_platforms")
    (workspace / "funnelmart.yml").write_text(SETTINGS.format(folder=extracts))
    rates = "".join(f"{day},EUR,{rate}\n" for day, rate in RATES.items())
    (workspace / "rates.csv").write_text("date,currency,rate\n" + rates)
    # 1,000.00 EUR at the rate of 1 December, that of 30 November, over 31 days
    (workspace / "costs.csv").write_text("month,cost_type,amount,currency\n2020-12,tools,1000.00,EUR\n")
    return Published(workspace)


def test_google_spend_is_that_of_the_campaigns(extracts: Path, published: Published) -> None:
    rows = read(extracts / "google_ads_campaign_stats_data.csv")
    expected = (
        sum(Decimal(row["cost_micros"]) for row in rows) / 1_000_000,
        sum(int(row["impressions"]) for row in rows),
        sum(int(row["clicks"]) for row in rows),
    )
    found = published.one(
        "select sum(spend), sum(impressions), sum(clicks) from mart.fct_ad_spend where platform = 'google_ads'"
    )
    assert found == expected
    # its name as of now, one campaign whatever the number of versions
    names = {row["name"] for row in read(extracts / "google_ads_campaign_history_data.csv")}
    assert {name for (name,) in published.rows(
        "select distinct campaign from mart.fct_ad_spend where platform = 'google_ads'"
    )} == names  # fmt: skip


def test_finer_levels_without_their_campaign_are_left_out_with_a_warning(extracts: Path, published: Published) -> None:
    campaigns = {row["id"] for row in read(extracts / "google_ads_campaign_stats_data.csv")}
    groups = read(extracts / "google_ads_ad_group_stats_data.csv")
    assert not campaigns & {row["campaign_id"] for row in groups}
    found = published.one(
        "select count(*) from mart.fct_ad_spend where platform = 'google_ads' and ad_group_id is not null"
    )
    assert found == (0,)


def test_meta_spend_is_that_of_the_ads_at_the_rate_of_the_day(extracts: Path, published: Published) -> None:
    rows = read(extracts / "facebook_ads_basic_ad_data.csv")
    spend = Decimal(0)
    for row in rows:
        day = dt.date.fromisoformat(row["date"])
        newest = max(given for given in RATES if dt.timedelta(0) <= day - given <= dt.timedelta(days=7))
        spend += Decimal(row["spend"]) * RATES[newest]
    found = published.one(
        "select sum(spend), sum(spend_source), sum(impressions), sum(clicks), min(currency)"
        " from mart.fct_ad_spend where platform = 'facebook_ads'"
    )
    clicks = sum(int(row["inline_link_clicks"]) for row in rows)
    source = sum(Decimal(row["spend"]) for row in rows)
    assert found == (spend, source, sum(int(row["impressions"]) for row in rows), clicks, "EUR")


def test_ads_have_their_campaigns_of_the_newest_version(extracts: Path, published: Published) -> None:
    campaign_of = {row["id"]: row["campaign_id"] for row in read(extracts / "facebook_ads_ad_history_data.csv")}
    expected: dict[str, Decimal] = {}
    for row in read(extracts / "facebook_ads_basic_ad_data.csv"):
        campaign = campaign_of[row["ad_id"]]
        expected[campaign] = expected.get(campaign, Decimal(0)) + Decimal(row["spend"])
    found = published.rows(
        "select campaign_id, sum(spend_source) from mart.fct_ad_spend where platform = 'facebook_ads' group by 1"
    )
    assert dict(found) == expected


def test_kpis_hold_the_spend_of_both(published: Published) -> None:
    facts = published.one("select sum(spend) from mart.fct_ad_spend")
    months = published.one("select sum(ad_spend) from mart.kpi_total where grain = 'month'")
    assert months[0] == pytest.approx(facts[0], abs=Decimal("0.01"))


def test_a_cost_of_a_month_is_converted_once_and_spread_to_the_cent(published: Published) -> None:
    found = published.one(
        "select sum(amount), count(distinct date), max(date) from mart.fct_marketing_cost where cost_type = 'tools'"
    )
    assert found == (Decimal("1194.50"), 31, dt.date(2020, 12, 31))
