"""Channels and campaigns: rules first, then the row's own words, then the built-in rules."""

import pytest

from tests.dbt_project.intermediate.world import World


@pytest.mark.parametrize(
    ("lead", "channel", "is_paid"),
    [
        ("c1", "Brand", True),  # both fields of the first rule match, in another case
        ("c2", "Brand other", False),  # only the second rule matches
        ("c3", "Own name", True),  # own channel before built-in; one spelling; paid because it has spend
        ("c4", "Paid Search", True),
        ("c6", "Organic Social", False),  # l.facebook.com
        ("c7", "unmapped", False),
        ("c5", "unmapped", False),  # a campaign is something
        ("a1", "unattributed", False),  # nothing was given
    ],
)
def test_channel_of_a_lead(world: World, lead: str, channel: str, is_paid: bool) -> None:
    assert world.one("int_leads", lead, "channel", "channel_is_paid") == (channel, is_paid)


@pytest.mark.parametrize(
    ("lead", "campaign"),
    [
        ("c4", "Search DE"),  # its utm_campaign is that of this campaign's spend
        ("c5", "Spring sale"),  # its utm_campaign is a campaign id
        ("c8", "Spring sale"),  # its id has a newer name than the lead knows
        ("c9", "(none)"),
    ],
)
def test_campaign_of_a_lead_meets_that_of_the_spend(world: World, lead: str, campaign: str) -> None:
    assert world.one("int_leads", lead, "campaign") == campaign
