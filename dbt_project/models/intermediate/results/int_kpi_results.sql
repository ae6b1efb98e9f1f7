-- Sums that count, as the numbers that KPIs add up: of no sales representative and no product. What they cost to make
-- is by the gross margin of the workspace.
with results as (
    select * from {{ ref('int_daily_results') }} where ads_count or leads_count or deals_count
),

workspace as (
    select gross_margin from {{ source('settings', 'workspace') }}
),

counted as (
    select
        results.date,
        results.channel,
        results.campaign,
        'unassigned' as sales_rep,
        '(none)' as product,
        case when results.ads_count then results.impressions end as impressions,
        case when results.ads_count then results.clicks end as clicks,
        case when results.leads_count then results.leads end as leads,
        case when results.leads_count and results.channel_is_paid then results.leads end as paid_leads,
        case when results.leads_count then results.qualified_leads end as qualified_leads,
        case when results.leads_count then results.opportunities end as opportunities,
        case when results.deals_count then results.won_deals end as won_deals,
        case when results.deals_count and results.revenue is not null then results.won_deals end
            as won_deals_with_amount,
        case when results.deals_count then results.revenue end as won_amount,
        case
            when results.deals_count
                then round({{ converted('results.revenue', '(1 - workspace.gross_margin)') }}, 2)
        end as cost_of_goods
    from results
    cross join workspace
)

select * from counted
