"""Checks of sums by day (daily_results): leads, deals and revenue that nobody has records of."""

from decimal import Decimal

from data_checks.checks import Check, between, not_null, unique
from data_checks.suites import common

RESULTS = "intermediate.int_daily_results"

CHECKS = (
    Check(
        name="results_key",
        table=RESULTS,
        expects="Every sum has a key of its own, a day, a channel and a campaign, and none is less than nothing",
        why="It would be counted twice, be in no period or of no channel, or take leads and deals away",
        columns=(
            *unique("result_key"),
            *not_null("result_key", "date", "channel", "campaign"),
            *between("impressions", "clicks", "leads", "qualified_leads", "opportunities", "won_deals", minimum=0),
        ),
    ),
    Check(
        name="results_beside_records",
        table=RESULTS,
        expects="No sum of leads or deals counts of a channel, campaign and month that records say the same of",
        why="An agency's report beside the CRM would double them",
        rows="""
            with records as (
                select 'leads' as kind, date_trunc('month', created_date) as month, channel, campaign
                from intermediate.int_leads where counts
                union
                select 'deals', date_trunc('month', deals.closed_date), credits.channel, credits.campaign
                from intermediate.int_deals as deals
                inner join intermediate.int_attribution_credits as credits on deals.deal_key = credits.deal_key
                where deals.counts_won
            )
            select results.source, results.channel, results.campaign, results.date, records.kind
            from {batch} as results
            inner join records
                on results.channel = records.channel and results.campaign = records.campaign
                and date_trunc('month', results.date) = records.month
            where case records.kind when 'leads' then results.leads_count else results.deals_count end
        """,
    ),
    common.nothing_kept("results_nothing_kept", RESULTS, "daily_results"),
    common.refused_share("results_refused_share", RESULTS, "daily_results"),
    Check(
        name="results_twice",
        table=RESULTS,
        expects="No two sources give sums of the same channel, campaign and day",
        why="They would be counted twice: name only one of them in funnelmart.yml, or cut their days apart",
        rows="""
            select one.channel, one.campaign, one.source, other.source as other_source, min(one.date) as first_day,
                max(one.date) as last_day, count(*) as days, sum(least(one.leads, other.leads)) as leads,
                sum(least(one.revenue, other.revenue)) as revenue
            from {batch} as one
            inner join {batch} as other
                on one.channel = other.channel and one.campaign = other.campaign and one.date = other.date
                and one.source < other.source
            where (one.leads_count and other.leads_count and least(one.leads, other.leads) > 0)
                or (one.deals_count and other.deals_count and least(one.won_deals, other.won_deals) > 0)
            group by all
        """,
        severity="warning",
        threshold=Decimal(0),
    ),
    common.share(
        "results_without_quality",
        RESULTS,
        expects="Sums of leads say how many of them qualified",
        why="The qualification rate of the whole company looks lower than it is",
        bad="qualified_leads is null",
        among="leads_count and leads > 0",
        sample="date, source, channel, campaign, leads",
    ),
)
