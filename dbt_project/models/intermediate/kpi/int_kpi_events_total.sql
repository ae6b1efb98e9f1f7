{{ config(meta={'parts': parts_by_date([
    'int_ad_spend', 'int_costs_allocated', 'int_kpi_leads', 'int_kpi_deals', 'int_sales', 'int_kpi_results',
])}) }}
-- What the company's KPIs add up, by day.
with ad_spend as (
    select * from {{ ref('int_ad_spend') }} where counts
),

costs as (
    select * from {{ ref('int_costs_allocated') }} where dimension = 'channel'
),

leads as (
    select * from {{ ref('int_kpi_leads') }}
),

deals as (
    select * from {{ ref('int_kpi_deals') }}
),

sales as (
    select * from {{ ref('int_sales') }}
),

results as (
    select * from {{ ref('int_kpi_results') }}
),

{{ kpi_events([], ['ad_spend', 'costs', 'leads', 'deals', 'sales', 'results']) }}

select * from kpi_events
