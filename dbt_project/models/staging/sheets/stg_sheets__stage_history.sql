with source_rows as (
    select * from {{ source('sheets', 'stage_history') }}
),

renamed as (
    select
        coalesce(source, 'sheets') as source,
        entity,
        entity_id,
        {{ read_timestamp('entered_at') }} as entered_at,
        {{ is_date_only('entered_at') }} as entered_at_is_date,
        stage,
        _file,
        _row,
        _load_id,
        _loaded_at,
        _unreadable
    from source_rows
)

select * from renamed
