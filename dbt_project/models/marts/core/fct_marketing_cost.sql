-- Costs other than ad spend, of marketing and of sales, by day and by the channel and campaign that carry them.
with allocated as (
    select * from {{ ref('int_costs_allocated') }} where dimension = 'channel'
),

labels as (
    select * from {{ ref('int_campaign_labels') }}
),

costs as (
    select
        allocated.cost_key,
        allocated.date,
        allocated.source,
        allocated.department,
        allocated.cost_type,
        allocated.member as channel,
        allocated.campaign,
        labels.campaign_key,
        allocated.basis,
        allocated.amount
    from allocated
    left join labels on allocated.member = labels.channel and allocated.campaign = labels.campaign
)

select * from costs
