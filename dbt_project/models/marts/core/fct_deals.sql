-- One row per deal, open, won or lost, with what has come of it; `counts_*` say in which KPIs it counts.
with deals as (
    select * from {{ ref('int_deals') }}
),

customers as (
    select * from {{ ref('int_customers') }}
),

outcomes as (
    select deal_key, sum(refunds) as refunds, sum(refunded_units) as refunded_units, sum(cost_of_goods) as cost_of_goods
    from {{ ref('int_sales') }}
    group by deal_key
),

labels as (
    select * from {{ ref('int_campaign_labels') }}
),

repeats as (
    select deal_key, max(is_repeat) as is_repeat
    from {{ ref('int_won_lines') }}
    group by deal_key
),

dated_by_order as (
    select distinct deal_key from {{ ref('int_refunds') }} where refunded_at_is_estimated
),

joined as (
    select
        deals.deal_key,
        deals.source,
        deals.deal_id,
        deals.lead_key,
        deals.lead_is_unknown,
        deals.person_key,
        deals.customer_key,
        deals.created_at,
        deals.created_at_is_date,
        deals.created_date,
        deals.created_at_is_estimated,
        deals.closed_at,
        deals.closed_at_is_date,
        deals.closed_date,
        deals.closed_at_is_estimated,
        deals.cycle_seconds,
        deals.owner as sales_rep,
        deals.channel,
        deals.campaign,
        labels.campaign_key,
        deals.channel_is_paid,
        deals.product,
        deals.stage,
        deals.status,
        deals.lost_reason,
        deals.probability,
        deals.currency,
        deals.amount_source,
        deals.amount,
        deals.units,
        cast(coalesce(outcomes.refunds, 0) as decimal(28, 2)) as refunds,
        cast(coalesce(outcomes.refunded_units, 0) as decimal(28, 6)) as refunded_units,
        cast(coalesce(outcomes.cost_of_goods, deals.cost_of_goods) as decimal(28, 2)) as cost_of_goods,
        customers.first_deal_key is not null as is_first_won,
        coalesce(repeats.is_repeat, false) as is_repeat,
        deals.is_deleted,
        deals.is_test,
        deals.counts_won,
        deals.counts_open,
        deals.counts_lost,
        trim(
            deals.flags || case when dated_by_order.deal_key is not null then ' refund_dated_by_order' else '' end
        ) as flags
    from deals
    left join dated_by_order on deals.deal_key = dated_by_order.deal_key
    left join customers on deals.deal_key = customers.first_deal_key
    left join outcomes on deals.deal_key = outcomes.deal_key
    left join labels on deals.channel = labels.channel and deals.campaign = labels.campaign
    left join repeats on deals.deal_key = repeats.deal_key
)

select * from joined
