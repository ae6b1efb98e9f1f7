-- Typed and empty until the real model lands; the columns are final.
with typed as (
    select
        cast(null as varchar) as entity,
        cast(null as varchar) as entity_key,
        cast(null as varchar) as source,
        cast(null as timestamp) as entered_at,
        cast(null as boolean) as entered_at_is_date,
        cast(null as date) as entered_date,
        cast(null as varchar) as stage,
        cast(null as varchar) as meaning,
        cast(null as varchar) as _file,
        cast(null as bigint) as _row
),

nothing as (
    select * from typed where 1 = 0
)

select * from nothing
