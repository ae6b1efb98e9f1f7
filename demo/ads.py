"""What the ad platforms count: per campaign and day cost, clicks and impressions, broken down to ad groups and ads."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from demo.dice import Dice, split
from demo.fx import FxRates
from demo.story import Campaign, Story


@dataclass(frozen=True)
class AdGroup:
    """An ad group (Google) or ad set (Meta) with its ads; weights are shares of its campaign and of the group."""

    id: str
    name: str
    weight: int
    ads: tuple[tuple[str, str, int], ...]  # id, name, weight


@dataclass(frozen=True)
class CampaignDay:
    """One campaign on one day; cost in millionths of the account's currency."""

    campaign: Campaign
    day: dt.date
    cost: int
    clicks: int
    impressions: int
    leads: int

    def split(self, weights: list[int], unit: int) -> list[tuple[int, int, int, int]]:
        """Cost (in whole `unit`s), clicks, impressions and leads by weight; the parts sum to the whole."""
        cost = [part * unit for part in split(self.cost // unit, weights)]
        return list(
            zip(
                cost,
                split(self.clicks, weights),
                split(self.impressions, weights),
                split(self.leads, weights),
                strict=True,
            )
        )


def ad_groups(campaign: Campaign, scale: float) -> list[AdGroup]:
    """The groups of a campaign; scale gives each more ads."""
    if campaign.levels == "campaign":
        return []
    groups = []
    for number, (name, weight) in enumerate((("core", 65), ("test", 35)), start=1):
        group = f"{campaign.id}{number:02d}"
        ads = tuple(
            (f"{group}{ad:02d}", f"{campaign.name}_{name}_{ad}", 100 - 100 * ad // (2 * round(max(2, 2 * scale)) + 1))
            for ad in range(1, round(max(2, 2 * scale)) + 1)
        )
        groups.append(AdGroup(group, f"{campaign.name}_{name}", weight, ads))
    return groups


def campaign_days(story: Story, rates: FxRates, platform: str, currency: str, unit: int) -> Iterator[CampaignDay]:
    """Every day on which a campaign of the platform ran; cost rounded to `unit` millionths of the currency."""
    last = story.export.date()
    missing = story.events["missing_extract"]
    for campaign in story.campaigns:
        if campaign.platform != platform:
            continue
        for day in story.days:
            if day == last or (platform == missing.change["platform"] and day in missing):
                continue
            expected = story.expected_leads(campaign, day)
            if expected:
                dice = Dice(story.seed, "ads", campaign.name, day)
                eur = expected * campaign.cost * dice.between(0.82, 1.18)
                clicks = round(eur / campaign.click * dice.between(0.9, 1.1))
                impressions = round(clicks / campaign.ctr * dice.between(0.85, 1.15)) + clicks
                cost = rates.from_eur(round(eur * 1_000_000), currency, day) // unit * unit
                yield CampaignDay(campaign, day, cost, clicks, impressions, round(expected * dice.between(0.8, 1.3)))


def restate(row: CampaignDay) -> CampaignDay:
    """The day as the platform states it two weeks later: invalid clicks credited, late conversions found."""
    return CampaignDay(
        row.campaign,
        row.day,
        row.cost * 96 // 1_000_000 * 10_000,
        row.clicks * 97 // 100,
        row.impressions,
        row.leads + 1,
    )


@dataclass(frozen=True)
class Extract:
    """One extract: the days it covers, and whether they are final or as known at once."""

    taken: dt.datetime
    first: dt.date
    last: dt.date
    final: bool


def extracts(story: Story) -> list[Extract]:
    """One a year, one before the last, and the last, which states the two weeks before once more."""
    day = dt.timedelta(days=1)
    ends = [dt.datetime(year, 1, 2, 4) for year in range(story.start.year + 1, story.export.year + 1)]
    found, first = [], story.start
    for taken in [*ends, story.restated]:
        last = taken.date() - day
        found.append(Extract(taken, first, last, final=taken != story.restated))
        first = last + day
    return [*found, Extract(story.export, story.restated.date() - 14 * day, story.export.date() - day, final=True)]


def stated(extract: Extract, row: CampaignDay, story: Story) -> CampaignDay | None:
    """The row as this extract has it, or None where the extract doesn't cover its day."""
    if not extract.first <= row.day <= extract.last:
        return None
    restated = story.restated.date() - dt.timedelta(days=14) <= row.day < story.restated.date()
    return restate(row) if restated and extract.final else row
