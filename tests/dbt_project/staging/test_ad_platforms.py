"""Ad platforms on made-up extracts: levels, names as of now, days of the account, money, and their union.

Each platform delivers the same company: a campaign of 1,000 impressions, 20 clicks and 30.50 euros on the first of
March, its ad group of 900, 18 and 28.00, and an ad in that of 300, 6 and 8.00, where it has those levels.
"""

import datetime as dt
from decimal import Decimal

import pytest
import yaml

from orchestration.extracts.sources import DBT_PROJECT, load_sources
from tests.dbt_project.staging.conftest import EXTRACTS, Staged

FIRST, SECOND, FEBRUARY = dt.date(2024, 3, 1), dt.date(2024, 3, 2), dt.date(2024, 2, 29)
Row = tuple[object, ...]


def spend(staged: Staged, source: str, level: str, columns: str) -> list[Row]:
    return staged.query(
        f"select {columns} from staging.stg_{source}__ad_spend where spend_level = '{level}'"
        " order by date, account_id, _row"
    )


ADS_ONLY = ("facebook_ads", "meta_insights")
PLATFORMS = sorted(name for name, source in load_sources().items() if source.entities == ("ad_spend",))


def test_every_ad_platform_has_a_made_up_extract() -> None:
    assert set(PLATFORMS) <= {folder.name for folder in EXTRACTS.iterdir()}


@pytest.mark.parametrize(
    ("source", "campaigns"),
    [
        # its first name was Red leader
        ("amazon_ads", [(FIRST, "1", "Acme", "81", "Gold leader", 1000, 20, "30.5", 4)]),
        ("apple_search_ads", [(FIRST, "1", "Acme", "91", "Tap away", 1000, 20, "30.5", 4)]),
        # renamed on its first day, and a campaign of the same id in another account; devices are added up later
        (
            "google_ads",
            [
                (FIRST, "1", "Acme", "7", "Spring sale", 600, 15, "20.5", "1.5"),
                (FIRST, "1", "Acme", "7", "Spring sale", 400, 5, "10", "0.5"),
                (FIRST, "2", "Acme two", "7", "Other account", 10, 1, "1", 0),
            ],
        ),
        # one conversion and two leads; what LinkedIn leaves empty is zero
        (
            "linkedin_ads",
            [
                (FIRST, "1", "Acme", "11", "Spring sale", 1000, 20, "30.5", 3),
                (SECOND, "1", "Acme", "11", "Spring sale", 500, None, 0, 0),
            ],
        ),
        (
            "microsoft_ads",
            [
                (FIRST, "1", "Acme", "21", "Brand", 1000, 20, "30.5", 2),
                (FIRST, "1", "Acme", "21", "Brand", 500, 5, "9.5", 0),
                (FIRST, "2", "Acme two", "21", "Other account", 100, 1, "1.25", 0),
            ],
        ),
        # of the promoted pin and of its repins
        ("pinterest_ads", [(FIRST, "1", "Acme", "51", "Summer dresses", 1000, 20, "30.5", 3)]),
        # purchases after a click or a view; page visits are no result
        ("reddit_ads", [(FIRST, "1", None, "61", "Q1 content", 1000, 20, "30.5", 4)]),
        # seven in the morning UTC is the evening before in Los Angeles
        (
            "snapchat_ads",
            [
                (FEBRUARY, "1", "Acme", "c-41", "Spring sale", 1000, 20, "30.5", 3),
                (FIRST, "1", "Acme", "c-41", "Spring sale", 500, 5, "9.5", 0),
            ],
        ),
        # four o'clock UTC is eleven in the evening before, five behind
        (
            "tiktok_ads",
            [
                (FIRST, "1", "Acme", "31", "Spring", 1000, 20, "30.5", 2),
                (FIRST, "1", "Acme", "31", "Spring", 500, 5, "9.5", 1),
                (SECOND, "1", "Acme", "31", "Spring", 100, 1, "1.25", 0),
            ],
        ),
        # a day is written as the UTC time at which it begins; placements are added up later
        (
            "twitter_ads",
            [
                (FIRST, "x1", "Acme", "c71", "Launch", 900, 15, "30.5", 1),
                (FIRST, "x1", "Acme", "c71", "Launch", 100, 5, "9.5", 2),
            ],
        ),
    ],
)
def test_campaigns(staged: Staged, source: str, campaigns: list[Row]) -> None:
    columns = (
        "date, account_id, account_name, campaign_id, campaign_name, impressions, clicks, spend, platform_conversions"
    )
    expected = [(*row[:-2], Decimal(str(row[-2])), Decimal(str(row[-1]))) for row in campaigns]
    assert spend(staged, source, "campaign", columns) == expected


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("amazon_ads", ("Gold leader", "Red 7", "B0")),
        ("apple_search_ads", ("Tap away", "Cats", "Custom page")),
        ("microsoft_ads", ("Brand", "Shoes", "Buy shoes")),
        ("pinterest_ads", ("Summer dresses", "Beach", "Hat")),
        ("reddit_ads", ("Q1 content", "r/dataengineering", "Meme")),
        ("snapchat_ads", ("Spring sale", "Young", "Dance")),
        ("tiktok_ads", ("Spring", "Young", "Dance")),
        ("twitter_ads", ("Launch", "Germany", None)),
    ],
)
def test_ads_know_their_ad_group_and_campaign(staged: Staged, source: str, names: Row) -> None:
    columns = "campaign_name, ad_group_name, ad_name, impressions, clicks, round(spend, 2), currency"
    assert spend(staged, source, "ad", columns) == [(*names, 300, 6, Decimal("8.00"), "EUR")]
    groups = spend(staged, source, "ad_group", "campaign_name, ad_group_name, ad_name")
    assert groups == [(*names[:2], None)]


