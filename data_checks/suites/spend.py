"""Checks of ad spend, of the other costs and of exchange rates."""

from decimal import Decimal

from data_checks.checks import Check, between, not_null, unique
from data_checks.suites import common, learned, unusual
from data_checks.suites.spend_twice import delivered_twice, in_two_files

SPEND = "intermediate.int_ad_spend"
COSTS = "intermediate.int_marketing_costs"
RATES = "intermediate.int_fx_rates_daily"

CHECKS = (
    Check(
        name="spend_key",
        table=SPEND,
        expects="Every row of spend has a key of its own",
        why="The same money would be counted twice",
        columns=(*unique("spend_key"), *not_null("spend_key")),
    ),
    Check(
        name="spend_required",
        table=SPEND,
        expects="Every row of spend has a day, an amount, a channel and a campaign",
        why="The money would be in no period or of no channel",
        columns=not_null("source", "date", "spend", "currency", "channel", "campaign", "counts"),
    ),
    Check(
        name="spend_range",
        table=SPEND,
        expects="Spend, clicks and impressions are not negative",
        why="Costs per click and per lead would be too low",
        columns=between("spend", "spend_source", "clicks", "impressions", minimum=0),
    ),
    Check(
        name="spend_future",
        table=SPEND,
        expects="No spend is later than tomorrow",
        why="A date was read wrongly, such as day and month exchanged",
        rows="""
            select spend_key, date, source from {batch} cross join settings.workspace as workspace
            where date > workspace.today + 1
        """,
    ),
    Check(
        name="spend_converted",
        table=SPEND,
        expects="Every amount is its source amount at the rate of its day",
        why="Money of different currencies would be added up",
        rows="""
            select spend.spend_key, spend.date, spend.currency, spend.spend_source, spend.spend, rates.rate
            from {batch} as spend
            left join intermediate.int_fx_rates_daily as rates
                on spend.date = rates.date and spend.currency = rates.currency
            cross join settings.workspace as workspace
            where abs(
                spend.spend - cast(spend.spend_source as double)
                * case when spend.currency = workspace.reporting_currency then 1 else rates.rate end
            ) > 0.00001 + 0.000001 * abs(spend.spend_source)
                or (spend.spend_source is not null and spend.spend is null)
                or (spend.currency <> workspace.reporting_currency and rates.rate is null)
        """,
    ),
    Check(
        name="fx_rates",
        table=RATES,
        expects="There is one positive rate for each currency and day",
        why="Money would be counted twice or turn into nothing",
        columns=(*unique("date", "currency"), *between("rate", minimum=0.000001), *not_null("rate")),
    ),
    Check(
        name="costs_required",
        table=COSTS,
        expects="Every cost has a key of its own for each day, an amount, a type and a department",
        why="Profit and return would leave it out",
        columns=(*unique("cost_key", "date"), *not_null("date", "amount", "cost_type", "department", "counts")),
    ),
    common.nothing_kept("spend_nothing_kept", SPEND, "ad_spend"),
    common.nothing_kept("costs_nothing_kept", COSTS, "marketing_costs"),
    common.refused_share("spend_refused_share", SPEND, "ad_spend", money="spend"),
    common.refused_share("costs_refused_share", COSTS, "marketing_costs", money="amount"),
    learned.freshness("spend_freshness", SPEND, "date", 3),
    learned.anomaly(
        "spend_anomaly", SPEND, "spend", "date",
        value="sum(spend)", where="counts", floor="0.1 * abs(usual), 1", threshold="6",
    ),
    learned.anomaly(
        "spend_volume", SPEND, "number of rows of spend", "date",
        value="count(*)", where="counts", floor="sqrt(usual), 1", threshold="5",
    ),
    Check(
        name="spend_gaps",
        table=SPEND,
        expects="A campaign that runs has spend every day",
        why="A day is missing from the extract, or the campaign stood still",
        rows="""
            with days as (
                select distinct source, campaign_id, campaign, date
                from {batch} cross join settings.workspace as workspace
                where counts and spend > 0 and date > workspace.today - 60
            ),
            runs as (
                select source, campaign_id, campaign, count(*) as active_days,
                    cast(max(date) - min(date) as integer) + 1 as span, min(date) as first_day, max(date) as last_day
                from days group by all
            )
            select source, campaign_id, campaign, first_day, last_day, span - active_days as missing_days from runs
            -- a campaign that pauses each weekend is planned that way; one that runs nearly daily has lost a day
            where span >= 14 and span > active_days and active_days >= 0.8 * span
        """,
        severity="warning",
        threshold=Decimal(0),
    ),
    delivered_twice("spend_delivered_twice", SPEND),
    in_two_files(
        "spend_in_two_files", f"{SPEND}__judged", "spend of the same campaign and day", "spend",
        ("platform", "channel", "account_id", "campaign_id", "ad_group_id", "ad_id"),
    ),
    in_two_files(
        "costs_in_two_files", f"{COSTS}__judged", "the same cost of the same days", "amount",
        ("cost_type", "department", "channel", "campaign", "amount"),
    ),
    common.share(
        "spend_channel_unmapped",
        SPEND,
        expects="Nearly all rows of spend belong to a known channel",
        why="Channels look cheaper than they are: add a rule under `channels` in funnelmart.yml",
        bad="channel = 'unmapped'",
        among="counts",
        sample="spend_key, date, source, platform, utm_source, utm_medium",
        threshold="0.05",
    ),
    common.share(
        "spend_clicks_over_impressions",
        SPEND,
        expects="Clicks are not more than impressions",
        why="The platform counts them on different days, or columns are exchanged",
        bad="clicks > impressions",
        among="impressions is not null and clicks is not null",
        sample="spend_key, date, source, impressions, clicks",
    ),
    unusual.before_history("spend_before_history", SPEND, "spend", "spend_key", "date"),
    unusual.before_history("costs_before_history", COSTS, "costs", "cost_key", "date"),
    unusual.negative(
        "costs_negative", COSTS, "other costs",
        "A credit note is one; else a sign is wrong and profit and return look better than they are",
        "cost_key", "date",
    ),
    Check(
        name="costs_content_without_channel",
        table=COSTS,
        expects="Content and SEO name the channel that they work for",
        why="Without one they stay unattributed and the channel looks free",
        rows="""
            select cost_key, cost_type, min(date) as first_day, max(date) as last_day, sum(amount) as amount
            from {batch}
            where counts and lower(cost_type) in ('content', 'seo')
                and coalesce(channel, 'unattributed') = 'unattributed'
            group by cost_key, cost_type order by first_day desc
        """,
        severity="warning",
        threshold=Decimal(0),
    ),
    common.count("spend_rows", SPEND, "rows of spend that count", "counts"),
)  # fmt: skip
