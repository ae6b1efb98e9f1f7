-- What the KPIs by sales representative add up, by day: leads by their owner, deals by theirs.
with costs as (
    select *, member as sales_rep from {{ ref('int_costs_allocated') }} where dimension = 'sales_rep'
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

{{ kpi_events(['sales_rep'], ['costs', 'leads', 'deals', 'sales', 'results']) }}

select * from kpi_events
