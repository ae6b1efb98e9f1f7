with source_rows as (
    select * from {{ source('sheets', 'products') }}
),

renamed as (
    select
        coalesce(source, 'sheets') as source,
        product,
        name,
        category,
        try_cast(gross_margin as decimal(21, 6)) as gross_margin,
        _file,
        _row,
        _load_id,
        _loaded_at,
        _unreadable
    from source_rows
)

select * from renamed
