"""Paid leads that no campaign with spend explains, beside spend that no lead refers to: names that may be one."""

from decimal import Decimal

import duckdb

from orchestration.settings import Settings
from orchestration.views.reader import rows
from orchestration.views.suggestions.suggestion import Change, Suggestion, is_ruled
from orchestration.views.suggestions.words import clearly_alike, most_alike

_LEADS = """
    select channel, campaign, utm_campaign, cast(sum(leads) as bigint) as rows, sum(revenue) as money
    from _meta.unmatched_leads where campaign <> '(none)' and reason <> 'ambiguous' group by all order by all
"""
_SPEND = """
    select channel, campaign, cast(sum(clicks) as bigint) as rows, sum(spend) as money
    from _meta.unmatched_spend where campaign <> '(none)' group by all order by all
"""
_LIKELY = 0.6


def unmatched_campaigns(mart: duckdb.DuckDBPyConnection, settings: Settings) -> list[Suggestion]:
    """A rule for each name of leads that is clearly like one campaign of the same channel that only has spend.

    Its money is the spend that would meet its leads.
    """
    spend = rows(mart, _SPEND)
    made, met = [], set()
    for lead in rows(mart, _LEADS):
        there = {row["campaign"]: Decimal(row["money"]) for row in spend if row["channel"] == lead["channel"]}
        similar = most_alike(lead["campaign"], there, _LIKELY)
        meant = clearly_alike(lead["campaign"], there, _LIKELY)
        word = "utm_campaign" if lead["utm_campaign"] == lead["campaign"] else "campaign_name"
        rule = {"when": {word: lead["campaign"]}, "campaign": meant}
        if is_ruled(settings.campaigns, {word: lead["campaign"]}):
            continue
        money = there[meant] if meant else Decimal(lead["money"])
        about = f"{lead['channel']}: {lead['campaign']}"
        change = Change(("campaigns",), item=rule) if meant else None
        made.append(Suggestion("campaign", about, "leads", lead["rows"], money, tuple(similar), change))
        met.add((lead["channel"], meant))
    for row in spend:
        if (row["channel"], row["campaign"]) not in met:
            about = f"{row['channel']}: {row['campaign']}"
            made.append(Suggestion("campaign", about, "ad_spend", 0, Decimal(row["money"])))
    return made
