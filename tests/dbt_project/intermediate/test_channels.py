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
        ("c5", "Paid Search", True),  # no rule, but the only channel with spend on its campaign
        ("a1", "unattributed", False),  # nothing was given
    ],
)
def test_channel_of_a_lead(world: World, lead: str, channel: str, is_paid: bool) -> None:
    assert world.one("int_leads", lead, "channel", "channel_is_paid") == (channel, is_paid)


@pytest.mark.parametrize(
    ("lead", "campaign", "match"),
    [
        ("c4", "Search DE", "name"),  # its utm_campaign is that of this campaign's spend
        ("c5", "Spring sale", "id"),  # its utm_campaign is a campaign id
        ("c8", "Spring sale", "id"),  # its id has a newer name than the lead knows
        ("c9", "(none)", "none"),
    ],
)
def test_campaign_of_a_lead_meets_that_of_the_spend(world: World, lead: str, campaign: str, match: str) -> None:
    assert world.one("int_leads", lead, "campaign", "campaign_match") == (campaign, match)


def test_spend_without_leads_and_paid_leads_without_spend_are_listed(world: World) -> None:
    """The spend of `Own name` names no campaign; c1, c3 and c9 came by paid channels and name none either."""
    assert world.ask("select channel, campaign, reason, spend, clicks from unmatched_spend where platform is null") == [
        ("Own name", "(none)", "no_campaign", 1, 1)
    ]
    assert world.ask("select channel, campaign, reason, candidates, leads from unmatched_leads order by all") == [
        ("Brand", "(none)", "none", 0, 1),
        ("Own name", "(none)", "none", 0, 2),
    ]


def test_spend_on_a_channel_that_a_rule_calls_unpaid_is_not_paid(world: World) -> None:
    """Paid by the rule, else built-in, else because it has spend."""
    assert world.ask("select distinct channel, channel_is_paid from int_ad_spend order by all") == [
        ("Brand other", False),
        ("Own name", True),
        ("Paid Search", True),
    ]


def test_a_cost_names_its_channel_in_the_spelling_of_all(world: World) -> None:
    """By the rules first, then as leads and spend spell it; among costs alone the first spelling; none stays none."""
    assert world.ask("select distinct cost_type, channel from int_marketing_costs order by all") == [
        ("agency", "Brand"),
        ("events", "Fair"),
        ("salaries", None),
        ("tools", "Own name"),
        ("tools", "Paid Search"),
    ]
