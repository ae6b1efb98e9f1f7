-- Typed and empty until the real model lands; the columns are final.
with typed as (
    select
        cast(null as varchar) as platform,
        cast(null as varchar) as campaign_id,
        cast(null as varchar) as campaign_name
),

nothing as (
    select * from typed where 1 = 0
)

select * from nothing
