{{ config(enabled=source_is_enabled('pipedrive')) }}

-- Inquiries: deals, and what still waits in the inbox of leads, which knows less.
with deals as (
    select * from {{ source('pipedrive', 'deal') }}
),

stages as (
    select * from {{ source('pipedrive', 'stage') }}
),

inbox as (
    select * from {{ source('pipedrive', 'lead') }}
),

inquiries as (
    select
        'deal-' || deals.id as lead_id,
        coalesce(stages.name, deals.stage_id) as stage,
        deals.add_time,
        deals.update_time,
        deals.owner_id,
        deals.person_id,
        deals.marketing_channel,
        deals.qualified_at,
        deals.first_response_at,
        deals.response_seconds,
        deals.utm_source,
        deals.utm_medium,
        deals.utm_campaign,
        deals.utm_content,
        deals.utm_term,
        deals.campaign_id,
        deals.campaign_name,
        deals.landing_page,
        deals.product,
        deals.country,
        deals.lead_quality,
        deals.known_person,
        deals.lost_reason,
        deals.status,
        deals.is_deleted,
        deals._file,
        deals._row,
        deals._load_id,
        deals._loaded_at,
        deals._unreadable
    from deals
    left join stages on deals.stage_id = stages.id
    union all
    select
        inbox.id as lead_id,
        'new' as stage,
        inbox.add_time,
        inbox.update_time,
        inbox.owner_id,
        inbox.person_id,
        inbox.source_name as marketing_channel,
        cast(null as timestamp) as qualified_at,
        cast(null as timestamp) as first_response_at,
        cast(null as decimal(18, 6)) as response_seconds,
        cast(null as varchar) as utm_source,
        cast(null as varchar) as utm_medium,
        cast(null as varchar) as utm_campaign,
        cast(null as varchar) as utm_content,
        cast(null as varchar) as utm_term,
        cast(null as varchar) as campaign_id,
        cast(null as varchar) as campaign_name,
        cast(null as varchar) as landing_page,
        cast(null as varchar) as product,
        cast(null as varchar) as country,
        cast(null as varchar) as lead_quality,
        cast(null as varchar) as known_person,
        cast(null as varchar) as lost_reason,
        cast(null as varchar) as status,
        cast(null as boolean) as is_deleted,
        inbox._file,
        inbox._row,
        inbox._load_id,
        inbox._loaded_at,
        inbox._unreadable
    from inbox
)

select * from inquiries
