-- Typed and empty until the real model lands; the columns are final.
with typed as (
    select
        cast(null as varchar) as deal_key,
        cast(null as varchar) as source,
        cast(null as varchar) as deal_id,
        cast(null as varchar) as lead_key,
        cast(null as boolean) as lead_is_unknown,
        cast(null as varchar) as person_key,
        cast(null as varchar) as customer_key,
        cast(null as timestamp) as created_at,
        cast(null as boolean) as created_at_is_date,
        cast(null as date) as created_date,
        cast(null as boolean) as created_at_is_estimated,
        cast(null as varchar) as owner,
        cast(null as varchar) as stage,
        cast(null as varchar) as status,
        cast(null as boolean) as is_won,
        cast(null as boolean) as is_lost,
        cast(null as varchar) as currency,
        cast(null as decimal(18,6)) as amount_source,
        cast(null as decimal(18,2)) as amount,
        cast(null as decimal(18,6)) as units,
        cast(null as varchar) as product,
        cast(null as decimal(18,2)) as cost_of_goods,
        cast(null as timestamp) as closed_at,
        cast(null as boolean) as closed_at_is_date,
        cast(null as date) as closed_date,
        cast(null as boolean) as closed_at_is_estimated,
        cast(null as varchar) as lost_reason,
        cast(null as decimal(18,6)) as probability,
        cast(null as varchar) as channel,
        cast(null as varchar) as campaign,
        cast(null as boolean) as channel_is_paid,
        cast(null as bigint) as cycle_seconds,
        cast(null as boolean) as is_deleted,
        cast(null as boolean) as is_test,
        cast(null as boolean) as counts_won,
        cast(null as boolean) as counts_open,
        cast(null as boolean) as counts_lost,
        cast(null as varchar) as flags,
        cast(null as varchar) as _file,
        cast(null as bigint) as _row
),

nothing as (
    select * from typed where 1 = 0
)

select * from nothing
