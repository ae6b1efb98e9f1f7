{{ config(enabled=source_is_enabled('salesforce')) }}

with leads as (
    select
        *,
        coalesce(
            first_response_at_c,
            case
                when first_email_date_time < first_call_date_time then first_email_date_time
                else coalesce(first_call_date_time, first_email_date_time)
            end
        ) as responded_at,
        coalesce(
            qualified_at_c, case when try_cast(is_converted as boolean) then {{ only_day('converted_date') }} end
        ) as qualified_on
    from {{ source('salesforce', 'lead') }}
),

campaigns as (
    select * from {{ ref('stg_salesforce__lead_campaigns') }}
),

owners as (
    select * from {{ ref('stg_salesforce__owners') }}
),

renamed as (
    select
        'salesforce' as source,
        leads.id as lead_id,
        {{ read_timestamp('leads.created_date') }} as created_at,
        {{ is_date_only('leads.created_date') }} as created_at_is_date,
        leads.email_hash,
        coalesce(leads.phone_hash, leads.mobile_phone_hash) as phone_hash,
        coalesce(leads.person_id_c, leads.converted_contact_id) as person_id,
        leads._full_name_hash as full_name_hash,
        leads.company,
        leads.country,
        coalesce(owners.owner, leads.owner_id) as owner,
        {{ stage_as_meant('leads.status', "case when try_cast(leads.is_converted as boolean) then 'qualified' end") }}
            as stage,
        leads.rating as lead_quality,
        {{ read_timestamp('leads.qualified_on') }} as qualified_at,
        {{ is_date_only('leads.qualified_on') }} as qualified_at_is_date,
        {{ read_timestamp('leads.responded_at') }} as first_response_at,
        {{ is_date_only('leads.responded_at') }} as first_response_at_is_date,
        cast(round(try_cast(leads.response_seconds_c as decimal(18, 6))) as bigint) as response_seconds,
        leads.disqualified_reason_c as disqualified_reason,
        leads.utm_source_c as utm_source,
        leads.utm_medium_c as utm_medium,
        leads.utm_campaign_c as utm_campaign,
        leads.utm_content_c as utm_content,
        leads.utm_term_c as utm_term,
        coalesce(
            leads.channel_c,
            case when leads.utm_source_c is null and leads.utm_medium_c is null then leads.lead_source end
        ) as channel,
        leads.utm_id_c as campaign_id,
        coalesce(leads.campaign_name_c, leads.utm_campaign_c, campaigns.campaign_name) as campaign_name,
        leads.landing_page_c as landing_page,
        leads.product_c as product,
        {{ read_timestamp('leads.last_modified_date') }} as updated_at,
        {{ is_date_only('leads.last_modified_date') }} as updated_at_is_date,
        coalesce(try_cast(leads.is_deleted as boolean), false) as is_deleted,
        leads._file,
        leads._row,
        leads._load_id,
        leads._loaded_at,
        leads._unreadable
    from leads
    left join campaigns on leads.id = campaigns.lead_id
    left join owners on leads.owner_id = owners.owner_id
)

select * from renamed
