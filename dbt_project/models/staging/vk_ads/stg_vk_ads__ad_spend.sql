{{ config(enabled=source_is_enabled('vk_ads')) }}

with statistics as (
    select * from {{ source('vk_ads', 'statistics') }}
),

ad_plans as (
    select * from {{ source('vk_ads', 'ad_plans') }}
),

renamed as (
    select
        'vk_ads' as source,
        'vk_ads' as platform,
        statistics.ad_plan_id as campaign_id,
        ad_plans.name as campaign_name,
        try_cast(statistics.date as date) as date,
        try_cast(statistics.shows as bigint) as impressions,
        try_cast(statistics.clicks as bigint) as clicks,
        try_cast(statistics.spent as decimal(21, 6)) as spend,
        try_cast(statistics.goals as decimal(21, 6)) as platform_conversions,
        'campaign' as spend_level,
        statistics._file,
        statistics._row,
        statistics._load_id,
        statistics._loaded_at,
        statistics._unreadable
    from statistics
    left join ad_plans on statistics.ad_plan_id = ad_plans.id
)

select * from renamed
