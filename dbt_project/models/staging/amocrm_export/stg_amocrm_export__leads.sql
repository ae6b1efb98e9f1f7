{{ config(enabled=source_is_enabled('amocrm_export')) }}

with records as (
    select
        *,
        case lower(stage)
            when 'успешно реализовано' then 'won'
            when 'закрыто и не реализовано' then 'lost'
        end as status
    from {{ source('amocrm_export', 'deal') }}
),

renamed as (
    select
        'amocrm_export' as source,
        id as lead_id,
        {{ read_timestamp('created_at') }} as created_at,
        {{ is_date_only('created_at') }} as created_at_is_date,
        email_hash,
        phone_hash,
        person_id,
        contact_name_hash as full_name_hash,
        company,
        owner,
        {{ stage_as_meant('stage', 'status') }} as stage,
        case when status = 'lost' then loss_reason end as disqualified_reason,
        utm_source,
        utm_medium,
        utm_campaign,
        utm_content,
        utm_term,
        channel,
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
    from records
)

select * from renamed
