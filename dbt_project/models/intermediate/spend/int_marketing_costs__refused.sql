-- Typed and empty until the real model lands; the columns are final.
with typed as (
    select
        cast(null as varchar) as entity,
        cast(null as varchar) as source,
        cast(null as varchar) as table_name,
        cast(null as varchar) as file,
        cast(null as bigint) as line,
        cast(null as varchar) as column_name,
        cast(null as varchar) as value,
        cast(null as varchar) as reason
),

nothing as (
    select * from typed where 1 = 0
)

select * from nothing
