-- What the KPIs by product add up, by day: leads by the product they asked for, deals by each line's share.
with costs as (
    select *, member as product from {{ ref('int_costs_allocated') }} where dimension = 'product'
),

leads as (
    select * from {{ ref('int_kpi_leads') }}
),

deal_lines as (
    select * from {{ ref('int_deal_line_values') }}
),

deals as (
    select
        deals.date,
        deals.won_deals,
        deals.won_deals_with_amount,
        deals.deals_with_units,
        deals.new_customers,
        deals.won_amount,
        deals.ltv_gross_profit,
        deals.units,
        coalesce(deal_lines.product, deals.product) as product,
        deals.deals_created * coalesce(deal_lines.share, 1) as deals_created,
        case
            when deals.deals_created = 1 and deal_lines.deal_key is not null then deal_lines.amount_when_created
            else deals.pipeline_created
        end as pipeline_created,
        deals.open_deals_change * coalesce(deal_lines.share, 1) as open_deals_change,
        case
            when deal_lines.deal_key is not null then deals.open_deals_change * deal_lines.amount_today
            else deals.open_pipeline_change
        end as open_pipeline_change,
        deals.lost_deals * coalesce(deal_lines.share, 1) as lost_deals
    from {{ ref('int_kpi_deals') }} as deals
    left join deal_lines on deals.deal_key = deal_lines.deal_key
),

sales as (
    select * from {{ ref('int_sale_lines') }}
),

results as (
    select * from {{ ref('int_kpi_results') }}
),

{{ kpi_events(['product'], ['costs', 'leads', 'deals', 'sales', 'results']) }}

select * from kpi_events
