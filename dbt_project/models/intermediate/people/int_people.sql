-- Typed and empty until the real model lands; the columns are final.
with typed as (
    select
        cast(null as varchar) as identity,
        cast(null as varchar) as person_key
),

nothing as (
    select * from typed where 1 = 0
)

select * from nothing
