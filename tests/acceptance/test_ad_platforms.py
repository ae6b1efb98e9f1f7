"""Eleven ad platforms and two CRMs as a connector lands them, and four reports as sheets, in one workspace.

Totals of the mart against the files in plain Python.
"""

import csv
import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from tests.acceptance.published import Published, read
from tests.shared_data import shared_data

MICROS = Decimal(1_000_000)


class Report(NamedTuple):
    """The file that is a platform's total, and its columns of money, impressions and clicks."""

    file: str
    spend: str
    impressions: tuple[str, ...] = ("impressions",)
    clicks: tuple[str, ...] = ("clicks",)
    unit: Decimal = Decimal(1)


REPORTS = {
    "amazon_ads": Report("amazon_ads_campaign_level_report", "cost"),
    "apple_search_ads": Report("apple_search_campaign_report", "local_spend_amount", clicks=("taps",)),
    "facebook_ads": Report("facebook_ads_basic_ad", "spend", clicks=("inline_link_clicks",)),
    "google_ads": Report("google_ads_campaign_stats", "cost_micros", unit=MICROS),
    "linkedin_ads": Report("linkedin_ad_analytics_by_campaign", "cost_in_local_currency"),
    "microsoft_ads": Report("microsoft_ads_campaign_performance_daily_report", "spend"),
    "pinterest_ads": Report(
        "pinterest_campaign_report",
        "spend_in_micro_dollar",
        impressions=("impression_1", "impression_2"),
        clicks=("clickthrough_1", "clickthrough_2"),
        unit=MICROS,
    ),
    "reddit_ads": Report("reddit_ads_campaign_report", "spend", unit=MICROS),
    "snapchat_ads": Report("snapchat_campaign_hourly_report", "spend", clicks=("swipes",), unit=MICROS),
    "tiktok_ads": Report("tiktok_campaign_report_hourly", "SPEND", ("IMPRESSIONS",), ("CLICKS",)),
    "twitter_ads": Report("twitter_campaign_report", "billed_charge_local_micro", unit=MICROS),
}
# What the reports call the canonical columns. Facebook's has several names twice: the first of a name counts.
EXPORTS: dict[str, dict[str, str]] = {
    "src_ads_bing_all_data": {"impressions": "imps"},
    "src_ads_creative_facebook_all_data": {"ad_group_id": "adset_id", "platform_conversions": "purchase_2"},
    "src_ads_tiktok_ads_all_data": {"ad_group_id": "adgroup_id"},
    "src_promoted_tweets_twitter_all_data": {},
}
RATES = {dt.date(2020, 11, 30): Decimal("1.1945"), dt.date(2020, 12, 7): Decimal("1.2112")}


def settings(extracts: Path) -> str:
    """All platforms lie in one folder. Meta's account is in euros, most others say their currency themselves."""
    beside = extracts.parent
    folders = {platform: {"path": str(extracts)} for platform in REPORTS}
    folders["facebook_ads"]["currency"] = "EUR"
    folders |= {crm: {"path": str(beside / crm)} for crm in ("hubspot", "salesforce")}
    sheets: list[dict[str, object]] = [
        {"entity": "fx_rates", "files": "rates.csv"},
        {"entity": "marketing_costs", "files": "costs.csv"},
    ]
    for export, fields in EXPORTS.items():
        file = str(beside / "paid_ads_exports" / f"{export}.csv")
        sheets.append({"entity": "ad_spend", "files": file, "fields": fields, "constants": {"platform": export}})
    return yaml.safe_dump(
        {
            "company": "Advertiser",
            "reporting": {"currency": "USD", "timezone": "America/New_York", "today": dt.date(2023, 12, 31)},
            "sources": {**folders, "sheets": sheets},
        }
    )


def make_workspace(folder: Path, extracts: Path) -> Path:
    """Settings, rates and costs in `folder`; the extracts are read where they lie. Returns the folder."""
    (folder / "funnelmart.yml").write_text(settings(extracts))
    rates = "".join(f"{day},EUR,{rate}\n" for day, rate in RATES.items())
    # CAN is what one account of TikTok calls its dollar; four o'clock UTC is still the day before where it counts days
    (folder / "rates.csv").write_text("date,currency,rate\n" + rates + "2021-09-14,CAN,0.79\n")
    # 1,000.00 EUR at the rate of 1 December, that of 30 November, over 31 days
    (folder / "costs.csv").write_text("month,cost_type,amount,currency\n2020-12,tools,1000.00,EUR\n")
    return folder


