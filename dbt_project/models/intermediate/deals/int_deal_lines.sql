-- Typed and empty until the real model lands; the columns are final.
with typed as (
    select
        cast(null as varchar) as deal_key,
        cast(null as varchar) as line_id,
        cast(null as varchar) as product,
        cast(null as decimal(18,6)) as units,
        cast(null as decimal(18,6)) as unit_price,
        cast(null as decimal(18,6)) as discount,
        cast(null as decimal(18,2)) as amount,
        cast(null as decimal(18,2)) as cost_of_goods,
        cast(null as decimal(18,9)) as share,
        cast(null as boolean) as cost_is_estimated,
        cast(null as boolean) as is_synthetic
),

nothing as (
    select * from typed where 1 = 0
)

select * from nothing
