-- Typed and empty until the real model lands; the columns are final.
with typed as (
    select
        cast(null as varchar) as cost_key,
        cast(null as date) as date,
        cast(null as varchar) as source,
        cast(null as varchar) as cost_type,
        cast(null as varchar) as department,
        cast(null as varchar) as channel,
        cast(null as varchar) as campaign,
        cast(null as date) as start_date,
        cast(null as date) as end_date,
        cast(null as varchar) as currency,
        cast(null as decimal(18, 2)) as amount_source,
        cast(null as decimal(18, 2)) as amount,
        cast(null as boolean) as is_test,
        cast(null as boolean) as counts,
        cast(null as varchar) as _file,
        cast(null as bigint) as _row
),

nothing as (
    select * from typed where 1 = 0
)

select * from nothing
