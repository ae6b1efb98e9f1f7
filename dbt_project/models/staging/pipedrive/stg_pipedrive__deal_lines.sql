{{ config(enabled=source_is_enabled('pipedrive')) }}

with lines as (
    select
        *,
        try_cast(quantity as decimal(21, 6)) as units,
        try_cast(item_price as decimal(21, 6)) as unit_price,
        try_cast(discount as decimal(21, 6)) as discount_given
    from {{ source('pipedrive', 'deal_product') }}
),

renamed as (
    select
        'pipedrive' as source,
        deal_id,
        id as line_id,
        coalesce(name, product_id) as product,
        units,
        unit_price,
        cast(
            case discount_type
                when 'amount' then discount_given
                else {{ product_if_it_fits('units', 'unit_price') }} * try_cast(discount_given as decimal(9, 6)) / 100
            end as decimal(28, 6)
        ) as discount,
        try_cast(sum as decimal(21, 6)) as amount,
        try_cast(cost_of_goods as decimal(21, 6)) as cost_of_goods,
        _file,
        _row,
        _load_id,
        _loaded_at,
        _unreadable
    from lines
)

select * from renamed
