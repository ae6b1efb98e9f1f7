"""The check that no two sources deliver the same spend, such as a connector and the platform's own report."""

from decimal import Decimal

from data_checks.checks import Check


def delivered_twice(name: str, table: str) -> Check:
    """A platform's campaign has spend of one day from two sources.

    The same campaign is one of the same id, else of the same name in the same account; spend of an account without
    campaigns overlaps with any of its campaigns.
    """
    return Check(
        name=name,
        table=table,
        expects="No two sources deliver spend of the same campaign and day",
        why="The money would be counted twice: name only one of them in funnelmart.yml, or cut their days apart",
        rows="""
            with days as (
                select
                    source, lower(platform) as platform, date, replace(account_id, '-', '') as account_id,
                    campaign_id, lower(campaign) as campaign, sum(spend) as spend
                from {batch} where counts and spend > 0 and platform is not null group by all
            ),
            shared as (
                select platform, date from days group by platform, date having count(distinct source) > 1
            ),
            candidates as (
                select days.* from days
                inner join shared on days.platform = shared.platform and days.date = shared.date
            )
            select
                one.platform, one.source, other.source as other_source, min(one.date) as first_day,
                max(one.date) as last_day, count(distinct one.date) as days, max(one.campaign) as campaign,
                sum(least(one.spend, other.spend)) as spend
            from candidates as one
            inner join candidates as other
                on one.platform = other.platform and one.date = other.date and one.source < other.source
                and (
                    one.campaign_id = other.campaign_id
                    or (
                        one.account_id = other.account_id
                        and (one.campaign = other.campaign or '(none)' in (one.campaign, other.campaign))
                    )
                )
            group by one.platform, one.source, other.source, coalesce(one.campaign_id, one.campaign)
            order by spend desc
        """,
        severity="warning",
        threshold=Decimal(0),
    )
