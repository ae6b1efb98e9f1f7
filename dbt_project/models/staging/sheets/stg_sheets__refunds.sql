with source_rows as (
    select * from {{ source('sheets', 'refunds') }}
),

renamed as (
    select
        coalesce(source, 'sheets') as source,
        refund_id,
        deal_id,
        {{ read_timestamp('refunded_at') }} as refunded_at,
        {{ is_date_only('refunded_at') }} as refunded_at_is_date,
        coalesce(try_cast(refunded_at_is_estimated as boolean), false) as refunded_at_is_estimated,
        try_cast(amount as decimal(21, 6)) as amount,
        upper(currency) as currency,
        try_cast(units as decimal(21, 6)) as units,
        _file,
        _row,
        _load_id,
        _loaded_at,
        _unreadable
    from source_rows
)

select * from renamed
