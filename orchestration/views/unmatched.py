"""Ad spend without leads and paid leads without ad spend, as the published mart lists them."""

import dataclasses
from collections.abc import Iterator
from typing import Any

import duckdb

from orchestration.counted import counted
from orchestration.views.reader import rows

SHOWN = 3


@dataclasses.dataclass
class Unmatched:
    """Sums over `_meta.unmatched_spend` and `_meta.unmatched_leads`, and the greatest rows of each."""

    spend: dict[str, Any]
    leads: dict[str, Any]
    greatest_spend: list[dict[str, Any]]
    greatest_leads: list[dict[str, Any]]

    def lines(self, currency: str) -> Iterator[tuple[str, str]]:
        """Yield both lists for a terminal, a few rows each: name and text; nothing where nothing is unmatched."""
        if self.spend["campaigns"]:
            amount = f"{self.spend['spend']:,.2f} {currency}"
            yield (
                "unmatched",
                f"{amount} of ad spend on {counted(self.spend['campaigns'], 'campaign')} (_meta.unmatched_spend)",
            )
            for row in self.greatest_spend:
                yield "", f"{row['spend']:,.2f}  {row['channel']}, {row['campaign']}: {row['reason']}"
        if self.leads["leads"]:
            won = f"{self.leads['revenue']:,.2f} {currency} won"
            yield "unmatched", f"{counted(self.leads['leads'], 'lead')} of paid channels, {won} (_meta.unmatched_leads)"
            for row in self.greatest_leads:
                yield "", f"{row['leads']}  {row['channel']}, {row['campaign']}: {row['reason']}"


def unmatched(mart: duckdb.DuckDBPyConnection) -> Unmatched:
    """Read what is unmatched from an open published mart; money is in the reporting currency."""
    [spend] = rows(mart, "select count(*) as campaigns, coalesce(sum(spend), 0) as spend from _meta.unmatched_spend")
    [leads] = rows(
        mart,
        "select cast(coalesce(sum(leads), 0) as bigint) as leads, coalesce(sum(revenue), 0) as revenue"
        " from _meta.unmatched_leads",
    )
    return Unmatched(
        spend,
        leads,
        rows(
            mart,
            "select channel, campaign, reason, spend from _meta.unmatched_spend"
            f" order by spend desc, channel, campaign limit {SHOWN}",
        ),
        rows(
            mart,
            "select channel, campaign, reason, cast(sum(leads) as bigint) as leads, sum(revenue) as revenue"
            " from _meta.unmatched_leads group by channel, campaign, reason"
            f" order by revenue desc, leads desc, channel, campaign limit {SHOWN}",
        ),
    )
