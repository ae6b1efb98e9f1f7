{{ config(enabled=source_is_enabled('salesforce')) }}

-- A person who responded to a campaign was touched by it; one who was only added to it was not.
with members as (
    select
        *,
        coalesce({{ only_day('first_responded_date') }}, created_date) as responded_at
    from {{ source('salesforce', 'campaign_member') }}
    where
        (first_responded_date is not null or try_cast(has_responded as boolean))
        and not coalesce(try_cast(is_deleted as boolean), false)
),

leads as (
    select * from {{ ref('stg_salesforce__leads') }}
),

campaigns as (
    select * from {{ source('salesforce', 'campaign') }}
),

renamed as (
    select
        'salesforce' as source,
        members.id as touch_id,
        {{ read_timestamp('members.responded_at') }} as touched_at,
        {{ is_date_only('members.responded_at') }} as touched_at_is_date,
        coalesce(leads.person_id, members.contact_id) as person_id,
        leads.email_hash,
        coalesce(campaigns.name, members.campaign_id) as utm_campaign,
        campaigns.type as channel,
        members._file,
        members._row,
        members._load_id,
        members._loaded_at,
        members._unreadable
    from members
    left join leads on members.lead_id = leads.lead_id
    left join campaigns on members.campaign_id = campaigns.id
)

select * from renamed
