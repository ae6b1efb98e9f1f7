with source_rows as (
    select * from {{ source('sheets', 'leads') }}
),

renamed as (
    select
        coalesce(source, 'sheets') as source,
        lead_id,
        {{ read_timestamp('created_at') }} as created_at,
        {{ is_date_only('created_at') }} as created_at_is_date,
        email_hash,
        phone_hash,
        person_id,
        coalesce(full_name_hash, _full_name_hash) as full_name_hash,
        company,
        country,
        owner,
        stage,
        lead_quality,
        {{ read_timestamp('qualified_at') }} as qualified_at,
        {{ is_date_only('qualified_at') }} as qualified_at_is_date,
        {{ read_timestamp('first_response_at') }} as first_response_at,
        {{ is_date_only('first_response_at') }} as first_response_at_is_date,
        cast(round(try_cast(response_seconds as decimal(18, 6))) as bigint) as response_seconds,
        disqualified_reason,
        utm_source,
        utm_medium,
        utm_campaign,
        utm_content,
        utm_term,
        channel,
        campaign_id,
        campaign_name,
        landing_page,
        click_id,
        lower(click_id_type) as click_id_type,
        product,
        {{ read_timestamp('updated_at') }} as updated_at,
        {{ is_date_only('updated_at') }} as updated_at_is_date,
        coalesce(try_cast(is_deleted as boolean), false) as is_deleted,
        _file,
        _row,
        _load_id,
        _loaded_at,
        _unreadable
    from source_rows
)

select * from renamed