def total(rows: list[dict[str, str]], columns: tuple[str, ...]) -> Decimal:
    return sum((Decimal(row[column] or 0) for row in rows for column in columns), Decimal(0))


@pytest.fixture(scope="module")
def extracts() -> Path:
    return shared_data("ad_platforms")


@pytest.fixture(scope="module")
def published(extracts: Path, tmp_path_factory: pytest.TempPathFactory) -> Published:
    return Published(make_workspace(tmp_path_factory.mktemp("ad_platforms"), extracts))


@pytest.mark.parametrize("platform", REPORTS)
def test_totals_of_each_platform_are_those_of_its_files(extracts: Path, published: Published, platform: str) -> None:
    report = REPORTS[platform]
    rows = read(extracts / f"{report.file}_data.csv")
    expected = (
        total(rows, (report.spend,)) / report.unit,
        total(rows, report.impressions),
        total(rows, report.clicks),
    )
    found = published.one(
        f"select sum(spend_source), sum(impressions), sum(clicks) from mart.fct_ad_spend where platform = '{platform}'"
    )
    assert found == expected


@pytest.mark.parametrize("export", EXPORTS)
def test_totals_of_reports_in_which_a_name_may_stand_twice(extracts: Path, published: Published, export: str) -> None:
    with (extracts.parent / "paid_ads_exports" / f"{export}.csv").open(newline="", encoding="utf-8") as file:
        header, *rows = csv.reader(file)
    columns = {column: EXPORTS[export].get(column, column) for column in ("spend", "impressions", "clicks")}
    expected = [sum(Decimal(row[header.index(name)] or 0) for row in rows) for name in columns.values()]
    second = [number for number, name in enumerate(header) if name == "purchase"][1:]
    conversions = sum(Decimal(row[number] or 0) for row in rows for number in second) if second else None
    found = published.one(
        "select sum(spend_source), sum(impressions), sum(clicks), sum(platform_conversions) from mart.fct_ad_spend"
        f" where platform = '{export}'"
    )
    assert found == (*expected, conversions)


def test_the_crms_are_in_the_same_mart(extracts: Path, published: Published) -> None:
    deals = {
        "hubspot": {row["deal_id"] for row in read(extracts.parent / "hubspot" / "deal_data.csv")},
        "salesforce": {row["id"] for row in read(extracts.parent / "salesforce" / "sf_opportunity_data.csv")},
    }
    found = published.rows("select source, list(deal_id) from mart.fct_deals group by source")
    assert {source: set(ids) for source, ids in found} == deals
    leads = dict(published.rows("select source, count(*) from mart.fct_leads group by source"))
    assert leads["salesforce"] == len(read(extracts.parent / "salesforce" / "sf_lead_data.csv"))
    assert leads["hubspot"] > 0


def test_default_channels_of_the_platforms(published: Published) -> None:
    found = dict(published.rows("select distinct platform, channel from mart.fct_ad_spend where source <> 'sheets'"))
    search = {"google_ads": "Paid Search", "microsoft_ads": "Paid Search", "apple_search_ads": "Paid Search"}
    assert found == dict.fromkeys(REPORTS, "Paid Social") | search | {"amazon_ads": "Paid Shopping"}


def test_names_are_those_of_the_newest_version(extracts: Path, published: Published) -> None:
    """One campaign whatever the number of versions."""
    names = {row["name"] for row in read(extracts / "google_ads_campaign_history_data.csv")}
    found = published.rows("select distinct campaign from mart.fct_ad_spend where platform = 'google_ads'")
    assert {name for (name,) in found} == names


def test_days_are_those_of_the_account(extracts: Path, published: Published) -> None:
    """X writes the UTC time at which a day begins in Los Angeles; hours of TikTok are in UTC, its account is not."""
    days = {row["date"][:10] for row in read(extracts / "twitter_campaign_report_data.csv")}
    found = published.rows(
        "select distinct cast(date as varchar) from mart.fct_ad_spend where platform = 'twitter_ads'"
    )
    assert {day for (day,) in found} == days
    hours = read(extracts / "tiktok_campaign_report_hourly_data.csv")
    before = total([row for row in hours if row["STAT_TIME_HOUR"] == "2021-09-15 4:00:00"], ("IMPRESSIONS",))
    found = published.rows(
        "select date, sum(impressions) from mart.fct_ad_spend where platform = 'tiktok_ads' group by 1"
    )
    assert dict(found)[dt.date(2021, 9, 14)] == before


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
