with source_rows as (
    select * from {{ source('sheets', 'customers') }}
),

renamed as (
    select
        coalesce(source, 'sheets') as source,
        customer_id,
        name,
        segment,
        country,
        _file,
        _row,
        _load_id,
        _loaded_at,
        _unreadable
    from source_rows
)

select * from renamed
