-- By what costs are shared out, day by day: marketing by ad spend, sales by won deals, and where there is none by leads.
with ad_spend as (
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

lead_members as (
    select 'channel' as dimension, created_date as date, channel as member, campaign from leads
    union all
    select 'sales_rep' as dimension, created_date as date, owner as member, '(none)' as campaign from leads
    union all
    select 'product' as dimension, created_date as date, product as member, '(none)' as campaign from leads
),

won_members as (
    select 'channel' as dimension, won_deals.closed_date as date, credits.channel as member, credits.campaign, credits.credit as weight
    from won_deals
    inner join credits on won_deals.deal_key = credits.deal_key
    union all
    select 'sales_rep' as dimension, closed_date as date, owner as member, '(none)' as campaign, 1 as weight from won_deals
    union all
    select 'product' as dimension, won_deals.closed_date as date, deal_lines.product as member, '(none)' as campaign, deal_lines.share as weight
    from won_deals
    inner join deal_lines on won_deals.deal_key = deal_lines.deal_key
),

weights as (
    select 'channel' as dimension, 'marketing' as department, 1 as preference, 'ad_spend' as basis, date, channel as member, campaign, sum(spend) as weight
    from ad_spend
    group by date, channel, campaign
    union all
    select dimension, 'marketing' as department, 2 as preference, 'leads' as basis, date, member, campaign, count(*) as weight
    from lead_members
    where dimension = 'channel'
    group by dimension, date, member, campaign
    union all
    select dimension, 'sales' as department, 1 as preference, 'won_deals' as basis, date, member, campaign, sum(weight) as weight
    from won_members
    group by dimension, date, member, campaign
    union all
    select dimension, 'sales' as department, 2 as preference, 'leads' as basis, date, member, campaign, count(*) as weight
    from lead_members
    group by dimension, date, member, campaign
),

positive as (
    select
        dimension,
        department,
        cast(preference as integer) as preference,
        basis,
        date,
        member,
        campaign,
        cast(weight as decimal(28, 9)) as weight
    from weights
    where weight > 0
)

select * from positive
