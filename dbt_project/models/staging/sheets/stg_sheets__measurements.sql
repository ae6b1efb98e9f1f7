with source_rows as (
    select * from {{ source('sheets', 'measurements') }}
),

renamed as (
    select
        coalesce(source, 'sheets') as source,
        try_cast(date as date) as date,
        kpi,
        try_cast(value as decimal(21, 6)) as value,
        _file,
        _row,
        _load_id,
        _loaded_at,
        _unreadable
    from source_rows
)

select * from renamed
