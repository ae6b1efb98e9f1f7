-- Costs other than ad spend, of marketing and of sales, by day and by the channel and campaign that carry them.
with allocated as (
    select * from {{ ref('int_costs_allocated') }} where dimension = 'channel'
),

costs as (
    select
        cost_key,
        date,
        source,
        department,
        cost_type,
        member as channel,
        campaign,
        basis,
        amount
    from allocated
)

select * from costs
