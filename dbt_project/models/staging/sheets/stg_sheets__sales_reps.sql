with source_rows as (
    select * from {{ source('sheets', 'sales_reps') }}
),

renamed as (
    select
        coalesce(source, 'sheets') as source,
        owner,
        name,
        team,
        manager,
        _file,
        _row,
        _load_id,
        _loaded_at,
        _unreadable
    from source_rows
)

select * from renamed
