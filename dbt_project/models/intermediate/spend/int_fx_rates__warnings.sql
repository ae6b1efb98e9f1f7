-- Typed and empty until the real model lands; the columns are final.
with typed as (
    select
        cast(null as varchar) as entity,
        cast(null as varchar) as source,
        cast(null as varchar) as key,
        cast(null as varchar) as warning,
        cast(null as varchar) as detail
),

nothing as (
    select * from typed where 1 = 0
)

select * from nothing
