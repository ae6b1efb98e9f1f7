{{ config(enabled=source_is_enabled('bitrix24')) }}

with product_rows as (
    select
        *,
        try_cast(quantity as decimal(21, 6)) as units,
        try_cast(price as decimal(21, 6)) as net_price,
        coalesce(try_cast(discount_sum as decimal(21, 6)), 0) as unit_discount
    from {{ source('bitrix24', 'product_row') }}
    where coalesce(owner_type, 'D') = 'D'
),

renamed as (
    select
        'bitrix24' as source,
        owner_id as deal_id,
        id as line_id,
        product_name as product,
        units,
        cast(net_price + unit_discount as decimal(28, 6)) as unit_price,
        cast({{ product_if_it_fits('unit_discount', 'units') }} as decimal(28, 6)) as discount,
        cast({{ product_if_it_fits('net_price', 'units') }} as decimal(28, 6)) as amount,
        try_cast(cost_of_goods as decimal(21, 6)) as cost_of_goods,
        _file,
        _row,
        _load_id,
        _loaded_at,
        _unreadable
    from product_rows
)

select * from renamed
