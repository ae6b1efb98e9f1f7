-- Typed and empty until the real model lands; the columns are final.
with typed as (
    select
        cast(null as date) as date,
        cast(null as varchar) as grain,
        cast(null as date) as period_start,
        cast(null as date) as period_end,
        cast(null as boolean) as is_complete
),

nothing as (
    select * from typed where 1 = 0
)

select * from nothing
