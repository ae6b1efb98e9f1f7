-- Typed and empty until the real model lands; the columns are final.
with typed as (
    select
        cast(null as varchar) as channel_key,
        cast(null as varchar) as source,
        cast(null as varchar) as platform,
        cast(null as varchar) as utm_source,
        cast(null as varchar) as utm_medium,
        cast(null as varchar) as utm_campaign,
        cast(null as varchar) as utm_content,
        cast(null as varchar) as utm_term,
        cast(null as varchar) as channel_given,
        cast(null as varchar) as campaign_id,
        cast(null as varchar) as campaign_name,
        cast(null as varchar) as landing_page,
        cast(null as varchar) as channel,
        cast(null as boolean) as channel_is_paid,
        cast(null as varchar) as decided_by
),

nothing as (
    select * from typed where 1 = 0
)

select * from nothing
