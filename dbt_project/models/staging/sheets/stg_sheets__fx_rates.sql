with source_rows as (
    select * from {{ source('sheets', 'fx_rates') }}
),

renamed as (
    select
        coalesce(source, 'sheets') as source,
        try_cast(date as date) as date,
        upper(currency) as currency,
        try_cast(rate as decimal(21, 6)) as rate,
        _file,
        _row,
        _load_id,
        _loaded_at,
        _unreadable
    from source_rows
)

select * from renamed
