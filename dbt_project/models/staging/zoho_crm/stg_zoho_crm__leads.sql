{{ config(enabled=source_is_enabled('zoho_crm')) }}

with leads as (
    select
        *,
        coalesce(qualified_at, case when try_cast(is_converted as boolean) then converted_at end) as qualified_on,
        case when try_cast(is_converted as boolean) then 'qualified' end as meaning
    from {{ source('zoho_crm', 'lead') }}
),

renamed as (
    select
        'zoho_crm' as source,
        id as lead_id,
        {{ read_timestamp('created_time') }} as created_at,
        {{ is_date_only('created_time') }} as created_at_is_date,
        email_hash,
        coalesce(phone_hash, mobile_hash) as phone_hash,
        coalesce(person_id, 'zoho-contact-' || converted_contact_id) as person_id,
        _full_name_hash as full_name_hash,
        company,
        country,
        owner,
        {{ stage_as_meant('lead_status', 'meaning') }} as stage,
        rating as lead_quality,
        {{ read_timestamp('qualified_on') }} as qualified_at,
        {{ is_date_only('qualified_on') }} as qualified_at_is_date,
        {{ read_timestamp('first_response_at') }} as first_response_at,
        {{ is_date_only('first_response_at') }} as first_response_at_is_date,
        cast(round(try_cast(response_seconds as decimal(18, 6))) as bigint) as response_seconds,
        disqualified_reason,
        utm_source,
        utm_medium,
        utm_campaign,
        utm_content,
        utm_term,
        coalesce(channel, case when utm_source is null and utm_medium is null then lead_source end) as channel,
        campaign_id,
        coalesce(campaign_name, utm_campaign) as campaign_name,
        landing_page,
        product_of_interest as product,
        {{ read_timestamp('modified_time') }} as updated_at,
        {{ is_date_only('modified_time') }} as updated_at_is_date,
        false as is_deleted,
        _file,
        _row,
        _load_id,
        _loaded_at,
        _unreadable
    from leads
)

select * from renamed
