-- Typed and empty until the real model lands; the columns are final.
with typed as (
    select
        cast(null as date) as date,
        cast(null as varchar) as currency,
        cast(null as decimal(18, 6)) as rate
),

nothing as (
    select * from typed where 1 = 0
)

select * from nothing
