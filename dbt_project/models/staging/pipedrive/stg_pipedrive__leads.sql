{{ config(enabled=source_is_enabled('pipedrive')) }}

with inquiries as (
    select * from {{ ref('stg_pipedrive__inquiries') }}
),

people as (
    select * from {{ ref('stg_pipedrive__people') }}
),

users as (
    select * from {{ source('pipedrive', 'user') }}
),

renamed as (
    select
        'pipedrive' as source,
        inquiries.lead_id,
        {{ read_timestamp('inquiries.add_time') }} as created_at,
        {{ is_date_only('inquiries.add_time') }} as created_at_is_date,
        people.email_hash,
        people.phone_hash,
        coalesce(inquiries.known_person, 'pipedrive-person-' || inquiries.person_id) as person_id,
        people.name_hash as full_name_hash,
        people.company,
        inquiries.country,
        coalesce(users.name, inquiries.owner_id) as owner,
        inquiries.stage,
        inquiries.lead_quality,
        {{ read_timestamp('inquiries.qualified_at') }} as qualified_at,
        {{ is_date_only('inquiries.qualified_at') }} as qualified_at_is_date,
        {{ read_timestamp('inquiries.first_response_at') }} as first_response_at,
        {{ is_date_only('inquiries.first_response_at') }} as first_response_at_is_date,
        cast(round(try_cast(inquiries.response_seconds as decimal(18, 6))) as bigint) as response_seconds,
        inquiries.lost_reason as disqualified_reason,
        inquiries.utm_source,
        inquiries.utm_medium,
        inquiries.utm_campaign,
        inquiries.utm_content,
        inquiries.utm_term,
        inquiries.marketing_channel as channel,
        inquiries.campaign_id,
        coalesce(inquiries.campaign_name, inquiries.utm_campaign) as campaign_name,
        inquiries.landing_page,
        inquiries.product,
        {{ read_timestamp('inquiries.update_time') }} as updated_at,
        {{ is_date_only('inquiries.update_time') }} as updated_at_is_date,
        coalesce(try_cast(inquiries.is_deleted as boolean), false) or coalesce(inquiries.status = 'deleted', false)
            as is_deleted,
        inquiries._file,
        inquiries._row,
        inquiries._load_id,
        inquiries._loaded_at,
        inquiries._unreadable
    from inquiries
    left join people on inquiries.person_id = people.person
    left join users on inquiries.owner_id = users.id
)

select * from renamed
