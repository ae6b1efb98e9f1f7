{{ config(enabled=source_is_enabled('amocrm')) }}

with records as (
    select * from {{ ref('stg_amocrm__records') }}
),

renamed as (
    select
        'amocrm' as source,
        id as lead_id,
        {{ read_timestamp('created_at') }} as created_at,
        {{ is_date_only('created_at') }} as created_at_is_date,
        email_hash,
        phone_hash,
        known_person_id as person_id,
        name_hash as full_name_hash,
        company,
        country,
        owner,
        {{ stage_as_meant('stage', 'status') }} as stage,
        lead_quality,
        {{ read_timestamp('qualified_at') }} as qualified_at,
        {{ is_date_only('qualified_at') }} as qualified_at_is_date,
        {{ read_timestamp('first_response_at') }} as first_response_at,
        {{ is_date_only('first_response_at') }} as first_response_at_is_date,
        cast(round(try_cast(response_seconds as decimal(18, 6))) as bigint) as response_seconds,
        case when status = 'lost' then loss_reason end as disqualified_reason,
        utm_source,
        utm_medium,
        utm_campaign,
        utm_content,
        utm_term,
        own_channel as channel,
        utm_id as campaign_id,
        campaign as campaign_name,
        utm_referrer as landing_page,
        product,
        {{ read_timestamp('updated_at') }} as updated_at,
        {{ is_date_only('updated_at') }} as updated_at_is_date,
        coalesce(try_cast(is_deleted as boolean), false) as is_deleted,
        _file,
        _row,
        _load_id,
        _loaded_at,
        _unreadable
    from records
)

select * from renamed
