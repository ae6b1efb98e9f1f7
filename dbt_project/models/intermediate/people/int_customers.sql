-- Typed and empty until the real model lands; the columns are final.
with typed as (
    select
        cast(null as varchar) as customer_key,
        cast(null as varchar) as first_deal_key,
        cast(null as timestamp) as first_won_at,
        cast(null as date) as first_won_date,
        cast(null as bigint) as won_deals,
        cast(null as varchar) as channel,
        cast(null as varchar) as campaign,
        cast(null as boolean) as first_won_is_estimated
),

nothing as (
    select * from typed where 1 = 0
)

select * from nothing
