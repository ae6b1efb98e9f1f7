-- Typed and empty until the real model lands; the columns are final.
with typed as (
    select
        cast(null as varchar) as lead_key,
        cast(null as varchar) as source,
        cast(null as varchar) as lead_id,
        cast(null as varchar) as person_key,
        cast(null as timestamp) as created_at,
        cast(null as boolean) as created_at_is_date,
        cast(null as date) as created_date,
        cast(null as varchar) as email_hash,
        cast(null as varchar) as phone_hash,
        cast(null as varchar) as full_name_hash,
        cast(null as varchar) as company,
        cast(null as varchar) as country,
        cast(null as varchar) as owner,
        cast(null as varchar) as stage,
        cast(null as varchar) as stage_reached,
        cast(null as boolean) as is_lost,
        cast(null as boolean) as is_qualified,
        cast(null as timestamp) as qualified_at,
        cast(null as date) as qualified_date,
        cast(null as timestamp) as first_response_at,
        cast(null as bigint) as response_seconds,
        cast(null as varchar) as lead_quality,
        cast(null as varchar) as disqualified_reason,
        cast(null as varchar) as utm_source,
        cast(null as varchar) as utm_medium,
        cast(null as varchar) as utm_campaign,
        cast(null as varchar) as utm_content,
        cast(null as varchar) as utm_term,
        cast(null as varchar) as channel,
        cast(null as varchar) as campaign,
        cast(null as varchar) as campaign_id,
        cast(null as boolean) as channel_is_paid,
        cast(null as varchar) as landing_page,
        cast(null as varchar) as product,
        cast(null as timestamp) as updated_at,
        cast(null as boolean) as is_deleted,
        cast(null as boolean) as is_test,
        cast(null as boolean) as is_duplicate,
        cast(null as varchar) as duplicate_of,
        cast(null as boolean) as counts,
        cast(null as varchar) as _file,
        cast(null as bigint) as _row
),

nothing as (
    select * from typed where 1 = 0
)

select * from nothing
