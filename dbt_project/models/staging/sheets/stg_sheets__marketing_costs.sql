with source_rows as (
    select * from {{ source('sheets', 'marketing_costs') }}
),

renamed as (
    select
        coalesce(source, 'sheets') as source,
        month,
        try_cast(start_date as date) as start_date,
        try_cast(end_date as date) as end_date,
        cost_type,
        try_cast(amount as decimal(21, 6)) as amount,
        upper(currency) as currency,
        department,
        channel,
        campaign,
        _file,
        _row,
        _load_id,
        _loaded_at,
        _unreadable
    from source_rows
)

select * from renamed
