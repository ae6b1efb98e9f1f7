{{ config(enabled=source_is_enabled('hubspot')) }}

with contacts as (
    select * from {{ source('hubspot', 'contact') }}
),

merged as (
    select * from {{ ref('stg_hubspot__merged_contacts') }}
),

owners as (
    select * from {{ ref('stg_hubspot__owners') }}
),

origins as (
    select * from {{ ref('stg_hubspot__contact_origins') }}
),

renamed as (
    select
        'hubspot' as source,
        contacts.id as lead_id,
        {{ read_timestamp('contacts.property_createdate') }} as created_at,
        {{ is_date_only('contacts.property_createdate') }} as created_at_is_date,
        contacts.property_email_hash as email_hash,
        coalesce(contacts.property_phone_hash, contacts.property_mobilephone_hash) as phone_hash,
        contacts.property_person_id as person_id,
        contacts._full_name_hash as full_name_hash,
        contacts.property_company as company,
        contacts.property_country as country,
        coalesce(owners.owner, contacts.property_hubspot_owner_id) as owner,
        coalesce(contacts.property_lifecyclestage, contacts.property_hs_lead_status) as stage,
        contacts.property_lead_quality as lead_quality,
        {{ read_timestamp('contacts.property_hs_lifecyclestage_salesqualifiedlead_date') }} as qualified_at,
        {{ is_date_only('contacts.property_hs_lifecyclestage_salesqualifiedlead_date') }} as qualified_at_is_date,
        {{ read_timestamp('contacts.property_hs_sa_first_engagement_date') }} as first_response_at,
        {{ is_date_only('contacts.property_hs_sa_first_engagement_date') }} as first_response_at_is_date,
        cast(round(try_cast(contacts.property_response_seconds as decimal(18, 6))) as bigint) as response_seconds,
        contacts.property_disqualified_reason as disqualified_reason,
        contacts.property_utm_source as utm_source,
        contacts.property_utm_medium as utm_medium,
        contacts.property_utm_campaign as utm_campaign,
        contacts.property_utm_content as utm_content,
        contacts.property_utm_term as utm_term,
        origins.channel,
        contacts.property_utm_id as campaign_id,
        origins.campaign_name,
        contacts.property_hs_analytics_first_url as landing_page,
        contacts.property_product as product,
        {{ read_timestamp('contacts.property_lastmodifieddate') }} as updated_at,
        {{ is_date_only('contacts.property_lastmodifieddate') }} as updated_at_is_date,
        coalesce(try_cast(contacts._fivetran_deleted as boolean), false) as is_deleted,
        contacts._file,
        contacts._row,
        contacts._load_id,
        contacts._loaded_at,
        contacts._unreadable
    from contacts
    inner join origins on contacts.id = origins.contact_id
    left join merged on contacts.id = merged.contact_id
    left join owners on contacts.property_hubspot_owner_id = owners.owner_id
    where merged.contact_id is null
)

select * from renamed
