{{ config(enabled=source_is_enabled('salesforce')) }}

with lines as (
    select * from {{ source('salesforce', 'opportunity_line_item') }}
    where not coalesce(try_cast(is_deleted as boolean), false)
),

products as (
    select * from {{ source('salesforce', 'product_2') }}
),

-- a discount is a percentage of units times price
renamed as (
    select
        'salesforce' as source,
        lines.opportunity_id as deal_id,
        lines.id as line_id,
        coalesce(products.name, lines.name, lines.product_2_id) as product,
        try_cast(lines.quantity as decimal(21, 6)) as units,
        try_cast(lines.unit_price as decimal(21, 6)) as unit_price,
        cast(
            {{ product_if_it_fits('lines.quantity', 'lines.unit_price') }}
            * try_cast(lines.discount as decimal(9, 6)) / 100 as decimal(28, 6)
        ) as discount,
        try_cast(lines.total_price as decimal(21, 6)) as amount,
        try_cast(lines.cost_of_goods_c as decimal(21, 6)) as cost_of_goods,
        lines._file,
        lines._row,
        lines._load_id,
        lines._loaded_at,
        lines._unreadable
    from lines
    left join products on lines.product_2_id = products.id
)

select * from renamed
