"""Google Ads as a connector lands it: by campaign, ad group and ad, cost in micros of the account's dollars."""

import datetime as dt
from typing import Any

from demo.ads import CampaignDay, Extract, ad_groups, campaign_days, extracts, stated
from demo.files import Folder
from demo.fx import FxRates
from demo.story import Story

CUSTOMER = "4821907733"
DEVICES = (("MOBILE", 58), ("DESKTOP", 42))
COMMON = (
    "clicks conversions conversions_value cost_micros device impressions interaction_event_types interactions "
    "view_through_conversions"
)
CAMPAIGN = f"_fivetran_id customer_id date _fivetran_synced ad_network_type base_campaign id {COMMON}"
GROUP = (
    f"_fivetran_id customer_id date _fivetran_synced ad_network_type base_ad_group campaign_base_campaign "
    f"campaign_id id {COMMON}"
)
AD = (
    "customer_id date ad_group_id ad_group keyword_ad_group_criterion ad_network_type device ad_id campaign_id clicks "
    "cost_micros impressions conversions conversions_value view_through_conversions"
)
Row = list[Any]


def write(folder: Folder, story: Story, rates: FxRates) -> None:
    """Statistics in several extracts, the last of which restates two weeks, and the history tables."""
    days = list(campaign_days(story, rates, "google_ads", "USD", 10_000))
    for extract in extracts(story):
        campaigns: list[Row] = []
        groups: list[Row] = []
        ads: list[Row] = []
        for row in (stated(extract, day, story) for day in days):
            if row:
                _rows(row, extract, story.scale, campaigns, groups, ads)
        day = f"{extract.taken:%Y%m%d}"
        folder.csv(f"google_ads_campaign_stats_data_{day}.csv", extract.taken, CAMPAIGN, campaigns)
        folder.csv(f"google_ads_ad_group_stats_data_{day}.csv", extract.taken, GROUP, groups)
        folder.csv(f"google_ads_ad_stats_data_{day}.csv", extract.taken, AD, ads)
    _history(folder, story)


def _rows(
    row: CampaignDay, extract: Extract, scale: float, campaigns: list[Row], groups: list[Row], ads: list[Row]
) -> None:
    campaign, day, synced = row.campaign, row.day.isoformat(), _time(extract.taken)
    base = f"customers/{CUSTOMER}/campaigns/{campaign.id}"
    network = "CONTENT" if "display" in campaign.utm else "MIXED" if campaign.levels == "campaign" else "SEARCH"
    for (device, _), part in zip(DEVICES, row.split([weight for _, weight in DEVICES], 10_000), strict=True):
        campaigns.append(
            [
                f"{campaign.id}.{day}.{device[0]}",
                CUSTOMER,
                day,
                synced,
                network,
                base,
                campaign.id,
                *_counts(part, device),
            ]
        )
    for group, part in _parts(row, scale):
        whole = CampaignDay(campaign, row.day, *part)
        path = f"customers/{CUSTOMER}/adGroups/{group.id}"
        for (device, _), piece in zip(DEVICES, whole.split([weight for _, weight in DEVICES], 10_000), strict=True):
            key = f"{group.id}.{day}.{device[0]}"
            groups.append(
                [key, CUSTOMER, day, synced, network, path, base, campaign.id, group.id, *_counts(piece, device)]
            )
        weights = [ad[2] for ad in group.ads]
        for (ad, _, _), piece in zip(group.ads, whole.split(weights, 10_000), strict=True):
            for (device, _), (cost, clicks, impressions, leads) in zip(
                DEVICES, CampaignDay(campaign, row.day, *piece).split([w for _, w in DEVICES], 10_000), strict=True
            ):
                ads.append(
                    [
                        CUSTOMER,
                        day,
                        group.id,
                        path,
                        "",
                        network,
                        device,
                        ad,
                        campaign.id,
                        clicks,
                        cost,
                        impressions,
                        leads,
                        0,
                        0,
                    ]
                )


def _parts(row: CampaignDay, scale: float) -> list[Any]:
    groups = ad_groups(row.campaign, scale)
    return list(zip(groups, row.split([group.weight for group in groups], 10_000), strict=True)) if groups else []


def _counts(part: tuple[int, int, int, int], device: str) -> Row:
    cost, clicks, impressions, leads = part
    return [clicks, leads, 0, cost, device, impressions, "[CLICK]", clicks, 0]


def _history(folder: Folder, story: Story) -> None:
    taken, made = story.export, "2023-05-02T08:00:00.000"
    campaigns: list[Row] = []
    groups: list[Row] = []
    for campaign in story.campaigns:
        if campaign.platform != "google_ads":
            continue
        kind = (
            "DISPLAY" if "display" in campaign.utm else "PERFORMANCE_MAX" if campaign.levels == "campaign" else "SEARCH"
        )
        start = max(campaign.first, story.start).isoformat()
        names = [(made, campaign.name)]
        if campaign.new_name:
            names.append((f"{campaign.renamed_on}T07:12:44.000", campaign.new_name))
        for updated, name in names:
            campaigns.append(
                [
                    campaign.id,
                    updated,
                    name,
                    CUSTOMER,
                    kind,
                    "UNSPECIFIED",
                    start,
                    "2037-12-30",
                    "SERVING",
                    "ENABLED",
                    "",
                ]
            )
        groups += [
            [group.id, made, "SEARCH_STANDARD", campaign.id, campaign.name, group.name, "ENABLED"]
            for group in ad_groups(campaign, story.scale)
        ]
    header = (
        "id updated_at name customer_id advertising_channel_type advertising_channel_subtype start_date end_date "
        "serving_status status tracking_url_template"
    )
    folder.csv("google_ads_campaign_history_data.csv", taken, header, campaigns)
    folder.csv(
        "google_ads_ad_group_history_data.csv",
        taken,
        "id updated_at type campaign_id campaign_name name status",
        groups,
    )
    header = (
        "id updated_at _fivetran_synced auto_tagging_enabled currency_code descriptive_name hidden manager "
        "test_account time_zone"
    )
    account = [
        CUSTOMER,
        "2023-05-02 08:00:00",
        _time(taken),
        "TRUE",
        "USD",
        "Standfest",
        "FALSE",
        "FALSE",
        "FALSE",
        "America/New_York",
    ]
    folder.csv("google_ads_account_history_data.csv", taken, header, [account])


def _time(moment: dt.datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M:%S")
