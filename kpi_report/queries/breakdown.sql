-- campaigns have no weeks here, and of a period the 200 with the most revenue: thousands would not open at once
with members as (
    select 'channel' as dimension, channel as member, * exclude (channel) from kpi_by_channel
    union all by name
    select 'campaign' as dimension, channel || ' / ' || campaign as member, * exclude (channel, campaign)
    from kpi_by_campaign
    where grain <> 'week'
    union all by name
    select 'sales_rep' as dimension, sales_rep as member, * exclude (sales_rep) from kpi_by_sales_rep
    union all by name
    select 'product' as dimension, product as member, * exclude (product) from kpi_by_product
),

-- what explains a change of revenue of those whose days the page doesn't have
sums as (
    select grain, period_start, dimension, member, won_amount, won_deals_with_amount
    from kpi_sums
    where dimension in ('campaign', 'product')
)

select
    grain, period_start, dimension, member, ad_spend, marketing_cost, leads, cpl, contacted_leads, qualified_leads,
    opportunities, lead_to_deal_conversion, median_response_minutes, sla_share, won_deals, win_rate, average_check,
    units_sold, revenue, gross_profit, cac, roi, sums.won_amount, sums.won_deals_with_amount
from members
left join sums using (grain, period_start, dimension, member)
where
    grain <> 'day'
    and (leads <> 0 or won_deals <> 0 or lost_deals <> 0 or revenue <> 0 or marketing_cost <> 0)
qualify
    dimension <> 'campaign'
    or row_number() over (
        partition by dimension, grain, period_start order by revenue desc nulls last, leads desc, member
    ) <= 200
order by grain, period_start, dimension, member
