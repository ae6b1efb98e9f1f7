"""Every real extract beside the repository: what each is taken for. None ends in a trace, none is mistaken."""

from pathlib import Path

import pytest

from orchestration.add_source.plan import Plan, plan
from orchestration.extracts.sources import load_sources
from orchestration.settings import load_settings
from tests.orchestration.add_source.conftest import Company
from tests.shared_data import shared_data


def planned(company: Company, *paths: Path) -> Plan:
    return plan(load_settings(company.folder), [str(path) for path in paths], load_sources())


@pytest.mark.parametrize(
    ("folder", "found"),
    [
        ("school_crm", {"deals.csv": {"leads", "deals"}, "spend.csv": {"ad_spend"}}),
        ("olist_funnel", {"olist_marketing_qualified_leads_dataset.csv": {"leads"},
                          "olist_closed_deals_dataset.csv": {"deals"}}),
        ("touches", {"sessions.csv": {"touches"}, "ad_spend.csv": {"ad_spend"}, "customer_conversions.csv": {"deals"}}),
        ("paid_ads_exports", {f"src_{name}_all_data.csv": {"ad_spend"} for name in (
            "ads_bing", "ads_creative_facebook", "ads_tiktok_ads", "promoted_tweets_twitter")}),
    ],
)  # fmt: skip
def test_a_folder_of_exports(company: Company, folder: str, found: dict[str, set[str]]) -> None:
    made = planned(company, shared_data(folder))

    entities: dict[str, set[str]] = {}
    for proposal in made.proposals:
        entities.setdefault(Path(proposal.files[0]).name, set()).add(proposal.entity)
    assert entities == found
    assert made.connectors == {}
    assert all("its columns are" in why or "none of its columns" in why for why in made.left_out.values())


@pytest.mark.parametrize(
    ("folder", "connectors"),
    [
        ("hubspot", {"hubspot"}),
        ("salesforce", {"salesforce"}),
        ("ad_platforms", {"amazon_ads", "apple_search_ads", "facebook_ads", "google_ads", "linkedin_ads",
                          "microsoft_ads", "pinterest_ads", "reddit_ads", "snapchat_ads", "tiktok_ads", "twitter_ads"}),
    ],
)  # fmt: skip
def test_a_folder_that_a_connector_landed(company: Company, folder: str, connectors: set[str]) -> None:
    """Breakdowns by keyword or country lie there too: taken for spend of their own they would double the money."""
    place = shared_data(folder)

    made = planned(company, place)

    assert made.connectors == dict.fromkeys(connectors, place.as_posix())
    assert made.proposals == []


def test_the_columns_of_the_school(company: Company) -> None:
    made = planned(company, shared_data("school_crm") / "deals.csv")

    deals = next(proposal for proposal in made.proposals if proposal.entity == "deals")
    assert deals.formats["timestamp"] == "%d.%m.%Y %H:%M"
    assert (deals.fields["amount"], deals.fields["closed_at"], deals.fields["lead_id"]) == (
        "Offer Total Amount", "Closing Date", "Id",
    )  # fmt: skip
