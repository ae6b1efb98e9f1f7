with source_rows as (
    select * from {{ source('sheets', 'targets') }}
),

renamed as (
    select
        coalesce(source, 'sheets') as source,
        target_id,
        kpi,
        direction,
        try_cast(baseline as decimal(21, 6)) as baseline,
        try_cast(target as decimal(21, 6)) as target,
        unit,
        try_cast(start_date as date) as start_date,
        try_cast(due_date as date) as due_date,
        owner,
        department,
        scope,
        parent_target_id,
        _file,
        _row,
        _load_id,
        _loaded_at,
        _unreadable
    from source_rows
)

select * from renamed
