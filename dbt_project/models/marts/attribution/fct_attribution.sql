-- Two kinds of rows that no key, day or campaign has in common: each deal's credits, and channel totals of all history.
with deal_credits as (
    select * from {{ ref('int_deal_credits') }}
),

channel_credits as (
    select * from {{ ref('int_channel_credits') }}
),

attribution as (
    select
        model,
        'deal' as credit_level,
        deal_key,
        closed_date,
        channel,
        campaign,
        cast(touches as bigint) as touches,
        credit,
        revenue,
        gross_profit
    from deal_credits
    union all
    select
        model,
        'history' as credit_level,
        cast(null as varchar) as deal_key,
        cast(null as date) as closed_date,
        channel,
        cast(null as varchar) as campaign,
        cast(null as bigint) as touches,
        credit,
        revenue,
        gross_profit
    from channel_credits
)

select * from attribution