def test_the_ads_of_meta_are_its_total(staged: Staged) -> None:
    """Two leads; the pixel's are the same ones."""
    columns = "campaign_name, ad_group_name, ad_name, impressions, clicks, spend, platform_conversions"
    expected = ("Pets", "Owners", "Cat", 1000, 20, Decimal("30.5"), Decimal(2))
    assert spend(staged, "facebook_ads", "ad", columns) == [expected]


def test_batches_of_the_google_ads_api(staged: Staged) -> None:
    columns = "platform, date, account_name, campaign_name, impressions, clicks, spend, currency, platform_conversions"
    assert spend(staged, "google_ads_api", "campaign", columns) == [
        ("google_ads", FIRST, "Acme", "Spring", 600, 15, Decimal("20.5"), "EUR", Decimal("1.5")),
        ("google_ads", FIRST, "Acme", "Summer", 400, 5, Decimal(10), "EUR", Decimal(0)),
    ]


def test_insights_of_meta_count_a_lead_once(staged: Staged) -> None:
    """`lead` and the pixel's are the same two; without `lead` the pixel's count."""
    columns = "platform, date, campaign_name, ad_group_name, ad_name, impressions, clicks, spend, platform_conversions"
    assert spend(staged, "meta_insights", "ad", columns) == [
        ("facebook_ads", FIRST, "Pets", "Owners", "Cat", 1000, 20, Decimal("30.5"), Decimal(2)),
        ("facebook_ads", FIRST, "Pets", "Owners", "Dog", 500, None, Decimal("9.5"), Decimal(1)),
    ]


def test_a_report_of_yandex_direct(staged: Staged) -> None:
    """A dash is no value. April's has a title, a line of totals, and money in millionths."""
    columns = "date, account_id, campaign_id, campaign_name, impressions, clicks, spend, platform_conversions"
    assert spend(staged, "yandex_direct", "campaign", columns) == [
        (FIRST, "acme", "177", 'Бренд "Acme"', 1000, 20, Decimal("30.5"), Decimal(2)),
        (SECOND, "acme", "177", 'Бренд "Acme"', 500, 0, Decimal(0), None),
        (dt.date(2024, 4, 1), "acme", "177", 'Бренд "Acme"', 100, 2, Decimal(3), None),
        (dt.date(2024, 4, 2), "acme", "177", 'Бренд "Acme"', 50, 1, Decimal("1.25"), Decimal(1)),
    ]


def test_a_report_of_microsoft_advertising(staged: Staged) -> None:
    """Titles above the header and the copyright below are no data; devices are added up later."""
    columns = "platform, date, account_id, account_name, campaign_id, campaign_name, currency"
    brand = ("F100", "Acme", "21", "Brand", "EUR")
    figures = "impressions, clicks, spend, platform_conversions"
    assert spend(staged, "microsoft_ads_report", "campaign", f"{columns}, {figures}") == [
        ("microsoft_ads", FIRST, *brand, 1000, 20, Decimal("30.5"), Decimal(2)),
        ("microsoft_ads", FIRST, *brand, 500, 5, Decimal("9.5"), Decimal(0)),
        ("microsoft_ads", SECOND, *brand, 100, 1, Decimal("1001.25"), Decimal(0)),
    ]


