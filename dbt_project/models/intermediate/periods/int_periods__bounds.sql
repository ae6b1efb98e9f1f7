-- First and last day of any event; the last one is at least today.
with days as (
    select created_date as day from {{ ref('int_leads') }}
    union all
    select created_date as day from {{ ref('int_deals') }}
    union all
    select closed_date as day from {{ ref('int_deals') }}
    union all
    select refunded_date as day from {{ ref('int_refunds') }}
    union all
    select date as day from {{ ref('int_ad_spend') }}
    union all
    select date as day from {{ ref('int_daily_results') }}
),

workspace as (
    select today from {{ source('settings', 'workspace') }}
),

costs as (
    select min(date) as first_day from {{ ref('int_marketing_costs') }}
),

span as (
    select
        min(day) as first_day,
        max(day) as last_day
    from days
),

bounds as (
    select
        least(coalesce(span.first_day, workspace.today), coalesce(costs.first_day, workspace.today), workspace.today)
            as first_date,
        greatest(coalesce(span.last_day, workspace.today), workspace.today) as last_date
    from workspace
    cross join span
    cross join costs
)

select * from bounds
