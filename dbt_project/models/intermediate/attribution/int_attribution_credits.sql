-- Until touches are there, a won deal belongs wholly to the channel and campaign of its lead, else its own.
with deals as (
    select * from {{ ref('int_deals') }}
),

workspace as (
    select * from {{ source('settings', 'workspace') }}
),

credited as (
    select
        deals.deal_key,
        workspace.default_model as model,
        deals.channel,
        deals.campaign,
        cast(1 as decimal(18, 9)) as credit,
        cast(coalesce(deals.amount, 0) as decimal(18, 2)) as revenue
    from deals
    cross join workspace
    where deals.counts_won
)

select * from credited
