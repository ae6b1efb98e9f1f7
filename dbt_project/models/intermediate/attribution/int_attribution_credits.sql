-- The credits of the workspace's default model: what the KPIs by channel and campaign stand on.
with credits as (
    select * from {{ ref('int_deal_credits') }}
),

workspace as (
    select default_model from {{ source('settings', 'workspace') }}
),

credited as (
    select
        credits.deal_key,
        credits.model,
        credits.channel,
        credits.campaign,
        credits.credit,
        credits.revenue,
        credits.gross_profit
    from credits
    inner join workspace on credits.model = workspace.default_model
)

select * from credited
