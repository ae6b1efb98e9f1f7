-- Typed and empty until the real model lands; the columns are final.
with typed as (
    select
        cast(null as varchar) as channel,
        cast(null as boolean) as channel_is_paid,
        cast(null as varchar) as decided_by
),

nothing as (
    select * from typed where 1 = 0
)

select * from nothing
