-- What was entered is what the KPIs add up: costs to the cent, spend, leads, won deals, amounts, refunds, up to today;
-- and keys of facts with several key columns are unique. What is known only as sums stands apart.
{%- set sums = {'summed_leads': 'leads', 'summed_won_deals': 'won_deals', 'summed_revenue': 'revenue'} %}
{%- set recorded = {
    'leads': 'summed_leads', 'won_deals': 'summed_won_deals', 'won_amount': 'summed_revenue',
} %}
with workspace as (
    select today from {{ source('settings', 'workspace') }}
),

total as (
    select * from {{ ref('int_kpi_periods_total') }} where grain = 'year'
),

expected as (
    select 'ad_spend' as measure, sum(spend) as amount
    from {{ ref('int_ad_spend') }} inner join workspace on date <= today
    where counts
    union all
    select 'leads' as measure, count(*) as amount
    from {{ ref('int_leads') }} inner join workspace on created_date <= today
    where counts
    union all
    select 'won_deals' as measure, count(*) as amount
    from {{ ref('int_deals') }} inner join workspace on closed_date <= today
    where counts_won
    union all
    select 'lost_deals' as measure, count(*) as amount
    from {{ ref('int_deals') }} inner join workspace on closed_date <= today
    where counts_lost
    union all
    select 'won_amount' as measure, sum(amount) as amount
    from {{ ref('int_deals') }} inner join workspace on closed_date <= today
    where counts_won
    union all
    select 'refunds' as measure, sum(amount) as amount
    from {{ ref('int_refunds') }} inner join workspace on refunded_date <= today
    where counts
    union all
    select 'new_customers' as measure, count(*) as amount
    from {{ ref('int_customers') }} inner join workspace on first_won_date <= today
    {%- for measure, column in sums.items() %}
    union all
    select '{{ measure }}' as measure, sum({{ column }}) as amount
    from {{ ref('int_daily_results') }} inner join workspace on date <= today
    where {{ 'leads_count' if column == 'leads' else 'deals_count' }}
    {%- endfor %}
    union all
    select 'costs entered' as measure, sum(amount) as amount from {{ ref('int_marketing_costs') }} where counts
),

found as (
    {%- for measure in ['ad_spend', 'lost_deals', 'refunds', 'new_customers'] + sums.keys() | list %}
    select '{{ measure }}' as measure, sum({{ measure }}) as amount from total
    union all
    {%- endfor %}
    {%- for measure, summed in recorded.items() %}
    select '{{ measure }}' as measure, sum({{ measure }}) - coalesce(sum({{ summed }}), 0) as amount from total
    union all
    {%- endfor %}
    select 'costs entered' as measure, sum(amount) as amount from {{ ref('fct_marketing_cost') }}
),

differences as (
    select expected.measure, cast(expected.amount as varchar) as expected, cast(found.amount as varchar) as found
    from expected
    inner join found on expected.measure = found.measure
    where coalesce(expected.amount, 0) <> coalesce(found.amount, 0)
),

repeated as (
    select 'deal line' as measure, deal_key as expected, line_id as found
    from {{ ref('fct_deal_lines') }}
    group by deal_key, line_id
    having count(*) > 1
    union all
    select 'marketing cost' as measure, cost_key as expected, cast(date as varchar) || channel || campaign as found
    from {{ ref('fct_marketing_cost') }}
    group by cost_key, date, channel, campaign
    having count(*) > 1
)

select * from differences
union all
select * from repeated