def test_a_report_of_linkedin(staged: Staged) -> None:
    """UTF-16, month first, a comma for thousands; one conversion and two leads. A dash is no value."""
    columns = "platform, date, account_id, campaign_id, campaign_name, currency"
    campaign = ("Acme", "11", "Spring sale", "EUR")
    figures = "impressions, clicks, spend, platform_conversions"
    assert spend(staged, "linkedin_ads_report", "campaign", f"{columns}, {figures}") == [
        ("linkedin_ads", FIRST, *campaign, 1000, 20, Decimal("1030.5"), Decimal(3)),
        ("linkedin_ads", SECOND, *campaign, 500, None, Decimal(0), Decimal(0)),
    ]


def test_statistics_of_vk_ads(staged: Staged) -> None:
    """Days stand under their ad plan, goals beside the figures or among VK's own; totals are no day."""
    columns = "date, campaign_id, campaign_name, impressions, clicks, spend, platform_conversions"
    found = staged.query(f"select {columns} from staging.stg_vk_ads__ad_spend order by campaign_id, date")
    assert found == [
        (FIRST, "41", "Весна", 1000, 20, Decimal("30.5"), Decimal(3)),
        (SECOND, "41", "Весна", 500, 0, Decimal(0), Decimal(1)),
        (FIRST, "42", "Бренд", 100, 1, Decimal("1.25"), None),
    ]


def test_the_union_changes_no_platforms_spend_of_a_day(staged: Staged) -> None:
    """The campaign level is the total, of Meta the ads; finer rows only say where in it the money went."""
    figures = "sum(spend), sum(impressions), sum(clicks), sum(platform_conversions)"
    for platform in PLATFORMS:
        total = staged.query(
            f"select date, {figures} from staging.stg_{platform}__ad_spend"
            f" where spend_level = '{'ad' if platform in ADS_ONLY else 'campaign'}' group by 1 order by 1"
        )
        assert total
        found = staged.query(
            f"select date, {figures} from intermediate.int_ad_spend where source = '{platform}' group by 1 order by 1"
        )
        assert found == total, platform


def test_the_rest_of_a_campaign_stands_beside_its_ads(staged: Staged) -> None:
    """30.50 = 8.00 of the ad + 20.00 of its group's others + 2.50 of the campaign's others."""
    found = staged.query(
        "select ad_group_name, ad_name, spend, is_remainder from intermediate.int_ad_spend"
        " where source = 'apple_search_ads' order by spend"
    )
    assert found == [
        (None, None, Decimal("2.5"), True),
        ("Cats", "Custom page", Decimal(8), False),
        ("Cats", None, Decimal(20), True),
    ]


def test_a_campaign_renamed_in_mid_flight_stays_one(staged: Staged) -> None:
    found = staged.query(
        "select distinct source, campaign_id, campaign from intermediate.int_ad_spend"
        " where source in ('linkedin_ads', 'snapchat_ads') order by 1"
    )
    assert found == [("linkedin_ads", "11", "Spring sale"), ("snapchat_ads", "c-41", "Spring sale")]


def test_a_campaign_that_two_sources_deliver_is_one(staged: Staged) -> None:
    """The API's answer still says Spring, the connector's newest version Spring sale."""
    found = staged.query(
        "select source, campaign from intermediate.int_ad_spend"
        " where platform = 'google_ads' and account_id = '1' and campaign_id = '7' group by all order by 1"
    )
    assert found == [("google_ads", "Spring sale"), ("google_ads_api", "Spring sale")]


def test_the_same_campaign_id_in_two_accounts_stays_two(staged: Staged) -> None:
    found = staged.query(
        "select source, account_id, campaign, cast(sum(spend) as decimal(9, 2)) from intermediate.int_ad_spend"
        " where source in ('google_ads', 'microsoft_ads') and campaign_id in ('7', '21') group by all order by 1, 2"
    )
    assert found == [
        ("google_ads", "1", "Spring sale", Decimal("30.50")),
        ("google_ads", "2", "Other account", Decimal("1.00")),
        ("microsoft_ads", "1", "Brand", Decimal("40.00")),
        ("microsoft_ads", "2", "Other account", Decimal("1.25")),
    ]


def test_conversions_that_platforms_claim_are_in_the_fact_only() -> None:
    """Each platform claims the same sale: no table that adds up over platforms has them."""
    having = [
        model["name"]
        for path in (DBT_PROJECT / "models" / "marts").rglob("*.yml")
        for model in yaml.safe_load(path.read_text(encoding="utf-8")).get("models", ())
        if any("conversions" in column["name"] for column in model["columns"])
    ]
    assert having == ["fct_ad_spend"]
