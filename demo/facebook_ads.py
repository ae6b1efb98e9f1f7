"""Meta as a connector lands it: statistics by ad only, money in cents of the account's euros."""

import datetime as dt
from typing import Any

from demo import flaws
from demo.ads import CampaignDay, ad_groups, campaign_days, extracts, stated
from demo.files import Folder, money
from demo.fx import FxRates
from demo.story import Story

ACCOUNT = "1700252260223815"
Row = list[Any]


def write(folder: Folder, story: Story, rates: FxRates) -> None:
    """Ads and the actions they led to, in several extracts; the history tables; one file without its spend."""
    days = list(campaign_days(story, rates, "facebook_ads", "EUR", 10_000))
    for extract in extracts(story):
        ads: list[Row] = []
        actions: list[Row] = []
        for row in (stated(extract, day, story) for day in days):
            if row:
                _rows(row, extract.taken, story.scale, ads, actions)
        day = f"{extract.taken:%Y%m%d}"
        header = "ad_id date account_id impressions inline_link_clicks spend"
        folder.csv(f"facebook_ads_basic_ad_data_{day}.csv", extract.taken, header, flaws.meta_spend(ads, extract.taken))
        header = "_fivetran_id ad_id date index _1_d_view _7_d_click _fivetran_synced action_type inline value"
        folder.csv(f"facebook_ads_basic_ad_actions_data_{day}.csv", extract.taken, header, actions)
    folder.text(flaws.BROKEN_FILE, dt.datetime(2025, 5, 12, 9), flaws.BROKEN_TEXT)
    _history(folder, story)


def _rows(row: CampaignDay, taken: dt.datetime, scale: float, ads: list[Row], actions: list[Row]) -> None:
    groups = ad_groups(row.campaign, scale)
    weights = [group.weight * ad[2] for group in groups for ad in group.ads]
    names = [ad[0] for group in groups for ad in group.ads]
    synced = taken.strftime("%Y-%m-%d %H:%M:%S")
    for ad, (cost, clicks, impressions, leads) in zip(names, row.split(weights, 10_000), strict=True):
        if not impressions:
            continue
        ads.append([ad, row.day, ACCOUNT, impressions, clicks, money(cost // 10_000)])
        for index, action in enumerate(
            ("offsite_conversion.fb_pixel_lead", "lead") if leads else ()
        ):  # the same lead twice
            key = f"{ad}.{row.day}"
            actions.append([key, ad, row.day, index, "", f"{leads}.0", synced, action, "", f"{leads}.0"])


def _history(folder: Folder, story: Story) -> None:
    taken, synced, updated = story.export, "2025-06-30T04:20:00.000", "2023-05-02T08:00:00"
    campaigns = [c for c in story.campaigns if c.platform == "facebook_ads"]
    groups = [(campaign, group) for campaign in campaigns for group in ad_groups(campaign, story.scale)]
    header = "id account_id name _fivetran_synced updated_time"
    rows = [[campaign.id, ACCOUNT, campaign.name, synced, updated] for campaign in campaigns]
    folder.csv("facebook_ads_campaign_history_data.csv", taken, header, rows)
    header = "id account_id campaign_id name _fivetran_synced updated_time"
    rows = [[group.id, ACCOUNT, campaign.id, group.name, synced, updated] for campaign, group in groups]
    folder.csv("facebook_ads_ad_set_history_data.csv", taken, header, rows)
    header = "id account_id ad_set_id campaign_id creative_id name _fivetran_synced updated_time"
    rows = [
        [ad, ACCOUNT, group.id, campaign.id, f"9{ad}", name, synced, updated]
        for campaign, group in groups
        for ad, name, _ in group.ads
    ]
    folder.csv("facebook_ads_ad_history_data.csv", taken, header, rows)
    folder.csv(
        "facebook_ads_account_history_data.csv",
        taken,
        ["id", "name", "_fivetran_synced"],
        [[ACCOUNT, "Standfest", synced]],
    )
