{{ config(enabled=source_is_enabled('meta_insights')) }}

with insights as (
    select * from {{ source('meta_insights', 'insights') }}
),

renamed as (
    select
        'meta_insights' as source,
        'facebook_ads' as platform,
        account_id,
        account_name,
        campaign_id,
        campaign_name,
        adset_id as ad_group_id,
        adset_name as ad_group_name,
        ad_id,
        ad_name,
        try_cast(date_start as date) as date,
        try_cast(impressions as bigint) as impressions,
        try_cast(inline_link_clicks as bigint) as clicks,
        try_cast(spend as decimal(21, 6)) as spend,
        upper(account_currency) as currency,
        try_cast(coalesce(leads, pixel_leads) as decimal(28, 6)) as platform_conversions,
        'ad' as spend_level,
        _file,
        _row,
        _load_id,
        _loaded_at,
        _unreadable
    from insights
)

select * from renamed
