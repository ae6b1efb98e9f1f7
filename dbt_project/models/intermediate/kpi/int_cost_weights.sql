{%- set by_sums = {
    'channel': 'channel as member, campaign', 'sales_rep': "sales_rep as member, '(none)' as campaign",
    'product': "product as member, '(none)' as campaign",
} -%}
-- By what costs are shared out, on each day of a cost: marketing by ad spend, sales by won deals, and where there is
-- none by leads.
with cost_days as (
    select distinct
        department,
        date
    from {{ ref('int_marketing_costs') }}
    where counts
),

ad_spend as (
    select * from {{ ref('int_ad_spend') }} where counts
),

leads as (
    select * from {{ ref('int_leads') }} where counts
),

won_deals as (
    select * from {{ ref('int_deals') }} where counts_won
),

deal_lines as (
    select * from {{ ref('int_deal_lines') }}
),

credits as (
    select * from {{ ref('int_attribution_credits') }}
),

results as (
    select * from {{ ref('int_kpi_results') }}
),

spend_weights as (
    select 'channel' as dimension, date, channel as member, campaign, spend as weight from ad_spend
),

lead_weights as (
    select 'channel' as dimension, created_date as date, channel as member, campaign, 1 as weight from leads
    union all
    select 'sales_rep' as dimension, created_date as date, owner as member, '(none)' as campaign, 1 as weight from leads
    union all
    select 'product' as dimension, created_date as date, product as member, '(none)' as campaign, 1 as weight from leads
    {%- for dimension, member in by_sums.items() %}
    union all
    select '{{ dimension }}' as dimension, date, {{ member }}, leads as weight from results where leads > 0
    {%- endfor %}
),

won_weights as (
    select
        'channel' as dimension,
        won_deals.closed_date as date,
        credits.channel as member,
        credits.campaign,
        credits.credit as weight
    from won_deals
    inner join credits on won_deals.deal_key = credits.deal_key
    union all
    select
        'sales_rep' as dimension,
        closed_date as date,
        owner as member,
        '(none)' as campaign,
        1 as weight
    from won_deals
    union all
    select
        'product' as dimension,
        won_deals.closed_date as date,
        deal_lines.product as member,
        '(none)' as campaign,
        deal_lines.share as weight
    from won_deals
    inner join deal_lines on won_deals.deal_key = deal_lines.deal_key
    {%- for dimension, member in by_sums.items() %}
    union all
    select '{{ dimension }}' as dimension, date, {{ member }}, won_deals as weight from results where won_deals > 0
    {%- endfor %}
),

bases as (
    select *, 'marketing' as department, 1 as preference, 'ad_spend' as basis from spend_weights
    union all
    select *, 'marketing' as department, 2 as preference, 'leads' as basis from lead_weights where dimension = 'channel'
    union all
    select *, 'sales' as department, 1 as preference, 'won_deals' as basis from won_weights
    union all
    select *, 'sales' as department, 2 as preference, 'leads' as basis from lead_weights
),

weights as (
    select
        bases.dimension,
        bases.department,
        cast(bases.preference as integer) as preference,
        bases.basis,
        bases.date,
        bases.member,
        bases.campaign,
        cast(sum(bases.weight) as decimal(28, 9)) as weight
    from bases
    inner join cost_days on bases.department = cost_days.department and bases.date = cost_days.date
    group by
        bases.dimension, bases.department, bases.preference, bases.basis, bases.date, bases.member, bases.campaign
    having sum(bases.weight) > 0
)

select * from weights
