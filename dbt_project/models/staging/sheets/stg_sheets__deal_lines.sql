with source_rows as (
    select * from {{ source('sheets', 'deal_lines') }}
),

renamed as (
    select
        coalesce(source, 'sheets') as source,
        deal_id,
        line_id,
        product,
        try_cast(units as decimal(21, 6)) as units,
        try_cast(unit_price as decimal(21, 6)) as unit_price,
        try_cast(discount as decimal(21, 6)) as discount,
        try_cast(amount as decimal(21, 6)) as amount,
        try_cast(cost_of_goods as decimal(21, 6)) as cost_of_goods,
        _file,
        _row,
        _load_id,
        _loaded_at,
        _unreadable
    from source_rows
)

select * from renamed
