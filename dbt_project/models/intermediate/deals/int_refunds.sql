-- Typed and empty until the real model lands; the columns are final.
with typed as (
    select
        cast(null as varchar) as refund_key,
        cast(null as varchar) as source,
        cast(null as varchar) as refund_id,
        cast(null as varchar) as deal_key,
        cast(null as boolean) as deal_is_unknown,
        cast(null as timestamp) as refunded_at,
        cast(null as boolean) as refunded_at_is_date,
        cast(null as date) as refunded_date,
        cast(null as varchar) as currency,
        cast(null as decimal(18,6)) as amount_source,
        cast(null as decimal(18,2)) as amount,
        cast(null as decimal(18,6)) as units,
        cast(null as boolean) as counts,
        cast(null as varchar) as _file,
        cast(null as bigint) as _row
),

nothing as (
    select * from typed where 1 = 0
)

select * from nothing
