-- the newest records behind a member, keys only; of campaigns the 200 with the most records
with records as (
    select 'lead' as kind, lead_key as key, created_date as day, channel, campaign, sales_rep, product
    from fct_leads
    where counts
    union all
    select 'deal' as kind, deal_key as key, closed_date as day, channel, campaign, sales_rep, product
    from fct_deals
    where counts_won
),

members as (
    select 'channel' as dimension, channel as member, kind, key, day from records
    union all
    select 'campaign' as dimension, channel || ' / ' || coalesce(campaign, '(none)') as member, kind, key, day from records
    union all
    select 'sales_rep' as dimension, coalesce(sales_rep, 'unassigned') as member, kind, key, day from records
    union all
    select 'product' as dimension, coalesce(product, '(none)') as member, kind, key, day from records
),

ranked as (
    select
        *,
        row_number() over (partition by dimension, member order by day desc, key) as place,
        count(*) over (partition by dimension, member) as records
    from members
    where member is not null
),

shown as (
    select dimension, member, records, place, [kind, key, cast(day as varchar)] as record
    from ranked
    where place <= 50
),

grouped as (
    select dimension, member, max(records) as records, list(record order by place) as newest
    from shown
    group by dimension, member
)

select dimension, member, records, newest
from grouped
qualify dimension <> 'campaign' or row_number() over (partition by dimension order by records desc, member) <= 200
order by dimension, member
