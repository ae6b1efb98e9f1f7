-- Typed and empty until the real model lands; the columns are final.
with typed as (
    select
        cast(null as varchar) as spend_key,
        cast(null as date) as date,
        cast(null as varchar) as source,
        cast(null as varchar) as platform,
        cast(null as varchar) as account_id,
        cast(null as varchar) as account_name,
        cast(null as varchar) as campaign_id,
        cast(null as varchar) as campaign,
        cast(null as varchar) as ad_group_id,
        cast(null as varchar) as ad_group_name,
        cast(null as varchar) as ad_id,
        cast(null as varchar) as ad_name,
        cast(null as varchar) as utm_source,
        cast(null as varchar) as utm_medium,
        cast(null as varchar) as utm_campaign,
        cast(null as varchar) as channel,
        cast(null as boolean) as channel_is_paid,
        cast(null as bigint) as impressions,
        cast(null as bigint) as clicks,
        cast(null as varchar) as currency,
        cast(null as decimal(18, 6)) as spend_source,
        cast(null as decimal(18, 6)) as spend,
        cast(null as decimal(18, 6)) as platform_conversions,
        cast(null as boolean) as is_remainder,
        cast(null as boolean) as is_test,
        cast(null as boolean) as counts,
        cast(null as varchar) as _file,
        cast(null as bigint) as _row
),

nothing as (
    select * from typed where 1 = 0
)

select * from nothing
