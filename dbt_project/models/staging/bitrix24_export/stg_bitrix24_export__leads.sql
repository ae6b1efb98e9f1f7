{{ config(enabled=source_is_enabled('bitrix24_export')) }}

with records as (
    select
        *,
        case lower(stage)
            when 'качественный лид' then 'qualified'
            when 'некачественный лид' then 'lost'
        end as meaning
    from {{ source('bitrix24_export', 'lead') }}
),

ended as (
    select
        *,
        coalesce(qualified_at, case when meaning = 'qualified' then updated_at end) as qualified_on
    from records
),

renamed as (
    select
        'bitrix24_export' as source,
        id as lead_id,
        {{ read_timestamp('created_at') }} as created_at,
        {{ is_date_only('created_at') }} as created_at_is_date,
        email_hash,
        phone_hash,
        person_id,
        _full_name_hash as full_name_hash,
        company,
        country,
        owner,
        {{ stage_as_meant('stage', 'meaning') }} as stage,
        {{ read_timestamp('qualified_on') }} as qualified_at,
        {{ is_date_only('qualified_on') }} as qualified_at_is_date,
        coalesce(disqualified_reason, case when meaning = 'lost' then stage end) as disqualified_reason,
        utm_source,
        utm_medium,
        utm_campaign,
        utm_content,
        utm_term,
        coalesce(channel, case when utm_source is null and utm_medium is null then lead_source end) as channel,
        utm_id as campaign_id,
        coalesce(campaign_name, utm_campaign) as campaign_name,
        product,
        {{ read_timestamp('updated_at') }} as updated_at,
        {{ is_date_only('updated_at') }} as updated_at_is_date,
        false as is_deleted,
        _file,
        _row,
        _load_id,
        _loaded_at,
        _unreadable
    from ended
)

select * from renamed
