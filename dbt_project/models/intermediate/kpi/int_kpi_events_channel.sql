{{ config(meta={'parts': parts_by_date([
    'int_ad_spend', 'int_costs_allocated', 'int_kpi_leads', 'int_kpi_deals', 'int_sales_credited', 'int_kpi_results',
])}) }}
-- What the KPIs by channel and campaign add up, by day. Leads, lost and open deals stand where the lead came from, what
-- won deals bring where the attribution credits stand.
with ad_spend as (
    select * from {{ ref('int_ad_spend') }} where counts
),

costs as (
    select *, member as channel from {{ ref('int_costs_allocated') }} where dimension = 'channel'
),

leads as (
    select * from {{ ref('int_kpi_leads') }}
),

deals as (
    select * from {{ ref('int_kpi_deals') }}
),

sales as (
    select * from {{ ref('int_sales_credited') }}
),

results as (
    select * from {{ ref('int_kpi_results') }}
),

{{ kpi_events(['channel', 'campaign'], ['ad_spend', 'costs', 'leads', 'deals', 'sales', 'results']) }}

select * from kpi_events
