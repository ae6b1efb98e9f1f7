with source_rows as (
    select * from {{ source('sheets', 'touches') }}
),

renamed as (
    select
        coalesce(source, 'sheets') as source,
        touch_id,
        {{ read_timestamp('touched_at') }} as touched_at,
        {{ is_date_only('touched_at') }} as touched_at_is_date,
        person_id,
        email_hash,
        utm_source,
        utm_medium,
        utm_campaign,
        utm_content,
        utm_term,
        channel,
        campaign_id,
        landing_page,
        click_id,
        lower(click_id_type) as click_id_type,
        _file,
        _row,
        _load_id,
        _loaded_at,
        _unreadable
    from source_rows
)

select * from renamed
