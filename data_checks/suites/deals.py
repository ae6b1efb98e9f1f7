"""Checks of the canonical deals, their lines, their refunds and to whom they are credited."""

from data_checks.checks import Check, not_null, unique
from data_checks.suites import common, learned, links, unusual

DEALS = "intermediate.int_deals"
LINES = "intermediate.int_deal_lines"
REFUNDS = "intermediate.int_refunds"
CREDITS = "intermediate.int_attribution_credits"

CHECKS = (
    Check(
        name="deals_key",
        table=DEALS,
        expects="Every deal has a key of its own",
        why="Revenue would be counted twice or never",
        columns=(*unique("deal_key"), *not_null("deal_key")),
    ),
    Check(
        name="deals_required",
        table=DEALS,
        expects="Every deal has a status, an owner, a channel and a campaign",
        why="It would be missing from the KPIs of its kind or its member",
        columns=not_null("source", "status", "owner", "channel", "campaign", "is_won", "is_lost", "counts_won"),
    ),
    Check(
        name="deals_values",
        table=DEALS,
        expects="A deal is open, won or lost, and a won or lost one has a day on which it closed",
        why="It would be in no period, in two, or in one that has not come yet",
        rows="""
            select deal_key, status, created_date, closed_date, cycle_seconds
            from {batch} cross join settings.workspace as workspace
            where status not in ('open', 'won', 'lost')
                or is_won <> (status = 'won') or is_lost <> (status = 'lost')
                or (status <> 'open' and closed_date is null)
                or (status <> 'open' and closed_date > workspace.today + 1)
                or created_date > workspace.today + 1
                or cycle_seconds < 0
        """,
    ),
    Check(
        name="deals_converted",
        table=DEALS,
        expects="Every amount is its source amount at the rate of its day",
        why="Revenue would miss the deal or add up different currencies",
        rows="""
            select deals.deal_key, deals.closed_date, deals.currency, deals.amount_source, deals.amount, rates.rate
            from {batch} as deals
            cross join settings.workspace as workspace
            left join intermediate.int_fx_rates_daily as rates
                on coalesce(deals.closed_date, deals.created_date, workspace.today) = rates.date
                and deals.currency = rates.currency
            where (deals.amount_source is null) <> (deals.amount is null)
                or (deals.amount_source is not null and deals.currency is null)
                or (deals.amount_source is not null and deals.currency <> workspace.reporting_currency
                    and rates.rate is null)
                -- half a cent of rounding
                or abs(deals.amount - cast(deals.amount_source as decimal(28, 6))
                    * case when deals.currency = workspace.reporting_currency then 1 else rates.rate end) > 0.00501
        """,
    ),
    Check(
        name="deal_lines_share",
        table=LINES,
        expects="The lines of a won deal share it out completely",
        why="KPIs by product would not add up to the total",
        rows="""
            with shares as (select deal_key, count(*) as lines, sum(share) as share from {batch} group by deal_key)
            select deals.deal_key, shares.lines, shares.share
            from intermediate.int_deals as deals
            left join shares on deals.deal_key = shares.deal_key
            where deals.counts_won and (shares.share is null or abs(shares.share - 1) > 0.0000005)
        """,
    ),
    Check(
        name="deal_lines_key",
        table=LINES,
        expects="Every line has a key of its own",
        why="Units and products would be counted twice",
        columns=(*unique("deal_key", "line_id"), *not_null("deal_key", "line_id")),
    ),
    Check(
        name="refunds_key",
        table=REFUNDS,
        expects="Every refund has a key of its own and a day",
        why="Revenue would be lowered twice or not at all",
        columns=(*unique("refund_key"), *not_null("refund_key", "refunded_at", "refunded_date", "counts")),
    ),
    Check(
        name="credits_sum",
        table=CREDITS,
        expects="Each won deal is credited once in full in each model",
        why="Revenue by channel would not add up to the total",
        rows="""
            with credited as (
                select deal_key, model, sum(credit) as credit, sum(revenue) as revenue from {batch} group by all
            )
            select deals.deal_key, credited.model, credited.credit, credited.revenue, deals.amount
            from intermediate.int_deals as deals
            left join credited on deals.deal_key = credited.deal_key
            where deals.counts_won
                and (credited.credit is null or credited.credit <> 1 or credited.revenue <> coalesce(deals.amount, 0))
        """,
    ),
    common.none_lost("deals_none_lost", DEALS, "deals", "deal_key", "deal_id"),
    common.nothing_kept("deals_nothing_kept", DEALS, "deals"),
    common.nothing_kept("refunds_nothing_kept", REFUNDS, "refunds"),
    common.refused_share("deals_refused_share", DEALS, "deals", money="amount"),
    learned.freshness("deals_freshness", DEALS, "greatest(created_date, closed_date)", 14),
    learned.anomaly(
        "deals_volume", DEALS, "number of new deals", "created_date",
        value="count(*)", where="not is_test", floor="sqrt(usual), 1", threshold="5",
    ),
    common.unmapped_stages(
        "deals_stage_unmapped", DEALS, "deals without a status", unmapped="position('unmapped_stage' in flags) > 0"
    ),
    common.share(
        "deals_closed_before_created",
        DEALS,
        expects="No deal closed before it was created",
        why="Its cycle is unknown; the CRM was filled in afterwards",
        bad="closed_date < created_date",
        among="status <> 'open' and not created_at_is_estimated and not closed_at_is_estimated",
        sample="deal_key, created_date, closed_date",
    ),
    common.share(
        "deals_closing_estimated",
        DEALS,
        expects="Won and lost deals say when they closed",
        why="They count in the period of their last sign of life and are left out of durations and curves",
        bad="closed_at_is_estimated",
        among="counts_won or counts_lost",
        sample="deal_key, created_date, closed_date, status",
    ),
    common.share(
        "deals_won_without_amount",
        DEALS,
        expects="Won deals have an amount",
        why="They count as deals but bring no revenue, and average_check leaves them out",
        bad="amount is null",
        among="counts_won",
        sample="deal_key, closed_date, source",
    ),
    common.share(
        "refunds_dated_by_order",
        REFUNDS,
        expects="Refunds say when the money went back",
        why="They lower revenue on the day of their order, perhaps in a period that was closed long ago",
        bad="refunded_at_is_estimated",
        among="counts",
        sample="refund_key, refunded_date, source",
    ),
    unusual.before_history("deals_before_history", DEALS, "deals", "deal_key", "least(created_date, closed_date)"),
    unusual.before_history("refunds_before_history", REFUNDS, "refunds", "refund_key", "refunded_date"),
    unusual.negative(
        "deals_negative", DEALS, "deals",
        "A refund may have been entered as a deal: it lowers revenue and counts as a deal won",
        "deal_key", "closed_date",
    ),
    unusual.negative(
        "refunds_negative", REFUNDS, "refunds",
        "A refund below nothing raises revenue: the export may give refunds with a minus",
        "refund_key", "refunded_date",
    ),
    *links.CHECKS,
    common.count("deals_won", DEALS, "won deals", "counts_won"),
    common.count("deals_open", DEALS, "open deals", "counts_open"),
)  # fmt: skip
